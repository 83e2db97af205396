"""Volunteer import: what would become of each row of a list, and putting them on record, by a command or at the board.

At the board a whole list can be taken back: its invitations wait a while, and how everybody stood is kept beside.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hotline.community.model import Community
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.flows.interruption import kept
from hotline.flows.volunteer.invitation import invitation
from hotline.inbound.load_facts import load_facts
from hotline.inbound.volunteer_list import Row
from hotline.model.board import Member
from hotline.model.calendar import MINUTE
from hotline.model.outgoing import NEWS
from hotline.model.pseudonyms import Pseudonyms
from hotline.outbound import suppression
from hotline.outbound.practice import Practice
from hotline.storage import Transaction
from hotline.storage.tables.person_undo import Change

GIVES, CHANGES, INVITED = "gives", "changes", "invited"
ALONE = "alone_"  # how the keys begin of those who are left alone, and why
INVITED_IN = 10 * MINUTE  # when invitations of a list that was brought in at the board go out
AT_ONCE = 50  # rows of one transaction at the board: a text that comes meanwhile waits for no more


def preview(tx: Transaction, rows: Iterable[Row], here: Community, marks: Pseudonyms | None) -> dict[str, str]:
    """What would become of each row, by its number."""
    practice = Practice(here)
    return {row.phone: _becomes(tx, row, practice, marks) for row in rows}


def _becomes(tx: Transaction, row: Row, practice: Practice, marks: Pseudonyms | None) -> str:
    reach = tx.people.reach(row.phone)
    known = suppression.why(tx, marks, row.phone) if marks else suppression.must_be_remembered(reach)
    if known == suppression.OPTED_OUT or reach.stop_asked:
        return f"{ALONE}ended"
    if known or reach.disowned_at is not None:
        return f"{ALONE}blocked"
    if reach.gives in ("active", "waiting"):
        return CHANGES
    if row.consent:
        return GIVES
    if reach.gives == "left":
        return f"{ALONE}left"
    if reach.gives == "invited":
        return f"{ALONE}invited"
    if reach.by_voice:
        return f"{ALONE}by_voice"
    return INVITED if practice.may_reach(tx, row.phone, ()) else f"{ALONE}practice"


def put_all(tx: Transaction, rows: Iterable[Row], here: Community, marks: Pseudonyms | None, now: float) -> None:
    """Puts them on record; whoever did not agree is invited. Looked at once more: somebody may have ended our texts
    since the preview."""
    practice = Practice(here)
    for row in rows:
        becomes = _becomes(tx, row, practice, marks)
        if not becomes.startswith(ALONE):
            _put(tx, row, here, now, invite=becomes == INVITED)


def _put(tx: Transaction, row: Row, here: Community, now: float, *, invite: bool) -> None:
    tx.people.introduce(row.phone, row.name, row.language, now)
    tx.volunteers.enroll(row.phone, row.needs, row.areas, "invited" if invite else "active", now)
    if row.consent:
        tx.volunteers.consented(row.phone, row.consent)
    if row.calls:
        tx.people.reach_by(row.phone, True)
    if invite:
        _invite(tx, row, here, now)


def _invite(tx: Transaction, row: Row, here: Community, now: float) -> None:
    """Who we are, and one question, which becomes the newest; what it interrupts goes on afterwards."""
    me = tx.people.get(row.phone, now)
    facts = load_facts(tx, me.but(session=me.session.but(language=row.language)), Heard(""), here, now)
    session = facts.me.session.but(turn=facts.me.session.turn + 1)
    turn = run.start(invitation, session.but(behind=kept(session)), facts)
    tx.people.place(turn.session, now)
    tx.people.introduced(row.phone)
    tx.outbox.put(row.phone, [Prompt("hello.first"), *turn.prompts], 0, NEWS, now)


@dataclass(frozen=True)
class ImportDesk:
    """Where a keeper brings a list in at the board, some rows a transaction, and takes it back. `marks` as for
    everything that brings in numbers; None without SECRET_KEY."""

    community: Community
    marks: Pseudonyms | None
    own: str
    clock: Callable[[], float]

    def preview(self, tx: Transaction, rows: Sequence[Row]) -> dict[str, str]:
        return preview(tx, rows, self.community, self.marks)

    def begin(self, tx: Transaction, who: Member, token: str) -> int:
        """The number of the list that is brought in; one that was begun by the same form goes on."""
        now = self.clock()
        change = tx.person_undo.begin(who.key, "imported", token, now + INVITED_IN, now)
        if not tx.board.was_pressed(token):
            tx.board.did(who.key, "imported", now, more=f"list {change}", press=token)
        return change

    def put(self, tx: Transaction, change: int, rows: Sequence[Row]) -> int:
        """Puts these on record, as far as they may be; how many were."""
        now, done = self.clock(), tx.person_undo.change(change)
        if done is None or done.undone_at is not None:
            return 0
        practice = Practice(self.community)
        tx.people.lock([row.phone for row in rows])
        return sum(self._put(tx, done, row, practice, now) for row in rows)

    def _put(self, tx: Transaction, done: Change, row: Row, practice: Practice, now: float) -> bool:
        if tx.person_undo.holds(done.id, row.phone):
            return True
        becomes = _becomes(tx, row, practice, self.marks)
        if becomes.startswith(ALONE):
            return False
        before, last = tx.person_undo.stands(row.phone), tx.person_undo.last_text()
        _put(tx, row, self.community, now, invite=becomes == INVITED)
        tx.person_undo.keep(done.id, row.phone, before, last, done.until)
        return True

    def take_back(self, tx: Transaction, change: int, phones: Sequence[str]) -> None:
        """These stand as they did before the list, whoever has not changed since; some of a whole list, which
        `taken_back` ends."""
        done = tx.person_undo.change(change)
        if done is None or done.undone_at is not None:
            return
        tx.people.lock(phones)
        for phone in phones:
            tx.person_undo.take_back(change, phone, self.clock())

    def taken_back(self, tx: Transaction, who: Member, change: int) -> None:
        """All of the list was taken back."""
        tx.person_undo.undone(change, who.key, self.clock())
        tx.board.did(who.key, "undid_import", self.clock(), more=f"list {change}")
