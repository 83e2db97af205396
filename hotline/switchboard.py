"""Answers every text and call: reads the facts, decides, writes everything, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hotline import effects
from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue
from hotline.channels.hearing import Hearing, clean
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Turn
from hotline.flows import conversation
from hotline.flows.routing import FIRST_CODE, LAST_CODE
from hotline.records import Facts, Need, Offered, Person, Status

if TYPE_CHECKING:
    from hotline.storage import Transaction

NEWS = 2  # priority in the outbox: after answers, before alerts


@dataclass(frozen=True)
class Inbound:
    """A text, or one step of a call, as the carrier brought it. `id` is the carrier's, the same for every repeat.

    ``meant`` is a word that the carrier has acted on itself (carrier_stop, carrier_start, carrier_help). ``turn`` is
    the step of the call that this answers; none when the call begins.
    """

    id: str
    party: str
    words: str = ""
    keys: str = ""
    recording: str = ""
    meant: str = ""
    turn: int | None = None
    body: str = ""


class Switchboard:
    """Where texts and calls are answered. `voice_url` takes the next step of a call, `recording_url` the recordings."""

    def __init__(self, catalogue: Catalogue, clock: Callable[[], float], voice_url: str, recording_url: str) -> None:
        self._catalogue, self._clock = catalogue, clock
        self._hearing = Hearing(catalogue.community)
        self._voice_url, self._recording_url = voice_url, recording_url
        community = catalogue.community
        self._offered = Offered(
            community.languages, community.needs_offered, tuple(community.areas), community.approval
        )

    def answer_text(self, tx: Transaction, inbound: Inbound) -> str:
        """The answer to a text, as TwiML. A repeat gets the same answer, and nothing is done twice."""
        now = self._clock()
        if not tx.receive(inbound.id, inbound.party, "text", clean(inbound.words), inbound.body, now):
            return tx.answer_given(inbound.id)
        heard = self._hearing.hear(inbound.words)
        if inbound.meant:
            heard = replace(heard, names=(inbound.meant,))
        facts = self._facts(tx, inbound.party, heard, now)
        turn = conversation.read(heard, facts)
        self._write(tx, turn, facts)
        answer = text.reply(text.render(turn.prompts, turn.session.language, self._catalogue))
        tx.give_answer(inbound.id, answer)
        return answer

    def answer_call(self, tx: Transaction, inbound: Inbound) -> str:
        """The next step of a call, as TwiML. One that comes late hears the question as it stands now."""
        now = self._clock()
        if not tx.receive(inbound.id, inbound.party, "voice", inbound.keys, inbound.body, now):
            return tx.answer_given(inbound.id)
        heard = Heard(keys=inbound.keys, recording=inbound.recording)
        facts = self._facts(tx, inbound.party, heard, now)
        turn = self._step_of_call(inbound, heard, facts)
        self._write(tx, turn, facts)
        answer = self._spoken(turn)
        tx.give_answer(inbound.id, answer)
        return answer

    def _step_of_call(self, inbound: Inbound, heard: Heard, facts: Facts) -> Turn:
        if inbound.turn is None:
            return conversation.pick_up(facts)
        if inbound.turn != facts.me.session.turn:
            return conversation.ask_again(facts)
        return conversation.press(heard, facts)

    def _spoken(self, turn: Turn) -> str:
        action = f"{self._voice_url}?turn={turn.session.turn}"
        return voice.render(turn.prompts, turn.session.language, self._catalogue, action, self._recording_url)

    def _facts(self, tx: Transaction, party: str, heard: Heard, now: float) -> Facts:
        me = tx.person(party, now)
        asked_for = tx.asked_for(party)
        alerts, alerted_at = tx.open_alerts(party) if me.volunteer else ((), 0.0)
        codes = [number for number in heard.numbers if FIRST_CODE <= number <= LAST_CODE]
        named = tuple(need for need in map(tx.need, codes) if need)
        return Facts(
            now=now,
            offered=self._offered,
            me=me,
            draft=next((need for need in asked_for if need.status is Status.DRAFT), None),
            asked_for=asked_for,
            alerts=alerts,
            has_taken=tx.in_hand(party) if me.volunteer else (),
            named=named,
            alerted_at=alerted_at,
            names=_names_of_takers(tx, asked_for),
        )

    def _write(self, tx: Transaction, turn: Turn, facts: Facts) -> None:
        asked_at = facts.now if turn.session.waiting else facts.me.asked_at
        tx.keep_session(turn.session, asked_at, facts.now)
        for effect in turn.effects:
            self._carry_out(tx, effect, facts.me, facts.now)

    def _carry_out(self, tx: Transaction, effect: effects.Effect, me: Person, now: float) -> None:
        match effect:
            case effects.Draft(words):
                tx.draft(me.phone, words, now)
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
                tx.put(party, prompt, about, NEWS, now)
            case effects.Flag(why, words, about):
                tx.flag(why, me.phone, words, about, now)
            case effects.OptOut():
                tx.opt_out(me.phone, now)
            case effects.OptIn():
                tx.opt_in(me.phone)


def try_again(catalogue: Catalogue, language: str = "") -> tuple[str, str]:
    """What a text and a call are answered with when nothing can be kept: the truth, and no more."""
    prompt, language = Prompt("hello.try_again", ends=True), catalogue.speaks(language)
    return text.reply(text.render([prompt], language, catalogue)), voice.render([prompt], language, catalogue, "", "")


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
