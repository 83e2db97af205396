"""Loans of tools, whatever order things happen in: never two borrowers of one tool, the line in its order, nobody in it
forgotten, and nothing is said to somebody who left."""

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hotline.community.reading import from_table
from hotline.dispatch import loans as dispatch
from hotline.dispatch.loans import NextOfLoan
from hotline.model.calendar import DAY, HOUR
from hotline.model.effects import LoanStep
from hotline.model.loans import Loan, State, Tool, due_by, fetch_by
from hotline.model.needs import Need, Status
from hotline.outbound.loans import LoanNews
from hotline.outbound.sharing import EMPTY
from hotline.storage import Transaction
from tests.storage.asking import NOW
from tests.storage.test_gifts import in_memory
from tests.unit.build import plain

LENDER, BORROWERS = "+12125550101", tuple(f"+1212555011{place}" for place in range(4))
ZONE = ZoneInfo("Europe/Berlin")
STEPS = st.sampled_from(tuple(LoanStep))


def _need(tx: Transaction, number: int) -> Need | None:
    return tx.needs.get(number) if number else None


class Loans(RuleBasedStateMachine):
    """One lender of one tool, four who ask for it."""

    @initialize()
    def begin(self) -> None:
        self.run = in_memory()
        self.now, self.left = NOW, dict[str, int]()
        self.community = from_table({**plain(), "sharing": {"tools": True}}, ("en", "es"))
        self.lending = LoanNews(self.community)
        self.tool = self.run(self._listed)

    def _listed(self, tx: Transaction) -> int:
        for phone in (LENDER, *BORROWERS):
            tx.people.introduce(phone, "", "en", self.now)
        number = tx.loans.begin_tool(LENDER, "ladder", self.now, self.now + DAY)
        tx.loans.list_tool(Tool(number, LENDER, words="ladder", area="north", days=3), self.now + DAY)
        return number

    @rule(who=st.sampled_from(BORROWERS))
    def ask(self, who: str) -> None:
        if who not in self.left:
            self.run(lambda tx: self.lending.asked(tx, self.tool, who, self.now))

    @rule(place=st.integers(0, 3), step=STEPS)
    def say(self, place: int, step: LoanStep) -> None:
        """Whatever either of them says, in whatever state: what cannot be changes nothing."""

        def turn(tx: Transaction) -> None:
            loans = tx.loans.of(self.tool)
            if loans:
                loan = loans[place % len(loans)]
                by = LENDER if step in (LoanStep.PROMISED, LoanStep.IS_BACK) else loan.borrower
                if by not in self.left:
                    self.lending.move(tx, loan.number, step, by, self.now)

        self.run(turn)

    @rule()
    def go_on(self) -> None:
        """The first that is asked about gets it, fetches it, and brings it back: else few would come so far."""

        def turn(tx: Transaction) -> None:
            steps = {
                State.ASKED: LoanStep.PROMISED,
                State.FETCH: LoanStep.FETCHED,
                State.OUT: LoanStep.RETURNED,
                State.BACK: LoanStep.IS_BACK,
            }
            for loan in tx.loans.of(self.tool):
                if loan.state in steps and not {LENDER, loan.borrower} & self.left.keys():
                    self.lending.move(tx, loan.number, steps[loan.state], loan.borrower, self.now)
                    return

        self.run(turn)

    @rule(by=st.sampled_from((LENDER, *BORROWERS)))
    def breaks(self, by: str) -> None:
        if by not in self.left:
            self.run(lambda tx: self.lending.broke(tx, self.tool, by, self.now))

    @rule()
    def is_mended(self) -> None:
        self.run(lambda tx: self.lending.mended(tx, self.tool, self.now))

    @rule(who=st.sampled_from((*BORROWERS, *BORROWERS, LENDER)))
    def leave(self, who: str) -> None:
        def turn(tx: Transaction) -> None:
            tx.people.opt_out(who, self.now)
            self.lending.left(tx, who, self.now, asks_too=True)

        self.run(turn)
        self.left.setdefault(who, max((row["id"] for row in self._outbox()), default=0))

    @rule()
    def off_the_list(self) -> None:
        def turn(tx: Transaction) -> None:
            if (tool := tx.loans.tool(self.tool)) and LENDER not in self.left and tool.broken_at is not None:
                self.lending.ended(tx, tool, EMPTY, self.now)

        self.run(turn)

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

        def turn(tx: Transaction) -> None:
            for number in [loan.number for loan in tx.loans.of(self.tool)]:
                if (loan := tx.loans.get(number)) and loan.live:
                    self.lending.look_after(tx, loan, self.now)
            if (tool := tx.loans.tool(self.tool)) and tool.live:
                self.lending.look_after_tool(tx, tool, self.now)

        self.run(turn)

    def _outbox(self) -> list[dict[str, Any]]:
        return self.run.outbox()  # type: ignore[attr-defined,no-any-return]

    def _loans(self) -> tuple[Loan, ...]:
        return self.run(lambda tx: tx.loans.of(self.tool))

    @invariant()
    def never_two_borrowers(self) -> None:
        assert sum(loan.state.away for loan in self._loans()) <= 1

    @invariant()
    def in_the_order_of_the_line(self) -> None:
        waits = [loan.number for loan in self._loans() if loan.state is State.LINE]
        asked = [loan.number for loan in self._loans() if loan.state is State.ASKED]
        assert len(asked) <= 1
        assert not asked or all(asked[0] < number for number in waits)

    @invariant()
    def nobody_in_line_is_forgotten(self) -> None:
        tool, loans = self.run(lambda tx: tx.loans.tool(self.tool)), self._loans()
        assert tool
        waits = [loan for loan in loans if loan.state is State.LINE]
        goes_on = any(loan.state.away or loan.state is State.ASKED for loan in loans)
        assert not waits or goes_on or (tool.live and tool.broken_at is not None)

    @invariant()
    def their_words_have_a_way_as_long_as_it_lasts(self) -> None:
        for loan in self._loans():
            need = self.run(partial(_need, number=loan.need))
            assert (need is not None and need.status is Status.TAKEN) == loan.state.away

    @invariant()
    def nothing_is_sent_to_who_left(self) -> None:
        for row in self._outbox():
            assert row["id"] <= self.left.get(row["party"], row["id"])


