"""Listening rounds: who is told that they will be asked, who is asked now, and who hears what came of it."""

from hotline.community.model import Community
from hotline.engine.answers import Heard
from hotline.flows.sharing.rounds.listen import hear_round
from hotline.inbound.load_facts import load_facts
from hotline.model.due import DueRow, Kind
from hotline.outbound.rounds import ListeningRounds
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.put_question import put_question


class RoundWorker:
    """One person a transaction."""

    kinds = frozenset((Kind.ROUND_PART,))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community = rows, community
        self._rounds = ListeningRounds(community)

    async def look_after_one(self) -> bool:
        """False when nothing is due."""
        return await self._rows.first(Kind.ROUND_PART, self._look)

    def _look(self, tx: Transaction, row: DueRow, now: float) -> None:
        facts = load_facts(tx, tx.people.get(row.party, now), Heard(), self._community, now)
        part = tx.rounds.part(int(row.id))
        if part is None:
            return
        busy = facts.me.is_answering(now) or facts.mine.draft is not None  # a request comes before our questions
        if self._rounds.looked_after(tx, part, busy=busy, now=now):
            put_question(tx, hear_round, {}, facts)
