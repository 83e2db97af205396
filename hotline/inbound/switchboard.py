"""Switchboard: answers every text. It reads the facts, decides and writes everything, in one transaction."""

from collections.abc import Callable

from hotline.channels import text
from hotline.channels.catalogue import Catalogue
from hotline.channels.parsing.parser import Hearing, kept
from hotline.channels.segments import segments
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Turn
from hotline.flows import dialog_manager
from hotline.flows.everyone.danger import danger
from hotline.flows.everyone.menu import guess
from hotline.flows.everyone.person import person
from hotline.inbound import admission, calls_at_once
from hotline.inbound.apply_effects import EffectHandler
from hotline.inbound.fallback_answer import FallbackAnswer
from hotline.inbound.load_facts import load_facts
from hotline.inbound.read_keys import typed_number
from hotline.model import effects, phone_numbers
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.events import Text
from hotline.model.facts import Facts
from hotline.model.outgoing import AFTER_ALL, ANSWER
from hotline.model.people import Person
from hotline.model.pseudonyms import Pseudonyms
from hotline.outbound import daily_rings, operator_news
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.practice import Practice
from hotline.storage import Transaction

BLOCKED = "blocked"  # a machine says that a text of ours did not get there
STORM = Prompt("hello.storm")
IDLE = (effects.Flag, effects.Add)
NO_PICTURES, NO_GROUPS = Prompt("hello.no_pictures"), Prompt("hello.no_groups")  # what of a text we cannot read


