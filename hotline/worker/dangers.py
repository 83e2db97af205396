"""Dangers: silence after our question counts as a yes, coordinators are reminded, and what waited too long goes on."""

from hotline.community.model import Community
from hotline.dispatch.follow_up import NextAboutDanger, due_about_danger
from hotline.engine.answers import Heard
from hotline.inbound.load_facts import load_facts
from hotline.model.dangers import DangerCase
from hotline.model.due import DueRow, Kind
from hotline.outbound import danger_alarm
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow


class DangerWorker:
    """One danger a transaction. Locks are taken as by whoever writes: first the person, then their needs."""

    kinds = frozenset((Kind.DANGER,))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community = rows, community

    async def look_after_one(self) -> bool:
        """False when nothing is due."""
        return await self._rows.first(Kind.DANGER, self._look)

    def _look(self, tx: Transaction, row: DueRow, now: float) -> None:
        numbers = (row.about,) if row.about else ()
        load_facts(tx, tx.people.get(row.party, now), Heard(), self._community, now, numbers)
        case = tx.dangers.still_due(int(row.id), now)
        if case:
            self._look_after(tx, case, now)

    def _look_after(self, tx: Transaction, case: DangerCase, now: float) -> None:
        need = tx.needs.get(case.need) if case.need else None
        withdrawn = danger_alarm.is_withdrawn(case, need)
        step, look_at = due_about_danger(case, danger_alarm.waits(tx, case, need), now, withdrawn=withdrawn)
        tx.dangers.look_again(case.id, look_at)
        match step:
            case NextAboutDanger.COUNTS_AS_YES:
                danger_alarm.counts_as_yes(tx, self._community, case, "news.danger_unanswered", now)
            case NextAboutDanger.REMIND:
                danger_alarm.remind(tx, self._community, case, now)
            case NextAboutDanger.GO_ON:
                danger_alarm.goes_on(tx, self._community, case, now)
        if look_at is None:
            tx.dangers.settle(case.id, now)
