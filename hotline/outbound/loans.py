"""News about loans of tools: who hears what when somebody asks, has a tool, brings it back, or is gone. Inside
transactions.

Each change comes with the one line that the other side hears. Nobody hears that they were told no.
"""

from collections.abc import Collection
from dataclasses import replace

from hotline.community.model import Community
from hotline.dispatch import loans as dispatch
from hotline.dispatch.loans import NextOfLoan
from hotline.engine.session import Values
from hotline.flows.sharing.loans.about import told, told_of_tool
from hotline.model import effects
from hotline.model.effects import LoanStep
from hotline.model.loans import MOST_IN_LINE, Loan, State, Tool, due_by, fetch_by
from hotline.outbound import notify_coordinators
from hotline.outbound.sharing import EMPTY, FORM_WAITS, LEFT, NEVER_SENT, reaches, tell
from hotline.storage import Transaction

ASKS = {  # the borrower
    NextOfLoan.FETCH: "news.loan_fetch",
    NextOfLoan.DUE: "news.loan_due",
    NextOfLoan.STILL: "news.loan_still",
}
OF_A_TOOL = ("words", "recording", "care", "care_recording", "area", "days", "of_group")
MENDED = None  # since when it is in repair: it is not


class LoanNews:
    """What happens to the tools of one community."""

    def __init__(self, community: Community) -> None:
        self._community, self._zone = community, community.rules.timezone

    def carry_out(self, tx: Transaction, effect: effects.Effect, phone: str, now: float) -> None:
        """What the person with this number asks for."""
        match effect:
            case effects.BeginTool(words):
                tx.loans.begin_tool(phone, words, now, now + FORM_WAITS)
            case effects.ListTool(number):
                tool = replace(Tool(number, phone), **{name: getattr(effect, name) for name in OF_A_TOOL})
                tx.loans.list_tool(tool, now + dispatch.LOOKED_AT_EVERY)
            case effects.Borrow(number):
                self.asked(tx, number, phone, now)
            case effects.MoveLoan(number, step):
                self.move(tx, number, step, phone, now)
            case effects.BreakTool(number):
                self.broke(tx, number, phone, now)
            case effects.MendTool(number):
                self.mended(tx, number, now)
            case effects.EndTool(number):
                if lent := tx.loans.tool(number):
                    self.ended(tx, lent, EMPTY, now)

    # --- Asking.

    def asked(self, tx: Transaction, number: int, phone: str, now: float) -> None:
        """Somebody asks: they stand in line, and its lender is asked when it is their turn."""
        tool = tx.loans.tool(number)
        if tool is None or not tool.live or tool.line >= MOST_IN_LINE or _has_one(tx, number, phone):
            return
        tx.loans.begin(number, phone, now)
        self.turn_of_the_next(tx, number, now)

    def turn_of_the_next(self, tx: Transaction, number: int, now: float) -> None:
        """The lender is asked about the first in line, where the tool is there. Who is not reached is passed over."""
        tool = tx.loans.tool(number)
        while tool and tool.live and tool.broken_at is None:
            loan = dispatch.next_in_line(tx.loans.of(number))
            if loan is None:
                return
            if not reaches(tx, loan.borrower, self._community):
                self._over(tx, loan, now)
                continue
            refused = tx.loans.has_refused(number, loan.borrower)
            state = State.REFUSED if refused else State.ASKED
            self._put(tx, loan.but(state=state, until=now + dispatch.ANSWER_WITHIN, told=0), now)
            if not refused:
                name = tx.people.name_of(loan.borrower)
                tell(tx, tool.lender, "news.loan_asked", {**told(loan), "name": name}, now)
                return

    def promised(self, tx: Transaction, number: int, now: float) -> int:
        """The lender says yes: it can be fetched. The row of the request that carries their words; 0 where that cannot
        be any more."""
        loan = tx.loans.get(number)
        if loan is None or loan.state not in (State.ASKED, State.REFUSED) or not loan.tool.live or loan.tool.away:
            return 0
        need = tx.loans.make_need(loan, now)
        tx.needs.take(need, loan.tool.lender, now)
        loan = loan.but(state=State.FETCH, need=need, until=fetch_by(now, self._zone), told=0)
        for other in tx.loans.of(loan.tool.number):
            if other.state is State.ASKED and other.number != number:  # a no that became a yes: they wait again
                tx.loans.put(other.but(state=State.LINE, until=0.0, told=0), None, now)
        self._put(tx, loan, now)
        tell(tx, loan.borrower, "news.loan_yes", self._said(loan), now, need)
        return need

    def refused(self, tx: Transaction, number: int, now: float) -> None:
        """Not to this person: for them it goes on as if nothing was said, and the next is asked about."""
        loan = tx.loans.get(number)
        if loan and loan.state is State.ASKED:
            tx.loans.put(loan.but(state=State.REFUSED), loan.until, now)
            self.turn_of_the_next(tx, loan.tool.number, now)

    def move(self, tx: Transaction, number: int, step: LoanStep, by: str, now: float) -> None:
        """A loan goes on by the word of one of its sides; what cannot be any more changes nothing."""
        match step:
            case LoanStep.PROMISED:
                self.promised(tx, number, now)
            case LoanStep.REFUSED:
                self.refused(tx, number, now)
            case LoanStep.FETCHED:
                self.fetched(tx, number, by, now)
            case LoanStep.KEPT:
                self.kept(tx, number, now)
            case LoanStep.SOON | LoanStep.SOON_SAID:
                self.comes_soon(tx, number, now, said=step is LoanStep.SOON_SAID)
            case LoanStep.RETURNED:
                self.returned(tx, number, now)
            case LoanStep.IS_BACK:
                self.is_back(tx, number, now)
            case LoanStep.NOT_BACK:
                self.not_back(tx, number, now)
            case LoanStep.GIVEN_UP:
                self.given_up(tx, number, now)
            case LoanStep.CALLED_OFF:
                self.called_off(tx, number, now)

    # --- With somebody, and back.

    def fetched(self, tx: Transaction, number: int, by: str, now: float) -> None:
        """The borrower has it, says `by`; the other hears until when."""
        loan = tx.loans.get(number)
        if loan is None or loan.state is not State.FETCH:
            return
        loan = self._put(tx, loan.but(state=State.OUT, until=self._due_by(loan, now), told=0), now)
        if by == loan.borrower:
            tell(tx, loan.tool.lender, "news.loan_out", self._said(loan), now, loan.need)
        else:
            self._tell_borrower(tx, loan, "news.loan_yours", now)

    def kept(self, tx: Transaction, number: int, now: float) -> None:
        """It stays longer; its lender hears until when."""
        loan = tx.loans.get(number)
        if loan is None or not dispatch.may_keep(loan, tx.loans.of(loan.tool.number)):
            return
        loan = self._put(tx, loan.but(until=loan.kept_until(now, self._come_back, self._zone), told=0), now)
        tell(tx, loan.tool.lender, "news.loan_kept", self._said(loan), now, loan.need)

    def comes_soon(self, tx: Transaction, number: int, now: float, *, said: bool = False) -> None:
        """The borrower brings it soon, and is not asked about it for some days; its lender hears so, if it was not
        `said` in the borrower's own words."""
        loan = tx.loans.get(number)
        if loan is None or loan.state is not State.OUT:
            return
        tx.loans.put(loan.but(told=2), now + dispatch.ASKED_AGAIN, now)
        if not said:
            tell(tx, loan.tool.lender, "news.loan_soon", self._said(loan), now, loan.need)

    def returned(self, tx: Transaction, number: int, now: float) -> None:
        """The borrower says that it is back; its lender is asked."""
        loan = tx.loans.get(number)
        if loan is None or loan.state not in (State.OUT, State.FETCH):
            return
        until = dispatch.noon(now, 1, self._zone)
        loan = self._put(tx, loan.but(state=State.BACK, until=until, told=0), now)
        tell(tx, loan.tool.lender, "news.loan_back", self._said(loan), now, loan.need)

    def not_back(self, tx: Transaction, number: int, now: float) -> None:
        """The lender does not have it: its borrower is asked where it is."""
        loan = tx.loans.get(number)
        if loan is None or loan.state is not State.BACK:
            return
        loan = self._put(tx, loan.but(state=State.OUT, until=self._due_by(loan, now, days=1), told=1), now)
        self._tell_borrower(tx, loan, "news.loan_not_seen", now)

    def is_back(self, tx: Transaction, number: int, now: float) -> None:
        """The lender has it again; its borrower hears so, and it is the next one's turn."""
        loan = tx.loans.get(number)
        if loan is None or loan.state not in (State.OUT, State.BACK):
            return
        self._over(tx, loan, now, done=True)
        self._tell_borrower(tx, loan, "news.loan_thanks", now)
        self.turn_of_the_next(tx, loan.tool.number, now)

    def given_up(self, tx: Transaction, number: int, now: float) -> None:
        """Whoever asked does not want it any more; a lender who was asked, or said yes, hears so."""
        loan = tx.loans.get(number)
        if loan is None or not (loan.state.waits or loan.state is State.FETCH):
            return
        self._over(tx, loan, now)
        if loan.state in (State.ASKED, State.FETCH):
            tell(tx, loan.tool.lender, "news.loan_unasked", self._said(loan), now, loan.need)
        self.turn_of_the_next(tx, loan.tool.number, now)

    def called_off(self, tx: Transaction, number: int, now: float) -> None:
        """The lender cannot lend it after all: somebody may be on the way, and hears so at once."""
        loan = tx.loans.get(number)
        if loan is None or loan.state is not State.FETCH:
            return
        self._over(tx, loan, now)
        self._tell_borrower(tx, loan, "news.loan_off", now)
        self.turn_of_the_next(tx, loan.tool.number, now)

    # --- The tool itself.

    def broke(self, tx: Transaction, number: int, by: str, now: float) -> None:
        """It is in repair: who waits keeps the place, and who was to fetch it waits as the first."""
        tool = tx.loans.tool(number)
        if tool is None or not tool.live or tool.broken_at is not None:
            return
        tx.loans.in_repair(number, now)
        for loan in tx.loans.of(number):
            fetched = loan.state is State.FETCH and loan.borrower == by  # who says that it broke has it
            if fetched:
                self.fetched(tx, loan.number, by, now)
            elif loan.state.waits or loan.state is State.FETCH:
                if loan.need:
                    tx.needs.close(loan.need, False, now)
                if loan.state is not State.LINE and loan.state is not State.REFUSED:
                    tx.loans.put(loan.but(state=State.LINE, need=0, until=0.0, told=0), None, now)
                on_the_way = loan.state is State.FETCH
                self._tell_borrower(tx, loan, "news.loan_broken_off" if on_the_way else "news.loan_broken", now)
            elif loan.borrower != by:
                self._tell_borrower(tx, loan, "news.loan_broken_yours", now)
        if by != tool.lender:
            tell(tx, tool.lender, "news.tool_broken", told_of_tool(tool), now)

    def mended(self, tx: Transaction, number: int, now: float) -> None:
        tx.loans.in_repair(number, MENDED)
        self.turn_of_the_next(tx, number, now)

    def ended(self, tx: Transaction, tool: Tool, why: str, now: float) -> None:
        """It is lent no more. Who waits hears so once; who has it gives it back as was agreed, or where its lender is
        gone hears that a person looks."""
        if not tx.loans.end_tool(tool.number, why, now):
            return
        for loan in tx.loans.of(tool.number):
            if loan.state.waits:
                self._over(tx, loan, now)
                self._tell_borrower(tx, loan, "news.loan_none", now)
            elif loan.state is State.FETCH:
                self._over(tx, loan, now)
                self._tell_borrower(tx, loan, "news.loan_off", now)
            elif why == LEFT:
                self._over(tx, loan, now)
                self._tell_borrower(tx, loan, "news.loan_lender_left", now)
                tx.flags.add_once("nobody_says", loan.borrower, "", loan.need, now)

    def left(self, tx: Transaction, phone: str, now: float, *, asks_too: bool) -> None:
        """A person leaves: what they lend is over, and with `asks_too` what they asked for. What is with them stays
        with them until its lender says that it is back; the lender hears so once."""
        for tool in tx.loans.tools_of(phone):
            self.ended(tx, tool, LEFT if tool.listed else NEVER_SENT, now)
        for loan in tx.loans.by(phone) if asks_too else ():
            if loan.state.away and loan.state is not State.FETCH:
                tx.loans.put(loan.but(told=len(State)), None, now)
                tell(tx, loan.tool.lender, "news.loan_borrower_left", self._said(loan), now, loan.need)
            else:
                self.given_up(tx, loan.number, now)

    # --- By time.

    def look_after_tool(self, tx: Transaction, tool: Tool, now: float) -> None:
        """A form that was not finished is over, and so is what a lender who is not reached any more had to lend."""
        if not tool.listed:
            tx.loans.end_tool(tool.number, NEVER_SENT, now)
        elif not reaches(tx, tool.lender, self._community):
            self.ended(tx, tool, LEFT, now)
        else:
            tx.loans.check_tool(tool.number, now + dispatch.LOOKED_AT_EVERY)

    def look_after(self, tx: Transaction, loan: Loan, now: float) -> None:
        """What is due about a loan is done."""
        if loan.need and self._is_taken_over(tx, loan):
            self._over(tx, loan, now)
            self.turn_of_the_next(tx, loan.tool.number, now)
            return
        reached = reaches(tx, loan.borrower, self._community)
        step = dispatch.due(loan, reached=reached, now=now, where=self._zone)
        tx.loans.put(loan.but(told=step.told), step.check_at, now)
        match step.next:
            case NextOfLoan.GONE:
                self.given_up(tx, loan.number, now)
            case NextOfLoan.NO_ANSWER:
                self._over(tx, loan, now)
                self._tell_borrower(tx, loan, "news.loan_none", now)
                self.turn_of_the_next(tx, loan.tool.number, now)
            case NextOfLoan.NEXT:
                self._over(tx, loan, now)
                self._tell_borrower(tx, loan, "news.loan_not_fetched", now)
                tell(tx, loan.tool.lender, "news.loan_not_fetched_here", self._said(loan), now)
                self.turn_of_the_next(tx, loan.tool.number, now)
            case NextOfLoan.FETCH | NextOfLoan.DUE | NextOfLoan.STILL if reached:
                waited_for = step.next is NextOfLoan.DUE and bool(loan.tool.line)
                self._tell_borrower(tx, loan, "news.loan_due_waited_for" if waited_for else ASKS[step.next], now)
            case NextOfLoan.IS_IT_BACK:
                tell(tx, loan.tool.lender, "news.loan_is_it_back", self._said(loan), now, loan.need)
            case NextOfLoan.PERSON:
                tx.flags.add_once("nobody_says", loan.borrower, "", loan.need, now)
                if need := tx.needs.get(loan.need):
                    notify_coordinators.nobody_says(tx, self._community, need, now)
            case _:
                pass

    def request_ended(self, tx: Transaction, need: int, now: float) -> None:
        """A coordinator ended the request that carried their words: the loan is over with it."""
        row = tx.needs.get(need)
        loan = tx.loans.get(row.loan) if row and row.loan else None
        if loan and loan.live:
            tx.loans.put(loan.but(state=State.OVER), None, now)
            self.turn_of_the_next(tx, loan.tool.number, now)

    # --- Small parts.

    def _is_taken_over(self, tx: Transaction, loan: Loan) -> bool:
        """Whether a coordinator ended the request that carries their words, or gave it to somebody else."""
        need = tx.needs.get(loan.need)
        return need is None or not need.active or need.loan != loan.number

    def _put(self, tx: Transaction, loan: Loan, now: float) -> Loan:
        tx.loans.put(loan, dispatch.first_look(loan, now, self._zone), now)
        return loan

    def _over(self, tx: Transaction, loan: Loan, now: float, *, done: bool = False) -> None:
        tx.loans.put(loan.but(state=State.OVER), None, now)
        need = tx.needs.get(loan.need) if loan.need else None
        if need and need.active:
            tx.needs.close(need.number, done, now)

    def _due_by(self, loan: Loan, now: float, days: int = 0) -> float:
        return due_by(now, days or loan.tool.days, self._come_back, self._zone)

    @property
    def _come_back(self) -> Collection[str]:
        return self._community.sharing.tools_come_back

    def _said(self, loan: Loan) -> Values:
        return {**told(loan), "day": (loan.last_day(self._zone),)}

    def _tell_borrower(self, tx: Transaction, loan: Loan, key: str, now: float) -> None:
        """Nothing is put for whoever left."""
        if reaches(tx, loan.borrower, self._community):
            tell(tx, loan.borrower, key, self._said(loan), now, loan.need)


def _has_one(tx: Transaction, number: int, phone: str) -> bool:
    """Whether they asked for this tool already, or have it."""
    return any(loan.tool.number == number for loan in tx.loans.by(phone))
