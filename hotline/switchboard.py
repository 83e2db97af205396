"""Answers every text and call: reads the facts, decides, writes everything, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hotline import effects, gate
from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue
from hotline.channels.hearing import Hearing, kept
from hotline.channels.segments import segments
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn, Values
from hotline.flows import conversation
from hotline.flows.routing import FIRST_CODE, LAST_CODE
from hotline.records import Facts, Need, Offered, Person, Status

if TYPE_CHECKING:
    from hotline.storage import Transaction

ANSWER, NEWS = 1, 2  # priorities in the outbox; alerts come after them
A_DAY = 86400.0
CANNOT_WAIT = frozenset(("emergency", "wants_a_person", "message", "not_understood"))
REMEMBERED = 10_000  # languages of the people heard last
IDLE = (effects.Flag, effects.Add)


@dataclass(frozen=True)
class Text:
    """A text as the carrier brought it. `id` is the carrier's, the same for every repeat.

    ``meant`` is a word that the carrier has acted on itself: carrier_stop, carrier_start, carrier_help. ``body`` is
    the webhook as it came.
    """

    id: str
    party: str
    words: str
    meant: str = ""
    body: str = ""


@dataclass(frozen=True)
class CallStep:
    """One step of a call. ``turn`` is the question that this answers; none when the call begins."""

    id: str
    party: str
    keys: str = ""
    recording: str = ""
    turn: int | None = None
    body: str = ""


class Switchboard:
    """Where texts and calls are answered. `voice_url` takes the next step of a call, `recording_url` the recordings."""

    def __init__(
        self,
        catalogue: Catalogue,
        clock: Callable[[], float],
        voice_url: str,
        recording_url: str,
        limits: gate.Limits | None = None,
    ) -> None:
        self._catalogue, self._clock, self._limits = catalogue, clock, limits or gate.Limits()
        self._hearing = Hearing(catalogue.community)
        self._languages: dict[str, str] = {}
        self._voice_url, self._recording_url = voice_url, recording_url
        community = catalogue.community
        self.country = community.country
        self._offered = Offered(
            community.languages, community.needs_offered, tuple(community.areas), community.approval
        )

    def answer_text(self, tx: Transaction, came: Text) -> str:
        """The answer to a text, as TwiML. A repeat gets the same answer, and nothing is done twice."""
        now = self._clock()
        if not tx.receive(came.id, came.party, "text", kept(came.words), came.body, now):
            return tx.answer_given(came.id)
        turn = self._hear(tx, came, now)
        texts = text.render(turn.prompts, turn.session.language, self._catalogue)
        answer = text.reply(texts)
        tx.give_answer(came.id, answer, sum(map(segments, texts)), _fruitless(turn))
        return answer

    def answer_late(self, tx: Transaction, came: Text) -> None:
        """Answers a text that never reached us, through the outbox; should its webhook come after all, with nothing."""
        now = self._clock()
        if not tx.receive(came.id, came.party, "text", kept(came.words), came.body, now):
            return
        turn = self._hear(tx, came, now)
        tx.give_answer(came.id, text.reply(()))
        if turn.prompts:
            tx.put(came.party, turn.prompts, 0, ANSWER, now)

    def answer_call(self, tx: Transaction, step: CallStep) -> str:
        """The next step of a call, as TwiML. One that comes late hears the question as it stands now."""
        now = self._clock()
        if not tx.receive(step.id, step.party, "voice", step.keys, step.body, now):
            return tx.answer_given(step.id)
        heard = Heard(keys=step.keys, recording=step.recording)
        facts = self._facts(tx, tx.person(step.party, now), heard, now)
        turn = _step_of_call(step, heard, facts)
        self._write(tx, turn, facts, (facts.me.recent, facts.me.recent_since))
        answer = self._spoken(turn)
        tx.give_answer(step.id, answer)
        return answer

    def set_aside(self, tx: Transaction, came: Text | CallStep) -> str:
        """What could not be answered because of a mistake of ours is kept all the same, and a person looks."""
        now, words = self._clock(), kept(came.words) if isinstance(came, Text) else came.keys
        if not tx.receive(came.id, came.party, "text" if isinstance(came, Text) else "voice", words, came.body, now):
            return tx.answer_given(came.id)
        tx.flag("stumbled", came.party, words, 0, now)
        answer = self._last_words(came, "hello.set_aside")
        tx.give_answer(came.id, answer)
        return answer

    def try_again(self, came: Text | CallStep) -> str:
        """The answer when nothing at all can be kept: the truth, and no more. In the last language we know of."""
        return self._last_words(came, "hello.try_again")

    def _last_words(self, came: Text | CallStep, key: str) -> str:
        language = self._catalogue.speaks(self._languages.get(came.party, ""))
        if isinstance(came, Text):
            return text.reply(text.render([Prompt(key)], language, self._catalogue))
        return voice.render([Prompt(key, ends=True)], language, self._catalogue, "", "")

    def _hear(self, tx: Transaction, came: Text, now: float) -> Turn:
        """What follows from a text, carried out; for whoever is not answered, nothing."""
        me = tx.person(came.party, now)
        heard_much = gate.count(me, now)
        newcomers = 0 if me.known else tx.newcomers_since(now - gate.MINUTE)
        reason = gate.turned_away(me, heard_much[0], newcomers, self._limits, self.country)
        if reason:
            tx.heard_much(me.phone, heard_much, now)
            tx.flag_once(f"turned_away_{reason}", me.phone, kept(came.words), 0, now)
            return Turn(me.session)
        heard = self._hearing.hear(came.words)
        if came.meant:
            heard = replace(heard, names=(came.meant,))
        facts = self._facts(tx, me, heard, now)
        turn = self._unless_a_machine(tx, conversation.read(heard, facts), facts)
        self._write(tx, turn, facts, heard_much, introduced=bool(turn.prompts))
        return turn

    def _unless_a_machine(self, tx: Transaction, turn: Turn, facts: Facts) -> Turn:
        """Two machines that answer each other would never end: after five answers that led nowhere, one is quiet."""
        if not turn.prompts or not _fruitless(turn):
            return turn
        since = facts.now - self._limits.fruitless_within
        if tx.fruitless_since(facts.me.phone, since) < self._limits.fruitless:
            return turn
        tx.flag_once("talks_in_circles", facts.me.phone, "", 0, facts.now)
        return replace(turn, prompts=())

    def _spoken(self, turn: Turn) -> str:
        action = f"{self._voice_url}?turn={turn.session.turn}"
        return voice.render(turn.prompts, turn.session.language, self._catalogue, action, self._recording_url)

    def _facts(self, tx: Transaction, me: Person, heard: Heard, now: float) -> Facts:
        codes = [number for number in heard.numbers if FIRST_CODE <= number <= LAST_CODE]
        tx.lock_needs(me.phone, codes)
        me = replace(me, coordinator=me.phone in self._catalogue.community.coordinators.values())
        asked_for = tx.asked_for(me.phone)
        alerts, alerted_at = tx.open_alerts(me.phone) if me.gives else ((), 0.0)
        return Facts(
            now=now,
            offered=self._offered,
            me=me,
            draft=next((need for need in asked_for if need.status is Status.DRAFT), None),
            asked_for=asked_for,
            alerts=alerts,
            has_taken=tx.in_hand(me.phone) if me.gives else (),
            named=tuple(need for need in map(tx.need, codes) if need),
            settled=tx.settled(me.phone, now - A_DAY) if me.gives and not alerts and heard.only("yes") else None,
            alerted_at=alerted_at,
            names=_names_of_takers(tx, asked_for),
        )

    def _write(
        self, tx: Transaction, turn: Turn, facts: Facts, heard_much: tuple[int, float], introduced: bool = False
    ) -> None:
        asked_at = facts.now if turn.session.waiting else facts.me.asked_at
        tx.keep_session(turn.session, asked_at, heard_much, introduced, facts.now)
        self._remember_language(turn.session)
        draft = facts.draft.number if facts.draft else 0
        for effect in turn.effects:
            match effect:
                case effects.Draft(words):
                    draft = self._draft(tx, facts.me.phone, words, facts.now)
                case effects.Flag():
                    self._flag(tx, effect, facts.me.phone, effect.about or draft, facts.now)
                case _:
                    self._carry_out(tx, effect, facts.me, facts.now)
        if draft and turn.session.flow == "intake" and turn.session.waiting:
            tx.fill_draft(draft, _answered_so_far(turn.session), facts.now)

    def _draft(self, tx: Transaction, phone: str, words: str, now: float) -> int:
        """A new number, but never the emergency number: nobody could take that need."""
        number = tx.draft(phone, words, now)
        if str(number) != self._catalogue.community.emergency:
            return number
        tx.withdraw(number, now)
        return tx.draft(phone, words, now)

    def _flag(self, tx: Transaction, flag: effects.Flag, phone: str, about: int, now: float) -> None:
        """A person should look; what cannot wait for someone to look at the board goes to the coordinators' phones."""
        tx.flag(flag.why, phone, flag.words or flag.recording, about, now)
        if flag.why not in CANNOT_WAIT:
            return
        details = ("recorded",) if flag.recording else flag.words
        told: Values = {"reason": (flag.why,), "details": details, "number": str(about)}
        prompt = Prompt("news.look_at" if about else "news.look", values=told)
        for coordinator in self._catalogue.community.coordinators.values():
            if coordinator != phone:
                tx.put(coordinator, [prompt], about, NEWS, now)

    def _remember_language(self, session: Session) -> None:
        """For the one answer that must be given when the database is silent."""
        self._languages.pop(session.party, None)
        self._languages[session.party] = session.language
        if len(self._languages) > REMEMBERED:
            del self._languages[next(iter(self._languages))]

    def _carry_out(self, tx: Transaction, effect: effects.Effect, me: Person, now: float) -> None:
        match effect:
            case effects.Add(number, words):
                tx.add_words(number, words, now)
            case effects.Record():
                tx.record(effect.number, _fields(effect), now)
            case effects.Enroll(needs, areas, name):
                status = "waiting" if self._offered.approval and not me.volunteer else "active"
                tx.enroll(me.phone, needs, areas, status, now)
                tx.introduce(me.phone, name, "", now)
            case effects.Take(number):
                tx.take(number, me.phone, now)
            case effects.Drop(number):
                tx.give_back(number, me.phone, now)
            case effects.Decline(number):
                tx.decline(number, me.phone)
            case effects.Done(number):
                tx.finish(number, me.phone, now)
            case effects.Withdraw(number):
                tx.withdraw(number, now)
            case effects.StandDown(number, prompt):
                tx.stand_down(number, me.phone, prompt, now)
            case effects.Tell(party, prompt, about):
                tx.put(party, [prompt], about, NEWS, now)
            case effects.OptOut():
                tx.opt_out(me.phone, now)
            case effects.OptIn():
                tx.opt_in(me.phone)


def _step_of_call(step: CallStep, heard: Heard, facts: Facts) -> Turn:
    if step.turn is None:
        return conversation.pick_up(facts)
    if step.turn != facts.me.session.turn:
        return conversation.ask_again(facts)
    return conversation.press(heard, facts)


def _answered_so_far(session: Session) -> dict[str, str]:
    answers = session.answers
    recording = answers.get("details_recording", "")
    fields = {name: answers.get(name, "") for name in ("what", "area", "details")}
    return fields | {"recording": recording}


def _fruitless(turn: Turn) -> bool:
    """Whether nothing came of it: no step forward, nothing done."""
    stands = not turn.session.waiting or turn.session.misses > 0
    return stands and all(isinstance(effect, IDLE) for effect in turn.effects)


def _names_of_takers(tx: Transaction, needs: tuple[Need, ...]) -> dict[str, str]:
    return {phone: tx.name_of(phone) for need in needs for phone in need.takers}


def _fields(record: effects.Record) -> dict[str, str]:
    return {
        "what": record.what,
        "area": record.area,
        "details": record.details,
        "recording": record.recording,
        "callback": record.callback,
    }
