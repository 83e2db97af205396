"""Intake by hand: a coordinator writes down at the board what somebody asks for who is on the phone.

The same checks and the same states as where a neighbor texts or calls; what is half is kept as a form that is not sent
yet.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hotline.channels.parsing.parser import Hearing
from hotline.community.model import Community
from hotline.dispatch.follow_up import After, first_look
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt, Session, Turn, Values
from hotline.inbound.access_code import PrivateWords
from hotline.inbound.apply_effects import EffectHandler
from hotline.inbound.board_desk import TEAM, Outcome, changed_meanwhile
from hotline.inbound.board_sheets import of_need
from hotline.inbound.load_facts import load_facts
from hotline.model import phone_numbers
from hotline.model.board import Member, Sheet
from hotline.model.coordinator_effects import Close
from hotline.model.effects import Danger, Draft, Effect, Record
from hotline.model.needs import Need, Status
from hotline.model.outgoing import ANSWER
from hotline.model.people import Person
from hotline.model.when import kept
from hotline.storage import Transaction

NO_NEED = ("no_answer", "outside_area", "other_group")  # what a call may come to that is no request
ASKED = ("what", "area", "details", "due")
WORDS = ("details", "group", "name", "phone")  # fields in which somebody writes


@dataclass(frozen=True)
class Written:
    """What stands on the screen. ``phone`` is in E.164, "" for who leaves none; `answers` are the fields ASKED."""

    phone: str
    answers: Mapping[str, str]
    name: str = ""
    language: str = ""
    urgent: bool = False
    calls: bool = False
    say_who: str = ""
    leave_word: str = ""
    told: bool = False  # they read the number of their request in a text


@dataclass(frozen=True)
class IntakeDesk:
    """Where intake by hand is carried out. `words` are those by which somebody who leaves no number hears of it."""

    community: Community
    hearing: Hearing
    words: PrivateWords
    clock: Callable[[], float]

    def keep(
        self,
        tx: Transaction,
        who: Member,
        number: int,
        written: Written,
        seen: Mapping[str, str],
        sends: bool,
        token: str,
        sheet: str = "",
    ) -> Outcome:
        """Keeps what was written as a form that is not sent yet, `number` where it was kept before; and sends it where
        that is wished and nothing is missing. The row of the request is what was `made`. `sheet` is where it was typed:
        that is over then."""
        before = tx.needs.get(number) if number else None
        if number and (before is None or before.status is not Status.DRAFT):
            return Outcome(False, key="not_draft", made=number)
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice", made=number or self._made_by(tx, token))
        if before and (theirs := changed_meanwhile(_stands(before), written.answers, seen)):
            return Outcome(False, key="conflict_by_phone", theirs=theirs, made=number)
        party = before.neighbor if before else written.phone or f"withheld:{token}"
        now = self.clock()
        if tx.people.reach(party).blocked:
            return Outcome(False, key="is_blocked", wrong="phone", made=number)
        me = self._known(tx, party, written, now)
        need = before or self._begun(tx, me, written, now)
        if need is None:
            return Outcome(False, key="gone")
        self._fill(tx, need, written, now)
        self._listen(tx, me, need, before, written)
        whole = written.answers["what"] and written.answers["area"]
        if sends and whole:
            self._send(tx, me, need, written, now)
        tx.board.did(who.key, "intake_sent" if sends and whole else "intake_kept", now, need.number, press=token)
        self._leave_sheet(tx, who, number, sheet, need.number, now)
        return Outcome(True, "", "intake_lacks" if sends and not whole else "", made=need.number)

    def ends(
        self, tx: Transaction, who: Member, number: int, phone: str, what: str, words: str, token: str, sheet: str = ""
    ) -> Outcome:
        """The call came to no request: nobody answered, it is outside our area, another group was named."""
        before = tx.needs.get(number) if number else None
        if number and (before is None or before.status is not Status.DRAFT):
            return Outcome(False, key="not_draft", made=number)
        if tx.board.was_pressed(token):
            return Outcome(True, key="twice")
        now, party = self.clock(), before.neighbor if before else phone
        if party:
            tx.people.get(party, now)
        typed = tx.typed.sheet(of_need(number) if number else sheet)
        beside = (text for _, text in _beside(typed)) if typed else ()
        tx.flags.note(what, party, " ".join(filter(None, (words, *beside))), 0, now)
        if before:
            self._carry_out(tx, tx.people.get(party, now), [Close(before.number, words, False)])
        tx.board.did(who.key, f"intake_{what}", now, number, press=token)
        self._leave_sheet(tx, who, number, sheet, number, now)
        return Outcome(True, key=f"intake_{what}")

    def _leave_sheet(self, tx: Transaction, who: Member, number: int, sheet: str, made: int, now: float) -> None:
        """The sheet is carried out. What somebody else typed there meanwhile, and nobody put in, becomes a note."""
        left = tx.typed.done(of_need(number) if number else sheet, made, who.key, now)
        for who_typed, text in _beside(left) if left and made else ():
            tx.board.note(made, who_typed, TEAM, text, now)

    def _known(self, tx: Transaction, party: str, written: Written, now: float) -> Person:
        """Who asks, with what they said about themselves; what they did not say stays as it was."""
        tx.people.lock([party])
        known = tx.people.get(party, now)
        tx.people.introduce(party, written.name, written.language or self.community.languages[0], now)
        if written.calls or written.say_who or written.leave_word:
            tx.people.reach_by(party, written.calls or known.calls, written.say_who, written.leave_word)
        return tx.people.get(party, now)

    def _begun(self, tx: Transaction, me: Person, written: Written, now: float) -> Need | None:
        """A form begins, as if they had texted its words."""
        number, now = self._carry_out(tx, me, [Draft(written.answers["details"])], fresh=True), self.clock()
        tx.follow_ups.check(number, first_look(After.BEGUN, self.community.rules, now))  # they are being asked already
        return tx.needs.get(number)

    def _fill(self, tx: Transaction, need: Need, written: Written, now: float) -> None:
        answers = written.answers
        told = {name: answers[name] for name in ("what", "area", "details")}
        tx.needs.fill_draft(need.number, {**told, "recording": "", "besides": need.besides}, now)
        when = kept(answers["due"])
        span = when.span(self.community.rules.timezone) if when else None
        another = written.phone if written.phone != need.neighbor else ""
        tx.needs.by_hand(need.number, another or need.callback, written.urgent, answers["due"], span)

    def _listen(self, tx: Transaction, me: Person, need: Need, before: Need | None, written: Written) -> None:
        """Words that name danger are taken as seriously as if they had texted them."""
        words = written.answers["details"]
        heard = self.hearing.hear(words) if words and not (before and before.details == words) else Heard()
        if heard.danger:
            self._carry_out(tx, me, [Danger(heard.danger, words, need.number)])

    def _send(self, tx: Transaction, me: Person, need: Need, written: Written, now: float) -> None:
        answers = written.answers
        stands = tx.needs.get(need.number) or need
        record = Record(
            need.number,
            answers["what"],
            answers["area"],
            answers["details"],
            callback=stands.callback,
            urgent=written.urgent,
            due=answers["due"],
        )
        self._carry_out(tx, me, [record])
        reach = tx.people.reach(me.phone)
        if written.told and phone_numbers.is_shown(me.phone) and reach.may_be_reached and not reach.by_voice:
            told: Values = {"number": need.code, "time": ""}
            hello = [] if me.introduced else [Prompt("hello.first")]
            thanks = Prompt("intake.thanks_looked_at" if stands.held else "intake.thanks", values=told)
            tx.outbox.put(me.phone, [*hello, thanks], need.number, ANSWER, now, any_hour=True)
            tx.people.introduced(me.phone)

    def _carry_out(self, tx: Transaction, me: Person, effects: list[Effect], *, fresh: bool = False) -> int:
        """As if they had asked for it themselves, whatever they are in the middle of by text."""
        idle = me.but(session=Session(me.phone, language=me.session.language))
        facts = load_facts(tx, idle, Heard(), self.community, self.clock())
        if fresh:  # a form that they left themselves stays as it is
            facts = facts.but(mine=facts.mine.but(draft=None))
        return EffectHandler(self.community).carry_out(tx, Turn(idle.session, effects=tuple(effects)), facts)

    @staticmethod
    def _made_by(tx: Transaction, token: str) -> int:
        """The request that was made by a form that is sent once more."""
        return tx.board.need_of_press(token)


def _beside(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """(coordinator, words) of what was typed where somebody else had written first."""
    for name in WORDS:
        for writer, text in sheet.beside.get(name, {}).items():
            if text:
                yield writer.partition(" ")[0], text


def _stands(need: Need) -> dict[str, str]:
    return {name: getattr(need, name) for name in ASKED}