def test_loans_in_any_order() -> None:
    run_state_machine_as_test(
        Loans,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _at(*moment: int) -> float:
    return datetime(*moment, tzinfo=ZONE).timestamp()  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("come_back", "last_day"),
    [
        ((), "2026-03-29"),
        (("saturday",), "2026-04-04"),
        (("monday", "sunday"), "2026-03-29"),
        (("monday",), "2026-03-30"),
    ],
)
def test_a_tool_is_due_at_the_end_of_a_day_on_which_tools_come_back(come_back: tuple[str, ...], last_day: str) -> None:
    until = due_by(_at(2026, 3, 22, 18), 7, come_back, ZONE)  # the clocks go forward on the 29th
    assert Loan(1, Tool(1, LENDER), BORROWERS[0], until=until).last_day(ZONE) == last_day


def test_three_days_to_fetch() -> None:
    assert fetch_by(_at(2026, 3, 26, 23, 59), ZONE) == _at(2026, 3, 30)


@pytest.mark.parametrize(
    ("state", "until", "said"),
    [
        (State.ASKED, _at(2026, 3, 20), [("no_answer", _at(2026, 3, 20))]),
        (State.FETCH, _at(2026, 3, 30), [("fetch", _at(2026, 3, 29, 12)), ("next", _at(2026, 3, 30))]),
        (
            State.OUT,
            _at(2026, 3, 30),
            [
                ("due", _at(2026, 3, 28, 12)),
                ("still", _at(2026, 3, 30, 12)),
                ("still", _at(2026, 4, 2, 12)),
                ("person", _at(2026, 4, 5, 12)),
            ],
        ),
        (State.LINE, 0.0, []),
    ],
)
def test_what_is_said_and_when(state: State, until: float, said: list[tuple[str, float]]) -> None:
    """At noon by the clocks on the wall, also over the night in which they change."""
    loan, now, heard = Loan(1, Tool(1, LENDER), BORROWERS[0], state=state, until=until), _at(2026, 3, 10), []
    at: float | None = dispatch.first_look(loan, now, ZONE)
    while at is not None:
        due = dispatch.due(loan, reached=True, now=at, where=ZONE)
        heard += [(str(due.next), at)] if due.next is not NextOfLoan.NOTHING else []
        loan, at = loan.but(told=due.told), due.check_at
    assert heard == said


def test_what_is_past_is_said_once_after_we_were_away() -> None:
    loan = Loan(1, Tool(1, LENDER), BORROWERS[0], state=State.OUT, until=_at(2026, 3, 30))
    due = dispatch.due(loan, reached=True, now=_at(2026, 4, 3), where=ZONE)
    assert (due.next, due.told) == (NextOfLoan.STILL, 3)
