"""Answers every text and call: reads the facts, decides, writes everything, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue
from hotline.channels.parsing.parser import Hearing, kept
from hotline.channels.segments import segments
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn
from hotline.flows import dialog_manager
from hotline.flows.interruption import in_this_call
from hotline.inbound import admission
from hotline.inbound.apply_effects import Deeds
from hotline.inbound.load_facts import facts_for
from hotline.inbound.newcomers import Newcomers
from hotline.inbound.news_call import Rung
from hotline.inbound.read_keys import Calls
from hotline.model import effects, phone_numbers
from hotline.model.calendar import DAY
from hotline.model.events import CallStep, Text
from hotline.model.facts import Facts
from hotline.model.outgoing import ANSWER
from hotline.model.people import Person
from hotline.outbound import callback_number
from hotline.outbound.bridge import Bridge
from hotline.outbound.call_queue import CallQueue

if TYPE_CHECKING:
    from hotline.storage import Transaction

REMEMBERED = 10_000  # languages of the people heard last
IDLE = (effects.Flag, effects.Add)


class Switchboard:
    """Where texts and calls are answered. `voice_url` takes the next step of a call, `recording_url` the recordings."""

    def __init__(
        self,
        catalogue: Catalogue,
        clock: Callable[[], float],
        voice_url: str,
        recording_url: str,
        limits: admission.Limits | None = None,
        calls: Calls | None = None,
    ) -> None:
        self._catalogue, self._clock, self._limits = catalogue, clock, limits or admission.Limits()
        self._hearing = Hearing(catalogue.community)
        self._newcomers = Newcomers(self._limits.newcomers_per_minute)
        self._languages: dict[str, str] = {}
        self._voice_url, self._recording_url = voice_url, recording_url
        self._calls = calls or Calls(catalogue)
        self.country = catalogue.community.country
        self._deeds = Deeds(catalogue.community)
        self._rung = Rung(CallQueue(catalogue.community, clock))
        self._bridge = Bridge(catalogue, voice_url, lambda: self._calls.sounds)

    def answer_text(self, tx: Transaction, came: Text) -> str:
        """The answer to a text, as TwiML. A repeat gets the same answer, and nothing is done twice."""
        now = self._clock()
        if not tx.inbound.receive(came.id, came.party, "text", kept(came.words), came.body, now):
            return tx.inbound.answer_given(came.id)
        turn = self._hear(tx, came, now)
        texts = text.render(turn.prompts, turn.session.language, self._catalogue)
        answer = text.reply(texts)
        tx.inbound.give_answer(came.id, answer, sum(map(segments, texts)), _fruitless(turn))
        return answer

    def answer_late(self, tx: Transaction, came: Text) -> None:
        """Answers a text that never reached us, through the outbox; should its webhook come after all, with nothing."""
        now = self._clock()
        if not tx.inbound.receive(came.id, came.party, "text", kept(came.words), came.body, now):
            return
        turn = self._hear(tx, came, now, late=True)
        tx.inbound.give_answer(came.id, text.reply(()))
        if turn.prompts:
            tx.outbox.put(came.party, turn.prompts, 0, ANSWER, now)

    def answer_call(self, tx: Transaction, step: CallStep) -> str:
        """The next step of a call, as TwiML. One that comes late hears the question as it stands now."""
        now = self._clock()
        if step.out:
            step = replace(step, party=callback_number.whose(tx, step.out, step.party, self.country))
        if not tx.inbound.receive(step.id, step.party, "voice", step.keys, step.body, now):
            return tx.inbound.answer_given(step.id)
        answer = self._answer_step(tx, step, now)
        tx.inbound.give_answer(step.id, answer)
        return answer

    def _answer_step(self, tx: Transaction, step: CallStep, now: float) -> str:
        if step.hung_up and (step.brief or not step.recording):  # no answer: the question stands for the next time
            return voice.NOTHING
        me = tx.people.get(step.party, now)
        if step.whisper:
            return self._bridge.ask(tx, step, me, now)
        me = me.but(session=in_this_call(me.session, step.call))
        heard = self._calls.hear(tx, me, step, now)
        new = step.turn is None and not step.out
        heard_much = admission.count(me, now) if new else (me.recent, me.recent_since)
        if admission.hung_up_on(me, heard_much[0], self._limits):
            tx.people.heard_much(me.phone, heard_much, now)
            return voice.REJECTED
        facts = self._calls.know(tx, facts_for(tx, me, heard, self._catalogue.community, now), heard, step)
        turn, out = self._step_of_call(tx, step, heard, facts)
        turn = turn.but(session=turn.session.but(call=step.call))
        self._write(tx, _without_talk(turn), facts, heard_much, facts.me.introduced)
        return self._spoken(tx, turn, step, facts, out)

    def _step_of_call(self, tx: Transaction, step: CallStep, heard: Heard, facts: Facts) -> tuple[Turn, int]:
        """What follows, and the number of the call if there is news to be told in it."""
        late = step.turn != facts.me.session.turn
        if step.dialed:
            return self._bridge.after(tx, step.dialed, facts), step.out
        if step.out:
            first = step.turn is None
            return self._rung.step(tx, step, heard, facts, first=first, late=late and not first), step.out
        if step.turn is None:
            return self._rung.called_back(tx, facts, step.call) or (dialog_manager.pick_up(facts), 0)
        return (dialog_manager.ask_again(facts) if late else dialog_manager.press(heard, facts)), 0

    def set_aside(self, tx: Transaction, came: Text | CallStep) -> str:
        """What could not be answered because of a mistake of ours is kept all the same, and a person looks."""
        now, words = self._clock(), kept(came.words) if isinstance(came, Text) else came.keys
        if not tx.inbound.receive(
            came.id, came.party, "text" if isinstance(came, Text) else "voice", words, came.body, now
        ):
            return tx.inbound.answer_given(came.id)
        tx.flags.add("stumbled", came.party, words, 0, now)
        answer = self._last_words(came, "hello.set_aside")
        tx.inbound.give_answer(came.id, answer)
        return answer

    def try_again(self, came: Text | CallStep) -> str:
        """The answer when nothing at all can be kept: the truth, and no more. In the last language we know of."""
        return self._last_words(came, "hello.try_again")

    def _last_words(self, came: Text | CallStep, key: str) -> str:
        language = self._catalogue.speaks(self._languages.get(came.party, ""))
        if isinstance(came, Text):
            return text.reply(text.render([Prompt(key)], language, self._catalogue))
        return voice.render([Prompt(key, ends=True)], language, self._catalogue, "", "")

    def _hear(self, tx: Transaction, came: Text, now: float, late: bool = False) -> Turn:
        """What follows from a text, carried out; for whoever is not answered, nothing."""
        me = tx.people.get(came.party, now)
        if not me.can_text:
            tx.people.can_text(me.phone)
        heard_much = admission.count(me, now)
        # Texts that are fetched come all at once, but were written over hours: that is no storm.
        newcomers = 0 if me.known or late else self._newcomers.count_one(tx, now)
        heard = self._hearing.hear(came.words)
        if came.meant:
            heard = heard.but(names=(came.meant,))
        reason = admission.turned_away(me, heard_much[0], newcomers, self._limits, self.country)
        if reason == admission.MACHINE or (reason and not dialog_manager.is_about_texting(heard)):
            return self._turned_away(tx, me, reason, came, heard_much, now)
        facts = facts_for(tx, me, heard, self._catalogue.community, now)
        turn = self._unless_a_machine(tx, dialog_manager.read(heard, facts), heard.words, facts)
        self._write(tx, turn, facts, heard_much, bool(turn.prompts))
        return turn

    def _turned_away(
        self, tx: Transaction, me: Person, reason: str, came: Text, heard_much: tuple[int, float], now: float
    ) -> Turn:
        """What was said is kept and counted, and shown to a person unless a machine said it. Whoever can call us reads
        so, once a day."""
        tx.people.heard_much(me.phone, heard_much, now)
        if reason != admission.MACHINE:
            tx.flags.add_once(f"turned_away_{reason}", me.phone, kept(came.words), 0, now)
        can_call = reason == admission.ANOTHER_COUNTRY and phone_numbers.is_dialed_alike(me.phone, self.country)
        if not can_call or 0 <= now - me.asked_at < DAY:
            return Turn(me.session)
        tx.people.keep_session(me.session, now, heard_much, me.introduced, now)
        return Turn(me.session, (Prompt("hello.call_us"),))

    def _unless_a_machine(self, tx: Transaction, turn: Turn, words: str, facts: Facts) -> Turn:
        """Two machines that answer each other would never end: to the same words over and over, one is quiet."""
        if not turn.prompts or not _fruitless(turn):
            return turn
        since = facts.now - self._limits.fruitless_within
        if tx.inbound.fruitless_since(facts.me.phone, words, since) < self._limits.fruitless:
            return turn
        tx.flags.add_once("talks_in_circles", facts.me.phone, "", 0, facts.now)
        return turn.but(prompts=())

    def _spoken(self, tx: Transaction, turn: Turn, step: CallStep, facts: Facts, out: int) -> str:
        action = f"{self._voice_url}?turn={turn.session.turn}" + (f"&out={out}" if out else "")
        if any(isinstance(effect, effects.Talk) for effect in turn.effects):
            return self._bridge.join(tx, turn, step, facts, action)
        language, sounds = turn.session.language, self._calls.sounds
        return voice.render(turn.prompts, language, self._catalogue, action, self._recording_url, sounds)

    def _write(
        self, tx: Transaction, turn: Turn, facts: Facts, heard_much: tuple[int, float], introduced: bool
    ) -> None:
        asked_at = facts.now if turn.session.waiting else facts.me.asked_at
        tx.people.keep_session(turn.session, asked_at, heard_much, introduced, facts.now)
        if turn.session.language != facts.me.session.language and facts.me.volunteer:
            tx.volunteers.speak(facts.me.phone, turn.session.language)
        self._remember_language(turn.session)
        self._deeds.carry_out(tx, turn, facts)

    def _remember_language(self, session: Session) -> None:
        """For the one answer that must be given when the database is silent."""
        self._languages.pop(session.party, None)
        self._languages[session.party] = session.language
        if len(self._languages) > REMEMBERED:
            del self._languages[next(iter(self._languages))]


def _without_talk(turn: Turn) -> Turn:
    """In a call the two are joined at once: nobody is to be rung for it."""
    return turn.but(effects=tuple(each for each in turn.effects if not isinstance(each, effects.Talk)))


def _fruitless(turn: Turn) -> bool:
    """Whether nothing came of it: no step forward, nothing done."""
    stands = not turn.session.waiting or turn.session.misses > 0
    return stands and all(isinstance(effect, IDLE) for effect in turn.effects)
