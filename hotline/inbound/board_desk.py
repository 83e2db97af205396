"""Board desk: what a coordinator presses at the board, decided by the same flows as a text of theirs and carried out in
the same transaction. One set of rules, two doors.

Nothing is locked while somebody looks at a page. Each thing that they saw there goes along with what they press: where
it is another by now, nothing is done, and they are told what it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product

from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.dispatch.follow_up import After, first_look
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn
from hotline.flows import FLOWS
from hotline.flows.coordinator import assign, at_the_board, find_volunteer, reopen, split_or_link
from hotline.flows.coordinator.approve import let_in
from hotline.inbound.apply_effects import EffectHandler
from hotline.inbound.load_facts import load_facts
from hotline.inbound.person_undo import can_be_taken_back
from hotline.model import phone_numbers
from hotline.model.board import SILENT, UNDO_FOR, Member, Press
from hotline.model.calls import NO_NEED
from hotline.model.coordinator_effects import Misread, Seen
from hotline.model.effects import Draft, Effect, Talk
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.people import Volunteer
from hotline.outbound import callback_number, fallback
from hotline.storage import Transaction

NEVER_SHOWN = frozenset(("story.phone", "story.no_phone"))  # a number is shown by a press of its own alone
TEAM, KEEPERS = "team", "keepers"  # who reads a note
NEIGHBOR, HELPER = "neighbor", "helper"  # the sides of a need
GIVES_STATE = frozenset(
    ("assign", "take", "take_back", "close", "ask", "again", "pass", "urgent", "link", "unlink", "reopen", "split")
)
CAN_BE_UNDONE = frozenset(
    ("write", "assign", "take", "take_back", "close", "change", "link", "unlink", "reopen", "split")
)
"""Whose texts wait for a minute, in which nothing has happened yet. The others are made good by their opposite."""


@dataclass(frozen=True)
class Outcome:
    """What became of a press. ``words`` says it, as the text would have said it; ``key`` names it where the board has
    words of its own. ``wrong`` is the field that is not right, ``theirs`` how each field stands now that somebody else
    changed meanwhile. ``by`` is (who, what, when) of what was done there last, ``made`` the need that is new by it."""

    done: bool
    words: str = ""
    key: str = ""
    wrong: str = ""
    theirs: Mapping[str, str] | None = None
    by: tuple[str, str, float] | None = None
    made: int = 0


def version(value: str) -> str:
    """By which a page says how something stood when it was made."""
    return sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def state(need: Need) -> str:
    """How a need stands, as far as it matters to what is done with it."""
    held = f"{need.held} {need.paused_until or ''} {need.again_since or ''}"
    return version(f"{need.status} {need.takers} {need.helped} {held} {need.urgent}")


def fields(need: Need) -> dict[str, str]:
    """What of a need can be changed at the board, by name."""
    return {name: getattr(need, name) for name in at_the_board.FIELDS}


def changed_meanwhile(now: Mapping[str, str], given: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, str]:
    """How those fields stand now that somebody else changed since the page was made, and this press would change."""
    return {
        name: now[name]
        for name, new in given.items()
        if name in now and version(now[name]) != seen.get(name) and version(new) != seen.get(name) and new != now[name]
    }


def meant(people: tuple[Volunteer, ...], name: str) -> tuple[Volunteer, ...]:
    """All who may be meant by a name, or by the last digits of a number."""
    return find_volunteer.meant(people, name)


def may_be_opened(need: Need) -> bool:
    """Whether it is over and can be opened again."""
    return reopen.may_be_opened(need)


def is_called(who: Volunteer, name: str) -> bool:
    """Whether that is exactly their name, or the end of their number: nobody has to be asked who is meant."""
    return who in find_volunteer.exactly((who,), name)


class Desk:
    """Where presses are carried out, in one community."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], float], undo_for: float = UNDO_FOR) -> None:
        self._catalogue, self._clock, self._undo_for = catalogue, clock, undo_for
        self._community = catalogue.community
        self._handler = EffectHandler(catalogue.community)

    def press(self, tx: Transaction, who: Member, press: Press, token: str, language: str) -> Outcome:
        """One press about one need. `token` is of the form: pressed twice, it is done once."""
        now = self._clock()
        me = tx.people.get(who.phone, now)
        me = me.but(session=Session(me.phone, language=language), name=me.name or who.name)
        tx.people.lock([phone for phone in (press.given.get("phone", ""),) if phone])
        into = tx.needs.of_code(int(press.given["into"]), me.phone) if press.given.get("into") else None
        about = (press.number, *((into.number,) if into else ()))
        facts = load_facts(tx, me, Heard(), self._community, now, about=about)
        need = next((each for each in facts.named if each.number == press.number), None)
        if need is None:
            return Outcome(False, key="gone")
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        if (theirs := self._changed_meanwhile(need, press)) is not None:
            return Outcome(False, key="conflict", theirs=theirs, by=tx.board.last_by(need.number))
        before = tx.undo.picture(need.number) if self._can_be_undone(tx, need, press) else None
        outcome = self._do(tx, who, need, press, facts)
        if outcome.done and before:
            tx.undo.keep(need.number, who.key, press.what, before, now + self._undo_for, now, outcome.made)
        if outcome.done:
            tx.board.did(who.key, press.what, now, need.number, press.given.get("side", ""), token)
            tx.board.still_in_hand(f"need {need.number}", who.key, now)
        return outcome

    @staticmethod
    def _can_be_undone(tx: Transaction, need: Need, press: Press) -> bool:
        """Words to somebody who may be in danger go at once."""
        return press.what in CAN_BE_UNDONE and not (press.what == "write" and tx.dangers.about(need.number))

    def _changed_meanwhile(self, need: Need, press: Press) -> dict[str, str] | None:
        """What somebody else changed since the page was made, of what this press is about; None for nothing."""
        if press.what in GIVES_STATE:
            return {} if press.seen.get("state") != state(need) else None
        if press.what != "change":
            return None
        return changed_meanwhile(fields(need), press.given, press.seen) or None

    def _do(self, tx: Transaction, who: Member, need: Need, press: Press, facts: Facts) -> Outcome:
        given, known = press.given, {"need": need.code}
        match press.what:
            case "close":
                outcome = {"outcome": "done"} if given.get("outcome") == "done" else {}
                return self._run(tx, "close", {**known, "why": given.get("words", ""), **outcome}, facts, {"told"})
            case "write" if given.get("side") == HELPER:
                return self._to_helper(tx, need, given, facts)
            case "write":
                return self._run(tx, "say", {**known, "said": given["words"]}, facts, {"told", "kept"})
            case "call":
                return self._call(tx, who, need, given, facts)
            case "assign":
                return self._assign(tx, need, given, facts)
            case "take":
                return self._run(tx, "take", known, facts, {"taken", "taken_with"})
            case "take_back":
                return self._take_back(tx, need, given.get("phone", ""), facts)
            case "ask" | "pass" | "urgent" | "seen":
                return self._run(tx, press.what, known, facts, {"told", "begun", "now"})
            case "again":
                return self._run(tx, "ask", {**known, "again": "yes"}, facts, {"again"})
            case "change":
                return self._change(tx, need, press, facts)
            case "reopen":
                return self._run(tx, "reopen", known, facts, set())
            case "link":
                return self._link(tx, need, facts)
            case "unlink":
                return self._unlink(tx, need, facts)
            case "split":
                return self._split(tx, need, given, facts)
            case "undo" | "send_now":
                return self._undo(tx, need, press.what, facts)
            case "note":
                tx.board.note(need.number, who.key, given["tier"], given["words"], facts.now)
                return Outcome(True, key="noted")
        raise LookupError(press.what)

    def _run(self, tx: Transaction, flow: str, answers: Mapping[str, str], facts: Facts, good: set[str]) -> Outcome:
        """What their text would do, and what it would be answered."""
        turn = run.start(FLOWS[flow], facts.me.session, facts, answers)
        return self._carried_out(tx, turn, facts, good)

    def _carried_out(self, tx: Transaction, turn: Turn, facts: Facts, good: set[str]) -> Outcome:
        self._handler.carry_out(tx, turn.but(session=facts.me.session.idle()), facts)
        said = {prompt.key.partition(".")[2] for prompt in turn.prompts}
        return Outcome(bool(good & said) if good else bool(turn.effects), self._words(turn, facts))

    def _words(self, turn: Turn, facts: Facts) -> str:
        said = [prompt for prompt in turn.prompts if prompt.key not in NEVER_SHOWN]
        return "\n".join(text.render(said, facts.me.session.language, self._catalogue.on(facts.now)))

    def _to_helper(self, tx: Transaction, need: Need, given: Mapping[str, str], facts: Facts) -> Outcome:
        helper = given.get("phone", "")
        if helper not in need.takers or not need.active:
            return Outcome(False, key="not_theirs", wrong="words")
        if fallback.how_told(tx, need, helper, self._community.country):
            return Outcome(False, key="no_texts", wrong="words")
        self._carry_out(tx, at_the_board.say_to_helper(need, helper, given["words"]), facts)
        return Outcome(True, key="written")

    def _call(self, tx: Transaction, who: Member, need: Need, given: Mapping[str, str], facts: Facts) -> Outcome:
        """They are rung at their own telephone, and joined with whom they want to talk to: nobody sees a number."""
        other = need.neighbor if given.get("side") == NEIGHBOR else given.get("phone", "")
        if not self._community.line.joins_calls:
            return Outcome(False, key="no_calls")
        if other not in (need.neighbor, *need.takers) or not (need.active or need.status is Status.DRAFT):
            return Outcome(False, key="not_theirs")
        if fallback.how_told(tx, need, other, self._community.country) == "silent":
            return Outcome(False, key="not_rung")
        self._carry_out(tx, (Talk(need.number, other),), facts)
        return Outcome(True, key="rings")

    def _assign(self, tx: Transaction, need: Need, given: Mapping[str, str], facts: Facts) -> Outcome:
        """To the one who was chosen, in place of somebody who has it where that is said."""
        who = tx.volunteers.get(given.get("phone", ""))
        if who is None:
            return Outcome(False, key="nobody", wrong="name")
        instead = {"from": given["from"], "instead": "yes"} if given.get("from") else {}
        answers = {"need": need.code, "name": who.name, "who": who.phone, **instead}
        facts = facts.but(team=facts.team.but(people=(who,), name_said=who.name))
        turn = Turn(
            facts.me.session, tuple(assign.what_became(answers, facts)), tuple(assign.assign_them(answers, facts))
        )
        return self._carried_out(tx, turn, facts, set())

    def _take_back(self, tx: Transaction, need: Need, helper: str, facts: Facts) -> Outcome:
        answers = {"need": need.code, "from": helper}
        if helper not in need.takers:
            return Outcome(False, key="not_theirs")
        turn = Turn(
            facts.me.session,
            (Prompt("take_back.told", values=assign.with_names(answers, facts)),),
            tuple(assign.take_it_back(answers, facts)),
        )
        return self._carried_out(tx, turn, facts, set())

    def _change(self, tx: Transaction, need: Need, press: Press, facts: Facts) -> Outcome:
        if not need.active:
            return Outcome(False, key="not_open")
        now = fields(need)
        mine = {n: v for n, v in press.given.items() if n in now and version(v) != press.seen.get(n)}
        urgent = {"urgent": "yes"} if press.given.get("urgent") == "yes" else {}
        effects = tuple(at_the_board.correct(need, {**mine, **urgent}, facts))
        if not effects:
            return Outcome(True, key="same")
        self._carry_out(tx, effects, facts)
        return Outcome(True, key="changed")

    def _carry_out(self, tx: Transaction, effects: Iterable[Effect], facts: Facts) -> None:
        """What has no conversation by text: these effects alone."""
        self._handler.carry_out(tx, Turn(facts.me.session, effects=tuple(effects)), facts)

    def _link(self, tx: Transaction, need: Need, facts: Facts) -> Outcome:
        """Under a need that is looked after by itself; never one of two that are linked already."""
        into = next((each for each in facts.named if each.number != need.number), None)
        if into is None or not into.active:
            return Outcome(False, key="link_what", wrong="into")
        if not split_or_link.may_be_linked(need, into):
            return Outcome(False, key="not_open")
        self._carry_out(tx, split_or_link.linked(need, into), facts)
        return Outcome(True, key="linked")

    def _unlink(self, tx: Transaction, need: Need, facts: Facts) -> Outcome:
        if not need.same_as or not reopen.may_be_opened(need):
            return Outcome(False, key="not_linked")
        self._carry_out(tx, reopen.open_it(need, facts), facts)
        return Outcome(True, key="unlinked")

    def _split(self, tx: Transaction, need: Need, given: Mapping[str, str], facts: Facts) -> Outcome:
        if not need.active:
            return Outcome(False, key="not_open")
        (order,) = split_or_link.split(need, given["what"], given["area"], given["details"])
        return Outcome(True, key="split", made=self._handler.split(tx, order, facts.me.phone, facts.now))

    def _undo(self, tx: Transaction, need: Need, what: str, facts: Facts) -> Outcome:
        """Within its minute, and as long as nothing else happened: nobody was told anything."""
        undo = tx.undo.there(need.number, facts.now)
        if undo is None:
            return Outcome(False, key="undo_late")
        if what == "send_now":
            tx.undo.send_now(undo, facts.now)
            return Outcome(True, key="sent_now")
        if not tx.undo.still_stands(undo):
            return Outcome(False, key="undo_changed")
        tx.undo.take_back(undo, facts.now)
        return Outcome(True, key="undone")

    # --- What waits for a person's word.

    def settle(
        self, tx: Transaction, who: Member, party: str, flags: tuple[int, ...], misread: str, token: str
    ) -> Outcome:
        """Somebody has looked at these flags about one person, "" for the hotline itself. `misread` are words of theirs
        that were read wrongly: they are kept to learn from."""
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        now = self._clock()
        orders = (Seen(flags, party), *((Misread(misread, party),) if misread else ()))
        self._handler.carry_out(tx, _plainly(who, orders), self._facts(tx, who, now))
        tx.board.did(who.key, "misread" if misread else "seen", now, press=token)
        return Outcome(True, key="seen")

    def approve(self, tx: Transaction, who: Member, phone: str, token: str) -> Outcome:
        """Somebody who wants to help may be asked from now on, and reads so."""
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        now = self._clock()
        tx.people.lock([phone])
        other = tx.volunteers.get(phone)
        if other is None or other.status != "waiting":
            return Outcome(False, key="approved_already")
        turn = _plainly(who, tuple(let_in(other)))
        with can_be_taken_back(tx, who.key, "approved", phone, token, now):
            self._handler.carry_out(tx, turn, self._facts(tx, who, now))
        tx.board.did(who.key, "approved", now, more=f"person {tx.board.record_of(phone)}", press=token)
        return Outcome(True, key="approved")

    def call_back(self, tx: Transaction, who: Member, party: str, subject: str, token: str) -> Outcome:
        """Whoever waits for a person without a request is rung once the coordinator has picked up: nobody sees a
        number."""
        now = self._clock()
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        if not self._community.line.joins_calls:
            return Outcome(False, key="no_calls")
        number = callback_number.own(party, self._community.country)
        if not (number and tx.people.reach(party).may_be_reached) or party == who.phone:
            return Outcome(False, key="not_rung")
        self._handler.carry_out(tx, _plainly(who, (Talk(NO_NEED, party),)), self._facts(tx, who, now))
        tx.board.did(who.key, "call", now, more=f"person {tx.board.record_of(party)}", press=token)
        tx.board.take_in_hand(subject, who.key, now - SILENT, now)
        return Outcome(True, key="rings")

    def write_to(
        self, tx: Transaction, who: Member, party: str, subject: str, words: str, token: str, language: str
    ) -> Outcome:
        """Words of the team's to whoever waits for a person: under the newest request of theirs, else under one that
        begins with it, so that what they answer comes to the team. The row of the request is what was `made`."""
        now = self._clock()
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice", made=tx.board.need_of_press(token))
        tx.people.lock([party])
        reach = tx.people.reach(party)
        if not phone_numbers.is_shown(party) or not reach.may_be_reached or reach.by_voice or party == who.phone:
            return Outcome(False, key="no_texts")
        number = self._newest_of(tx, party, now)
        order = Press("write", number, {"words": words, "side": NEIGHBOR, "phone": party})
        outcome = self.press(tx, who, order, token, language)
        tx.board.take_in_hand(subject, who.key, now - SILENT, now)
        return replace(outcome, made=number)

    def _newest_of(self, tx: Transaction, party: str, now: float) -> int:
        me = tx.people.get(party, now)
        idle = me.but(session=Session(party, language=me.session.language))
        facts = load_facts(tx, idle, Heard(), self._community, now)
        theirs = [need.number for need in (facts.mine.draft, *facts.mine.asked_for) if need]
        if theirs:
            return max(theirs)
        number = self._handler.carry_out(tx, Turn(idle.session, effects=(Draft(""),)), facts)
        tx.follow_ups.check(number, first_look(After.BEGUN, self._community.rules, now))  # they are being asked already
        return number

    def take_in_hand(self, tx: Transaction, who: Member, subject: str, takes: bool) -> Outcome:
        """Somebody looks after it from now on, or no longer. Who is late reads who was first."""
        now = self._clock()
        if not takes:
            tx.board.let_go(subject, who.key)
            return Outcome(True, key="let_go")
        if tx.board.take_in_hand(subject, who.key, now - SILENT, now):
            return Outcome(True, key="in_hand")
        hand = tx.board.hand(subject, now - SILENT)
        return Outcome(False, key="in_other_hands", by=(hand.coordinator, "in_hand", hand.seen_at) if hand else None)

    def showed(self, tx: Transaction, who: Member, side: str, need: int = 0) -> None:
        """A number is shown to somebody: written down before they see it."""
        tx.board.did(who.key, "saw_number", self._clock(), need, side)

    def listed(self, tx: Transaction, who: Member, needs: Iterable[int], what: Iterable[str]) -> None:
        """Numbers, details or both (`what`) of neighbors stand on somebody's list: written down before they see it."""
        for each, need in product(what, needs):
            tx.board.did(who.key, f"listed_{each}", self._clock(), need)

    def _facts(self, tx: Transaction, who: Member, now: float) -> Facts:
        me = tx.people.get(who.phone, now)
        return load_facts(tx, me.but(session=Session(me.phone)), Heard(), self._community, now)


def _plainly(who: Member, effects: tuple[object, ...]) -> Turn:
    """A turn that is nothing but what it asks for."""
    return Turn(Session(who.phone), effects=effects)
