"""Offers of neighbors: notices before they end, "still yes?", their end, and asks that came to nothing."""

from hotline.community.model import Community
from hotline.dispatch.gifts import NextOfGift
from hotline.engine.answers import Heard
from hotline.flows.sharing.gifts.about import ONE
from hotline.flows.sharing.gifts.giver import gift_still
from hotline.inbound.load_facts import load_facts
from hotline.model.due import DueRow, Kind
from hotline.outbound.gifts import GiftNews
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.put_question import put_question


class GiftWorker:
    """One offer a transaction. Locks are taken as by whoever writes: first the person, then what they give."""

    kinds = frozenset((Kind.GIFT, Kind.GIFT_ASK))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community, self._gifts = rows, community, GiftNews(community)

    async def look_after_one(self) -> bool:
        """One of each kind. False when nothing is due."""
        looked = [
            await self._rows.first(Kind.GIFT, self._look),
            await self._rows.first(Kind.GIFT_ASK, self._look_at_ask),
        ]
        return any(looked)

    def _look(self, tx: Transaction, row: DueRow, now: float) -> None:
        facts = load_facts(tx, tx.people.get(row.party, now), Heard(), self._community, now)
        number = int(row.id)
        tx.gifts.lock([number])
        gift = tx.gifts.get(number)
        if gift is None or not gift.live:
            return
        if self._gifts.looked_after(tx, gift, now) is NextOfGift.STILL:
            put_question(tx, gift_still, {ONE: gift.code}, facts)

    def _look_at_ask(self, tx: Transaction, row: DueRow, now: float) -> None:
        """Nobody said yes in time."""
        ask = tx.gifts.ask_number(int(row.id))
        if ask is None:
            return
        tx.gifts.lock([ask.gift.number])
        if ask := tx.gifts.ask_number(int(row.id)):
            self._gifts.came_to_nothing(tx, ask, now)
