"""Retention: what is forgotten of what is over, in pages of a few rows. Counts stay.

Each kind is gone through once, in the order of time: a mark holds up to when that was done.
"""

from dataclasses import dataclass

from hotline.storage.execute import Statements, Table
from hotline.storage.shared_tables import SHARED
from hotline.storage.tables.forgotten import Forgotten
from hotline.storage.tables.people import People

BEGUN = "retention"  # the mark of a hotline that may forget
PAGE = 200  # rows in one transaction


@dataclass(frozen=True)
class Kind:
    """One kind of record: the statement that finds the end of a page, and those that forget what is in it. People, and
    what came in, go one by one."""

    name: str
    page: str
    forget: tuple[str, ...]
    around: bool = False  # begun again at the end: its rows may become old at any time


SAID = Kind(
    "said", "page_of_needs", ("forget_words", "forget_relayed", "forget_flagged", "forget_dangers", "forget_notes")
)
ASKED = Kind(  # what was said since the first round about what was over by then, as well
    "asked",
    "page_of_needs",
    (
        "forget_neighbors",
        "drop_relayed",
        "drop_alerts",
        "drop_claims",
        *SAID.forget[2:],
        "forget_flaggers",
        "forget_endangered",
    ),
)
OTHER_WORDS = Kind("other_words", "page_of_flags", ("forget_other_words", "forget_other_dangers"))
TEXTS_IN = Kind("texts_in", "page_of_inbound", ())
CALLS = Kind("calls", "page_of_calls", ("forget_callers",))
SOUNDS = Kind("sounds", "page_of_sounds", ("forget_speakers",))
TEXTS_OUT = Kind("texts_out", "page_of_outbox", ("drop_deliveries", "drop_outbox"))
CALLS_MADE = Kind("calls_made", "page_of_rings", ("drop_rings",))
PEOPLE = Kind("people", "page_of_people", (), around=True)
BROADCASTS = Kind("broadcasts", "page_of_broadcasts", ("forget_broadcast_people", "forget_broadcast_words"))
SHEETS = Kind("sheets", "page_of_sheets", ("drop_sheets",))
OF_SHARING = tuple(  # what belongs to rows of another table is forgotten with those, and before them
    Kind(
        table.name,
        f"page_of_{table.name}",
        tuple(f"forget_{each.name}" for each in reversed(SHARED) if table.name in (each.name, each.within[0])),
    )
    for table in SHARED
    if not any(table.within)
)
SAID_AND_SENT = (SAID, ASKED, OTHER_WORDS, TEXTS_IN, CALLS, SOUNDS, TEXTS_OUT, CALLS_MADE, BROADCASTS)
KINDS = (*SAID_AND_SENT, *OF_SHARING, SHEETS, PEOPLE)


class Retained(Table):
    """How far each kind was forgotten."""

    def __init__(self, run: Statements, people: People, forgotten: Forgotten) -> None:
        super().__init__(run)
        self._people, self._forgotten = people, forgotten

    def may_begin(self) -> bool:
        return self._one("mark", name=BEGUN) is not None

    def begin(self, now: float) -> None:
        """Somebody has seen what will be forgotten, and wants it."""
        self._change("set_mark", name=BEGUN, at=now)

    def forget_page(self, kind: Kind, before: float) -> bool:
        """Forgets the next few rows of a kind that are older than `before`; False when there are none left."""
        row = self._one("mark", name=self._mark(kind))
        since = row["at"] if row else -1.0
        found = self._one(kind.page, since=since, before=before, room=PAGE)
        until = found["at"] if found else before
        if since < until:
            for name in kind.forget:
                self._change(name, since=since, until=until)
            if kind is TEXTS_IN:
                self._forget_inbound(since, until)
            if kind is PEOPLE:
                self._forget_people(since, until, before)
            self._change("set_mark", name=self._mark(kind), at=until)
        if found is None and kind.around:
            self._change("set_mark", name=self._mark(kind), at=-1.0)
        return found is not None

    def forget_tries(self, before: float) -> None:
        """Wrong PINs and words that were tried from somebody's phone."""
        self._change("drop_old_tries", before=before)

    def _forget_inbound(self, since: float, until: float) -> None:
        for row in self._all("ids_of_inbound", since=since, until=until):
            self._forgotten.forget_inbound(row["id"])

    def _forget_people(self, since: float, until: float, before: float) -> None:
        """Those of a page who were not heard of; whoever writes meanwhile is waited for, and stays."""
        self._people.lock([row["phone"] for row in self._all("gone_people", since=since, until=until, before=before)])
        for row in self._all("gone_people", since=since, until=until, before=before):
            self._forgotten.drop_person(row["phone"])

    def _mark(self, kind: Kind) -> str:
        return f"{BEGUN} of {kind.name}"
