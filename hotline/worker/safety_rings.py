"""Safety rings: whose turn it is in an alarm, which contacts are asked whether they agree, and who is reminded of what
they began to ask for."""

from hotline.community.model import Community
from hotline.dispatch.safety_rings import TURN
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.engine.steps import Flow
from hotline.flows.sharing.daily_rings.safety import alarm as alarm_flow
from hotline.flows.sharing.daily_rings.safety import contact as contact_flow
from hotline.inbound.load_facts import load_facts
from hotline.model.calendar import DAY
from hotline.model.due import DueRow, Kind
from hotline.outbound.safety_rings import SafetyRings
from hotline.storage import Transaction
from hotline.worker.poison_rows import RowByRow
from hotline.worker.put_question import put_question

WHO_WE_ARE = Prompt("hello.first")


class SafetyRingWorker:
    """One turn, or one contact, a transaction. Who is asked is locked first, then the alarm."""

    kinds = frozenset((Kind.ALARM, Kind.CONTACT, Kind.SIGN_UP))

    def __init__(self, rows: RowByRow, community: Community) -> None:
        self._rows, self._community, self._rings = rows, community, SafetyRings(community)

    async def look_after_one(self) -> bool:
        """One of each. False when nothing is due."""
        alarms = await self._rows.first(Kind.ALARM, self._go_on)
        contacts = await self._rows.first(Kind.CONTACT, self._ask_contact)
        return await self._rows.first(Kind.SIGN_UP, self._remind) or contacts or alarms

    def _remind(self, tx: Transaction, row: DueRow, now: float) -> None:
        tx.people.lock([row.party])
        self._rings.unfinished(tx, row.party, now)

    def _go_on(self, tx: Transaction, row: DueRow, now: float) -> None:
        before = tx.safety.alarm(row.party)
        turn = self._rings.turn(tx, before, now) if before else None
        if before is None or turn is None:
            return
        if turn.asked:
            tx.people.introduce(turn.asked, "", "", now)
            tx.people.lock([turn.asked])
        if tx.safety.alarm(row.party, locked=True) != before:
            return  # somebody said something meanwhile: it is looked at as it stands now
        self._rings.goes_to(tx, before, turn, now)
        if turn.asked and not self._community.is_coordinator(turn.asked):
            self._put(tx, alarm_flow, turn.asked, now, TURN)

    def _ask_contact(self, tx: Transaction, row: DueRow, now: float) -> None:
        person, _, contact = str(row.id).partition(" ")
        known = tx.people.reach(contact).language
        tx.people.introduce(contact, "", "" if known else tx.people.reach(person).language, now)
        tx.people.lock([contact])
        between = tx.safety.contact(person, contact)
        if between is None or not between.waits(now):
            return
        if self._rings.asks(tx, between, now):
            self._put(tx, contact_flow, contact, now, DAY)

    def _put(self, tx: Transaction, flow: Flow, phone: str, now: float, lasts: float) -> None:
        """The question in a text, for whoever reads texts; the call asks the same by itself."""
        me = tx.people.get(phone, now)
        if me.by_voice:
            return
        facts = load_facts(tx, me, Heard(), self._community, now)
        first = () if me.introduced else (WHO_WE_ARE,)
        same = me.session.flow == flow.name
        at_night = flow is alarm_flow
        put_question(tx, flow, {}, facts, 0, first, replaces=same, any_hour=at_night, expires_at=now + lasts)
        if first:
            tx.people.introduced(phone)
