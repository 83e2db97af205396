"""Circles: the question whether one begins, reminders of turns, what is missing, and their end."""

from hotline.community.model import Community
from hotline.dispatch.circles import NextOfCircle
from hotline.engine.answers import Heard
from hotline.flows.sharing.circles.mine import circle_begin
from hotline.flows.sharing.gifts.about import ONE
from hotline.inbound.load_facts import load_facts
from hotline.model.due import DueRow, Kind
from hotline.outbound.circles import CircleNews
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.put_question import put_question


class CircleWorker:
    """One circle a transaction. Locks are taken as by whoever writes: first the person, then the circle."""

    kinds = frozenset((Kind.CIRCLE,))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community, self._circles = rows, community, CircleNews(community)

    async def look_after_one(self) -> bool:
        """One that is due. False when none is."""
        return await self._rows.first(Kind.CIRCLE, self._look)

    def _look(self, tx: Transaction, row: DueRow, now: float) -> None:
        facts = load_facts(tx, tx.people.get(row.party, now), Heard(), self._community, now)
        tx.circles.lock([int(row.id)])
        circle = tx.circles.get(int(row.id))
        if circle is None or not circle.live:
            return
        if self._circles.look_after(tx, circle, now) is NextOfCircle.ASK:
            put_question(tx, circle_begin, {ONE: circle.code}, facts)
