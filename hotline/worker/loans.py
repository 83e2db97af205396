"""Loans of tools: what is said before and after a day, whose turn it is, and lenders who are not reached any more."""

from hotline.community.model import Community
from hotline.model.due import DueRow, Kind
from hotline.outbound.loans import LoanNews
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow


class LoanWorker:
    """One tool or loan a transaction. Locks are taken as by whoever writes: first the person, then the tool."""

    kinds = frozenset(
        (
            Kind.TOOL,
            Kind.LOAN,
        )
    )

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._loans = rows, LoanNews(community)

    async def look_after_one(self) -> bool:
        """One of each kind. False when nothing is due."""
        looked = [
            await self._rows.first(Kind.TOOL, self._look_at_tool),
            await self._rows.first(Kind.LOAN, self._look),
        ]
        return any(looked)

    def _look_at_tool(self, tx: Transaction, row: DueRow, now: float) -> None:
        tx.people.lock([row.party])
        tx.loans.lock([int(row.id)])
        tool = tx.loans.tool(int(row.id))
        if tool and tool.live:
            self._loans.look_after_tool(tx, tool, now)

    def _look(self, tx: Transaction, row: DueRow, now: float) -> None:
        tx.people.lock([row.party])
        if loan := tx.loans.get(int(row.id)):
            tx.loans.lock([loan.tool.number])
        loan = tx.loans.get(int(row.id))
        if loan and loan.live:
            self._loans.look_after(tx, loan, now)
