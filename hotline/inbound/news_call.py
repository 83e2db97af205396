"""What somebody hears in a call that we made, step by step: whether to hear it, the news, the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Turn
from hotline.engine.steps import Ask, Choose
from hotline.flows import FLOWS, dialog_manager, interruption
from hotline.flows.about_needs import story
from hotline.flows.everyone.bridge import may_be_rung
from hotline.flows.everyone.contact_preference import is_asked
from hotline.flows.everyone.opt_out import FAREWELL, SURE, end_all
from hotline.flows.volunteer import offer_by_call
from hotline.model.calls import Ring
from hotline.model.effects import ReachBy, Talk
from hotline.model.facts import Facts
from hotline.model.outgoing import ALERT
from hotline.outbound.leases import CALL_LEASE

if TYPE_CHECKING:
    from hotline.model.events import CallStep
    from hotline.model.outgoing import Outgoing
    from hotline.outbound.call_queue import CallQueue
    from hotline.storage import Transaction

ANSWERED_BY_TALKING = frozenset(("news.words", "news.first_words", "news.reminder", "news.called", "news.not_yet"))
TAKEN = ("news.taken", "news.taken_some")  # news after which it is old that nobody was free
PATIENCE = 2  # times that nothing is pressed, then it ends kindly
GATE, QUIET, TELLING, TALKING = "gate", "quiet", "telling", "talking"
GOODBYE = Prompt("ring.goodbye", ends=True)
AFTER = Prompt("ring.after", waits=True)


class Rung:
    """The steps of calls that we made, and of those that people make to hear what we called for."""

    def __init__(self, queue: CallQueue) -> None:
        self._queue = queue

    def called_back(self, tx: Transaction, facts: Facts, sid: str) -> tuple[Turn, int] | None:
        """Somebody calls for whom there is news: they hear it at once. (what they hear, the number of the ring)."""
        if not facts.me.by_voice or not self._queue.drop_outdated(tx, facts.me.phone, facts.now):
            return None
        facts = _parked(_onward(facts))
        ring = tx.calls.they_rang(facts.me.phone, sid, facts.now + CALL_LEASE, facts.now)
        tx.calls.untell(ring.id)
        return self._next(tx, ring, facts).saying(Prompt("hello.call")), ring.id

    def step(self, tx: Transaction, step: CallStep, heard: Heard, facts: Facts, *, first: bool, late: bool) -> Turn:
        """What follows from one step. `first` is the phone being picked up; `late` that they texted meanwhile."""
        ring = tx.calls.get(step.out)
        session = facts.me.session.but(turn=facts.me.session.turn + 1)
        facts = facts.but(me=facts.me.but(session=session)) if first or ring is None else facts
        if ring is None or ring.party != facts.me.phone or (first and ring.status == "over"):
            return dialog_manager.pick_up(facts) if first else dialog_manager.press(heard, facts)
        if first:
            facts = _parked(facts)
            ring = ring.but(status="ringing", sid=step.call, leased_until=facts.now + CALL_LEASE)
            return self._farewell(tx, ring, facts) if step.is_machine else self._picked_up(tx, ring, facts)
        if heard.keys and not ring.human:
            ring = ring.but(human=True)
            tx.calls.keep(ring, facts.now)
        match ring.stage:
            case "gate":
                return self._at_the_gate(tx, ring, heard, _onward(facts))
            case "quiet":
                return self._no_more(tx, ring, heard, _onward(facts))
            case "telling":
                tx.calls.told(ring.id, facts.now)
                return self._told(tx, ring, heard, _onward(facts))
            case _:
                return dialog_manager.ask_again(facts) if late else self._talking(tx, ring, heard, facts)

    def _picked_up(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn:
        """News are for whoever presses 1. An offer says nothing that is private, so it is heard at once."""
        tx.calls.untell(ring.id)
        rows = self._queue.drop_outdated(tx, ring.party, facts.now)
        if ring.need and not any(each.number == ring.need for each in facts.in_progress):
            return self._to_be_joined(tx, ring, facts)
        if not ring.need and not rows:
            return self._keep(tx, ring, facts, "", Prompt("ring.settled", ends=True))
        if ring.need or any(row.priority < ALERT and not _is_light(row) for row in rows):
            return self._keep(tx, ring, facts, GATE, self._question(ring, facts))
        return self._next(tx, ring, facts).saying(Prompt("hello.line"))

    def _question(self, ring: Ring, facts: Facts) -> Prompt:
        """May it be said who calls? Not to whoever picks up, as long as nobody said so; volunteers know us."""
        if ring.need:
            need = facts.need(str(ring.need))
            mine = need is not None and need.is_of(facts.me.phone)
            name = (facts.names_of(need.takers) if mine else facts.names.get(need.neighbor, "")) if need else ""
            return Prompt("ring.talk", ("talk",), True, ring.misses, story(need, name) if need else {})
        known = facts.me.say_who == "yes" or (facts.me.gives and facts.me.say_who != "no")
        return Prompt("ring.hello" if known else "ring.unnamed", ("hear", "quiet"), True, ring.misses)

    def _at_the_gate(self, tx: Transaction, ring: Ring, heard: Heard, facts: Facts) -> Turn:
        if heard.keys == "1" and ring.need:
            return self._to_be_joined(tx, ring, facts)
        if heard.keys == "1":
            return self._next(tx, ring, facts)
        if heard.keys == "9":
            return self._keep(tx, ring, facts, *((GATE, GOODBYE) if ring.need else (QUIET, SURE)))
        return self._once_more(tx, ring.but(misses=ring.misses + 1), facts)

    def _to_be_joined(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn:
        """They asked for it some time ago: it must still be theirs, and somebody there who may be rung."""
        tx.calls.keep(ring.but(stage=TALKING, need=0), facts.now)
        need = next((each for each in facts.in_progress if each.number == ring.need), None)
        if need and may_be_rung(need, facts):
            return Turn(facts.me.session, (), (Talk(ring.need),))
        return Turn(facts.me.session, (Prompt("talk.nobody", values={"number": str(ring.need)}),))

    def _once_more(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn:
        if ring.misses > PATIENCE:
            return self._farewell(tx, ring, facts)
        return self._keep(tx, ring, facts, GATE, self._question(ring, facts))

    def _no_more(self, tx: Transaction, ring: Ring, heard: Heard, facts: Facts) -> Turn:
        """Whoever picked up wants no more calls: that holds, whoever it was. A person sees what was asked for."""
        if heard.keys != "1":
            return self._once_more(tx, ring.but(misses=ring.misses + heard.silent), facts)
        tx.calls.keep(ring.but(stage=TALKING, misses=0), facts.now)
        return Turn(facts.me.session.idle(), (FAREWELL,), tuple(end_all({}, facts)))

    def _farewell(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn:
        """Nobody is there, or a machine: only what they allowed to be left is left."""
        if facts.me.leave_word != "yes" or ring.need or ring.human:
            return self._keep(tx, ring, facts, GATE, GOODBYE)
        named = "ring.message" if facts.me.say_who == "yes" else "ring.message_unnamed"
        return self._keep(tx, ring, facts, GATE, Prompt(named, ends=True))

    def _told(self, tx: Transaction, ring: Ring, heard: Heard, facts: Facts) -> Turn:
        return self._again(tx, ring, facts) if heard.keys == "*" else self._next(tx, ring, facts)

    def _again(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn:
        rows = [row for row in tx.calls.told_in(ring.id) if row.priority < ALERT]
        prompts = [self._aloud(tx, row, prompt) for row in rows for prompt in row.prompts if not _asks(prompt)]
        return self._keep(tx, ring, facts, TELLING, *prompts) if prompts else dialog_manager.ask_again(facts)

    def _next(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn:
        """What comes now: news, the question that goes with them, offers, what they may be asked once, the end."""
        rows = self._queue.drop_outdated(tx, ring.party, facts.now)
        news = [row for row in rows if row.priority < ALERT and row.ring != ring.id]
        for row in news:
            tx.calls.being_told(row, ring.id, facts.now)
        taken = {row.about for row in news for prompt in row.prompts if prompt.key in TAKEN}
        news = [row for row in news if row.about not in taken or row.prompts[0].key != "news.nobody_yet"]
        prompts = [self._aloud(tx, row, prompt) for row in news for prompt in row.prompts if not _asks(prompt)]
        if prompts:
            return self._keep(tx, ring, facts, TELLING, *prompts)
        tx.calls.told(ring.id, facts.now)
        more = self._asked(tx, ring, facts) or self._offered(tx, ring, rows, facts) or _asked_once(facts)
        more = more or self._to_talk(tx, ring, facts)
        tx.calls.keep(ring.but(stage=TALKING, misses=0), facts.now)
        return more or Turn(facts.me.session, (AFTER,))

    def _aloud(self, tx: Transaction, row: Outgoing, prompt: Prompt) -> Prompt:
        """Words that were spoken are heard in the voice that spoke them."""
        if prompt.values.get("details") != ("recorded",):
            return prompt
        spoken = (each.place for each in tx.recordings.spoken_to(row.party, 1) if each.number == row.about)
        return prompt.but(plays=next(spoken, ""))

    def _asked(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn | None:
        """The question that was put to them, where it is among what they were told and stands still."""
        told = {prompt.key for row in tx.calls.told_in(ring.id) for prompt in row.prompts}
        session, behind = facts.me.session, facts.me.session.behind
        if behind and f"{behind.flow}.{behind.step}" in told:  # the form that was spoken of goes on
            session = behind.but(turn=session.turn, language=session.language)
        question = f"{session.flow}.{session.step}"
        return run.again(FLOWS[session.flow], session, facts) if session.waiting and question in told else None

    def _to_talk(self, tx: Transaction, ring: Ring, facts: Facts) -> Turn | None:
        """Words of the other side, or a question of ours about what they have in hand: both are answered by talking."""
        told = {prompt.key for row in tx.calls.told_in(ring.id) for prompt in row.prompts}
        session = facts.me.session
        if not told & ANSWERED_BY_TALKING or not facts.in_progress or session.waiting:
            return None
        return run.start(FLOWS["in_touch"], session, facts).saying(Prompt("ring.star"))

    def _offered(self, tx: Transaction, ring: Ring, rows: list[Outgoing], facts: Facts) -> Turn | None:
        row = next((row for row in rows if row.priority == ALERT and row.ring != ring.id), None)
        if row is None:
            return None
        tx.calls.being_told(row, ring.id, facts.now)
        session = facts.me.session
        return run.start(
            FLOWS["offer"], session.but(behind=interruption.kept(session)), facts, {"need": str(row.about)}
        )

    def _talking(self, tx: Transaction, ring: Ring, heard: Heard, facts: Facts) -> Turn:
        session = facts.me.session
        offered, asked = session.flow == "offer", interruption.is_asked_by_us(session) or session.flow == "in_touch"
        if heard.silent:
            ring = ring.but(misses=ring.misses + 1)
            tx.calls.keep(ring, facts.now)
        if heard.silent and (ring.misses > PATIENCE or not session.waiting):
            return Turn(_onward(facts).me.session, (GOODBYE,))
        if heard.keys == "*" and (asked or not session.waiting):
            return self._again(tx, ring, _onward(facts))
        if offered and heard.keys:
            tx.calls.told(ring.id, facts.now)
        turn = dialog_manager.press(offer_by_call.by_key(heard, facts) if offered else heard, facts)
        return self._and_more(tx, ring, turn, facts)

    def _and_more(self, tx: Transaction, ring: Ring, turn: Turn, facts: Facts) -> Turn:
        """After an answer, what else there is; nothing when the call ends."""
        ends = any(prompt.ends for prompt in turn.prompts) or any(isinstance(each, Talk) for each in turn.effects)
        if turn.session.waiting or ends:
            return turn
        here = facts.but(me=facts.me.but(session=turn.session))
        rows = self._queue.drop_outdated(tx, ring.party, facts.now)
        asked = any(isinstance(each, ReachBy) for each in turn.effects)
        more = self._offered(tx, ring, rows, here) or (None if asked else _asked_once(here))
        return turn.and_then(more) if more else turn

    def _keep(self, tx: Transaction, ring: Ring, facts: Facts, stage: str, *prompts: Prompt) -> Turn:
        tx.calls.keep(ring.but(stage=stage), facts.now)
        said = (*prompts[:-1], prompts[-1].but(goes_on=True)) if stage == TELLING else prompts
        return Turn(facts.me.session, said)


def _onward(facts: Facts) -> Facts:
    """A step of its own: what is late or repeated is known by the count."""
    return facts.but(me=facts.me.but(session=facts.me.session.but(turn=facts.me.session.turn + 1)))


def _parked(facts: Facts) -> Facts:
    return facts.but(me=facts.me.but(session=interruption.parked(facts.me.session)))


def _is_light(row: Outgoing) -> bool:
    return all(prompt.key == "news.settled" for prompt in row.prompts)


def _asks(prompt: Prompt) -> bool:
    """Whether it is a question of a conversation: that is put as it stands now, or not any more."""
    flow, step = prompt.key.split(".")
    return flow in FLOWS and isinstance(FLOWS[flow].find(step), Choose | Ask)


def _asked_once(facts: Facts) -> Turn | None:
    session = facts.me.session
    if session.waiting or not is_asked(facts) or facts.me.gives:
        return None
    return run.start(FLOWS["reach"], session, facts)
