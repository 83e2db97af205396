"""Call steps: answers every step of a call. It reads the facts, decides and writes everything, in one transaction."""

from collections.abc import Callable
from dataclasses import replace

from hotline.channels import voice
from hotline.channels.catalogue import Catalogue
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Turn
from hotline.flows import dialog_manager, outbound_call
from hotline.flows.interruption import in_this_call
from hotline.inbound import admission, calls_at_once
from hotline.inbound.access_code import PrivateWords
from hotline.inbound.apply_effects import EffectHandler
from hotline.inbound.fallback_answer import FallbackAnswer
from hotline.inbound.load_facts import CallFacts, load_facts
from hotline.inbound.own_voice import OwnVoice
from hotline.inbound.read_keys import read_keys
from hotline.model.effects import JoinGroup, Talk
from hotline.model.events import CallStep
from hotline.model.facts import Facts
from hotline.model.people import Person
from hotline.model.pseudonyms import Pseudonyms
from hotline.outbound import callback_number
from hotline.outbound.bridge import Bridge
from hotline.outbound.call_queue import CallQueue
from hotline.outbound.practice import Practice
from hotline.storage import Transaction


class CallSteps:
    """Where calls are answered. `voice_url` takes the next step, `recording_url` the recordings.

    `address` gives the URL of a sound, `secret` makes the words of requests, `marks` tell who was blocked
    and is forgotten.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        clock: Callable[[], float],
        voice_url: str,
        recording_url: str,
        fallback: FallbackAnswer | None = None,
        limits: admission.Limits | None = None,
        *,
        address: Callable[[str], str] = str,
        secret: str = "",
        marks: Pseudonyms | None = None,
    ) -> None:
        self._marks = marks
        self._catalogue, self._clock, self._limits = catalogue, clock, limits or admission.Limits()
        self._voice_url, self._recording_url = voice_url, recording_url
        self._country, self._fallback = catalogue.community.country, fallback or FallbackAnswer(catalogue, clock)
        self._own_voice, self._words = OwnVoice(catalogue, address), PrivateWords(secret)
        self._call_facts = CallFacts(self._own_voice, self._words, CallQueue(catalogue.community, clock))
        self._practice = Practice(catalogue.community)
        self._handler, self._bridge = (
            EffectHandler(catalogue.community),
            Bridge(catalogue, voice_url, lambda: self._own_voice.sounds),
        )

    def answer(self, tx: Transaction, step: CallStep) -> str:
        """The next step of a call, as TwiML. One that comes late hears the question as it stands now."""
        now = self._clock()
        if step.out:
            step = replace(step, party=callback_number.whose(tx, step.out, step.party, self._country))
        if not tx.inbound.receive(step.id, step.party, "voice", step.keys, step.body, now):
            return tx.inbound.answer_given(step.id)
        answer = self._answer(tx, step, now)
        tx.inbound.give_answer(step.id, answer)
        return answer

    def _answer(self, tx: Transaction, step: CallStep, now: float) -> str:
        if step.hung_up and (step.brief or not step.recording):  # no answer: the question stands for the next time
            return voice.NOTHING
        me = admission.who(tx, step.party, self._marks, now)
        if step.whisper:
            return self._bridge.ask(tx, step, me, now)
        new = step.turn is None and not step.out
        heard_much = admission.count(me, now) if new else (me.recent, me.recent_since)
        me = calls_at_once.as_in(tx, me, step.call, step.turn is None, now)
        me = me.but(session=in_this_call(me.session, step.call))
        heard = read_keys(tx, me, step, self._words, self._catalogue.community, now)
        if admission.hung_up_on(me, heard_much[0], self._limits):
            tx.people.heard_much(me.phone, heard_much, now)
            why = "turned_away_blocked" if me.blocked else "turned_away_too_many"
            tx.flags.add_once(why, me.phone, "", 0, now)
            return voice.REJECTED
        if not step.out and self._practice.is_stranger(tx, me.phone):
            return self._not_open(tx, me, heard_much, now)
        facts = self._facts(tx, me, heard, step, now)
        turn = self._decide(tx, step, heard, facts)
        turn = turn.but(session=turn.session.but(call=step.call))
        self._handler.keep(tx, _joined_here(turn), facts, heard_much, introduced=facts.me.introduced)
        self._fallback.remember_language(turn.session)
        return self._spoken(tx, turn, step, facts)

    def _not_open(self, tx: Transaction, me: Person, heard_much: tuple[int, float], now: float) -> str:
        """Before the hotline is open: who called is kept, and hears what to do in danger."""
        tx.people.heard_much(me.phone, heard_much, now)
        tx.flags.add_once(f"turned_away_{admission.NOT_OPEN}", me.phone, "", 0, now)
        said = [Prompt("hello.not_open", ends=True)]
        return voice.render(said, me.session.language, self._catalogue, "", "", self._own_voice.sounds)

    def _facts(self, tx: Transaction, me: Person, heard: Heard, step: CallStep, now: float) -> Facts:
        facts = calls_at_once.own_draft(tx, load_facts(tx, me, heard, self._catalogue.community, now))
        return self._call_facts.add(tx, facts, heard, step)

    def _decide(self, tx: Transaction, step: CallStep, heard: Heard, facts: Facts) -> Turn:
        late, ours = step.turn != facts.me.session.turn, facts.call.ring.id
        if step.dialed:
            return self._bridge.after(tx, step.dialed, facts)
        if ours and step.turn is None:
            called_us = not step.out
            return outbound_call.called_back(facts) if called_us else outbound_call.picked_up(facts, step.is_machine)
        if ours:
            return outbound_call.press(heard, facts, late=late)
        if step.turn is None:
            return dialog_manager.pick_up(facts)
        return dialog_manager.ask_again(facts) if late and not step.out else dialog_manager.press(heard, facts)

    def _spoken(self, tx: Transaction, turn: Turn, step: CallStep, facts: Facts) -> str:
        out, sounds = facts.call.ring.id or step.out, self._own_voice.sounds
        action = f"{self._voice_url}?turn={turn.session.turn}" + (f"&out={out}" if out else "")
        if any(isinstance(effect, Talk) for effect in turn.effects):
            return self._bridge.join(tx, turn, step, facts, action)
        joined = next((each.name for each in turn.effects if isinstance(each, JoinGroup)), "")
        if joined and (document := self._bridge.join_group(tx, joined, turn, step, action)):
            return document
        today = self._catalogue.on(facts.now)
        return voice.render(turn.prompts, turn.session.language, today, action, self._recording_url, sounds)


def _joined_here(turn: Turn) -> Turn:
    """In a call the two are joined at once: nobody is to be rung for it."""
    return turn.but(effects=tuple(each for each in turn.effects if not isinstance(each, Talk)))