class Switchboard:
    """Where texts are answered. `fallback` hears of the language that each person speaks; `marks` tell who was blocked
    and is forgotten."""

    def __init__(
        self,
        catalogue: Catalogue,
        clock: Callable[[], float],
        fallback: FallbackAnswer | None = None,
        limits: admission.Limits | None = None,
        marks: Pseudonyms | None = None,
    ) -> None:
        self._marks = marks
        self._catalogue, self._clock, self._limits = catalogue, clock, limits or admission.Limits()
        self._hearing = Hearing(catalogue.community)
        self._newcomers = admission.Newcomers(self._limits.newcomers_per_minute)
        self._fallback = fallback or FallbackAnswer(catalogue, clock)
        self._handler = EffectHandler(catalogue.community)
        self._practice = Practice(catalogue.community)
        self._reports = CarrierReports(catalogue.community, clock)
        self.country = catalogue.community.country

    @property
    def hearing(self) -> Hearing:
        """What each word means here."""
        return self._hearing

    def answer_text(self, tx: Transaction, came: Text) -> str:
        """The answer to a text, as a document. A repeat gets the same answer, and nothing is done twice. On a line that
        takes no answer with its webhooks it goes through the outbox, written down in the same transaction."""
        if not self._catalogue.community.line.replies_at_once:
            self._answer_by_text(tx, came)
            return ""
        now = self._clock()
        if not tx.inbound.receive(came.id, came.party, "text", kept(came.words), came.body, now):
            return tx.inbound.answer_given(came.id)
        turn = self._hear(tx, came, now)
        texts = text.render(turn.prompts, turn.session.language, self._catalogue.on(now))
        answer = text.reply(texts)
        tx.inbound.give_answer(came.id, answer, sum(map(segments, texts)), _fruitless(turn))
        return answer

    def answer_late(self, tx: Transaction, came: Text) -> None:
        """Answers a text that never reached us, through the outbox; should its webhook come after all, with nothing."""
        self._answer_by_text(tx, came, late=True)

    def _answer_by_text(self, tx: Transaction, came: Text, late: bool = False) -> None:
        now = self._clock()
        if not tx.inbound.receive(came.id, came.party, "text", kept(came.words), came.body, now):
            return
        turn = self._hear(tx, came, now, late=late)
        tx.inbound.give_answer(came.id, text.reply(()), fruitless=_fruitless(turn))
        if turn.prompts:
            texts = text.render(turn.prompts, turn.session.language, self._catalogue.on(now))
            tx.outbox.put(came.party, turn.prompts, 0, ANSWER, now, texts=texts)

    def set_aside(self, tx: Transaction, came: Text) -> str:
        """What could not be answered because of a mistake of ours is kept all the same, and a person looks."""
        return self._fallback.set_aside(tx, came)

    def _hear(self, tx: Transaction, came: Text, now: float, late: bool = False) -> Turn:
        """What follows from a text, carried out; for whoever is not answered, nothing."""
        me = admission.who(tx, came.party, self._marks, now)
        # The last that came of them was a call, perhaps one that was missed.
        if (me.session.call or not me.known) and tx.flags.is_missed(me.phone):
            tx.flags.settle_missed(me.phone, now)
        me = calls_at_once.as_by_text(tx, me, now)
        if not me.can_text:
            tx.people.can_text(me.phone)
        heard_much = admission.count(me, now)
        # Texts that are fetched come all at once, but were written over hours: that is no storm.
        newcomers = 0 if me.known or late else self._newcomers.count_one(tx, now)
        me, heard = self._heard(me, came)
        if heard.only("yes", "ok", "right") and operator_news.answers_test(tx, self._catalogue.community, me, now):
            return Turn(me.session)  # that it came is all that it says
        stranger = self._practice.is_stranger(tx, me.phone)
        reason = admission.turned_away(me, heard_much[0], newcomers, self._limits, self.country, stranger=stranger)
        if reason and not self._is_heard_all_the_same(tx, me, reason, heard, now):
            return self._turned_away(tx, me, reason, came, heard, heard_much, newcomers, now)
        facts = load_facts(tx, me, heard, self._catalogue.community, now)
        if heard.machine == BLOCKED:
            self._reports.blocked(tx, me.phone)
        turn = self._unless_a_machine(tx, self._read(tx, came, heard, facts), heard.words, facts)
        if self._limits.is_last(heard_much[0]) and not (me.opted_out or heard.ends_texts or came.meant):
            turn = _saying_first(turn, Prompt("hello.limit"))
        self._handler.keep(tx, turn, facts, heard_much, introduced=bool(turn.prompts))
        self._fallback.remember_language(turn.session)
        return turn

    def _read(self, tx: Transaction, came: Text, heard: Heard, facts: Facts) -> Turn:
        """What was said, unless it is one text under two ids: some carriers bring it so."""
        words, since = kept(came.words), facts.now - MINUTE
        if dialog_manager.may_be_a_copy(heard, facts) and tx.inbound.came_just_now(came.party, words, since, came.id):
            return dialog_manager.ask_again(facts)
        unread = (*((NO_PICTURES,) if came.has_media else ()), *((NO_GROUPS,) if came.to_group else ()))
        return dialog_manager.read(heard, facts, *unread)

    def _heard(self, me: Person, came: Text) -> tuple[Person, Heard]:
        """What was said. A yes to "Did you mean APPROVE Ben?" is read as if just that had been texted."""
        heard = self._hearing.hear(came.words)
        if came.meant:
            return me, heard.but(names=(came.meant,))
        if not heard.danger and (why_not := typed_number(me, came.words, self.country)):
            return me, Heard(words=came.words, names=(why_not,))
        asked = me.session.flow == guess.name and me.session.waiting
        if asked and (heard.only("yes", "ok", "right") or heard.digits == "1"):
            return me.but(session=me.session.behind or me.session.idle()), self._hearing.hear(
                me.session.answers.get("meant", came.words)
            )
        return me, heard

    def _is_heard_all_the_same(self, tx: Transaction, me: Person, reason: str, heard: Heard, now: float) -> bool:
        """Whether no limit keeps it back: a word about our texts always, danger and a call for a person once in ten
        minutes. What is not answered is raised all the same."""
        if reason in admission.LIMITED and not heard.machine and daily_rings.is_waited_for(tx, me.phone):
            return True  # any word of theirs says that they are well
        calls = dialog_manager.calls_for_somebody(heard, me.session)
        waits = me.session.waiting and me.session.flow in (person.name, danger.name)
        if waits and reason == admission.NOT_OPEN:
            return True  # what we asked about danger, before it is open
        if reason == admission.MACHINE or not (heard.danger or (calls and reason in admission.LIMITED)):
            return reason != admission.MACHINE and dialog_manager.is_about_texting(heard)
        return waits or not tx.flags.called_since(me.phone, now - self._limits.urgent_within)

    def _turned_away(
        self,
        tx: Transaction,
        me: Person,
        reason: str,
        came: Text,
        heard: Heard,
        heard_much: tuple[int, float],
        newcomers: int,
        now: float,
    ) -> Turn:
        """What was said is kept and counted, and shown to a person unless a machine said it. Whoever can call us reads
        so, once a day; whoever comes with a storm reads that there is one, at once or when there is room for it."""
        tx.people.heard_much(me.phone, heard_much, now)
        if reason == admission.MACHINE:
            return Turn(me.session)
        words = kept(came.words)
        if dialog_manager.calls_for_somebody(heard, me.session):
            self._handler.raise_unanswered(tx, me.phone, heard, now)
        else:
            tx.flags.add_once(f"turned_away_{reason}", me.phone, words, 0, now)
        if reason == admission.STORM and self._limits.hears_why(newcomers):
            return Turn(me.session.but(language=heard.language), (STORM,))
        if reason == admission.STORM and heard_much[0] == 1:  # once, when all that matters more has gone
            tx.outbox.put(me.phone, [STORM], 0, AFTER_ALL, now, now + HOUR, any_hour=True)
        if reason == admission.NOT_OPEN:
            return self._not_open(tx, me.but(session=me.session.but(language=heard.language)), words, now)
        can_call = reason == admission.ANOTHER_COUNTRY and phone_numbers.is_dialed_alike(me.phone, self.country)
        if not can_call or 0 <= now - me.asked_at < DAY:
            return Turn(me.session)
        session = me.session.but(language=me.session.language or heard.language)  # in the one that they write
        tx.people.keep_session(session, now, heard_much, me.introduced, now)
        return Turn(session, (Prompt("hello.call_us"),))

    def _not_open(self, tx: Transaction, me: Person, words: str, now: float) -> Turn:
        """One line, unless the same words come over and over."""
        since = now - self._limits.fruitless_within
        circles = tx.inbound.fruitless_since(me.phone, words, since) >= self._limits.fruitless
        return Turn(me.session, () if circles else (Prompt("hello.not_open"),))

    def _unless_a_machine(self, tx: Transaction, turn: Turn, words: str, facts: Facts) -> Turn:
        """Two machines that answer each other would never end: to the same words over and over, one is quiet.

        So is one whose words are passed on to another: two phones that answer each other are cut after a few texts.
        """
        since = facts.now - self._limits.fruitless_within
        if any(isinstance(effect, effects.Relay) for effect in turn.effects):
            return self._unless_they_circle(tx, turn, words, facts, since)
        if not turn.prompts or not _fruitless(turn):
            return turn
        before = tx.inbound.fruitless_since(facts.me.phone, words, since)
        if before < self._limits.fruitless:
            last = before == self._limits.fruitless - 1
            return _saying_first(turn, Prompt("hello.same_words")) if last else turn
        tx.flags.add_once("talks_in_circles", facts.me.phone, "", 0, facts.now)
        return turn.but(prompts=())

    def _unless_they_circle(self, tx: Transaction, turn: Turn, words: str, facts: Facts, since: float) -> Turn:
        """Words for the other side, unless the same were passed on before; that it ends is said first. Danger among
        them is raised however often it is said."""
        said = tx.inbound.said_since(facts.me.phone, words, since)
        if said <= self._limits.relayed_alike:
            last = said == self._limits.relayed_alike
            return _saying_first(turn, Prompt("hello.same_relay")) if last else turn
        tx.flags.add_once("talks_in_circles", facts.me.phone, words, 0, facts.now)
        raised = tuple(effect for effect in turn.effects if isinstance(effect, effects.Danger))
        return Turn(facts.me.session, (), raised)


def _saying_first(turn: Turn, notice: Prompt) -> Turn:
    """With a line more, before the question that waits for an answer."""
    said = [prompt for prompt in turn.prompts if not prompt.waits]
    return turn.but(prompts=(*said, notice, *(prompt for prompt in turn.prompts if prompt.waits)))


def _fruitless(turn: Turn) -> bool:
    """Whether nothing came of it: no step forward, nothing done."""
    stands = not turn.session.waiting or turn.session.misses > 0
    return stands and all(isinstance(effect, IDLE) for effect in turn.effects)
