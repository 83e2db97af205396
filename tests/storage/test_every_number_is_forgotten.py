"""Telephone numbers: every table that holds one is forgotten with its person, and with time. Read from the statements.

A column that nobody has sorted here fails the first test: whoever adds one says whether it holds a number.
"""

import ast
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing

import pytest

from hotline.storage.shared_tables import SHARED
from hotline.storage.sqlite_file import migrate
from hotline.storage.statements import statements
from hotline.storage.tables.retention import KINDS
from tests.architecture.code import modules

PHONES = frozenset(
    (
        *("phone", "party", "neighbor", "callback", "takers", "helped", "first_choice", "doubted_by", "volunteer"),
        *("writer", "reader", "other", "giver", "asker", "lender", "borrower", "host", "guest", "organizer", "member"),
        *("contact", "asked", "looks", "looked"),
    )
)
NO_PHONES = frozenset(
    (
        *("applied_at", "language", "name", "area", "areas", "session", "say_who", "leave_word", "needs", "status"),
        *("hours", "timezone", "consent", "what", "words", "details", "recording", "every", "due", "besides", "answer"),
        *("outcome", "id", "channel", "body", "prompt", "sids", "sid", "reason", "texts", "code", "why", "worker"),
        *("standing", "refused", "kind", "told", "place", "piece", "hash", "stage", "level", "call", "browser"),
        *("coordinator", "known", "guessed", "token", "more", "press", "subject", "tier", "inside", "care"),
        *("care_recording", "hour", "came", "before", "after", "entry", "said_by", "undone_by", "undone", "state"),
        *("weather", "place_recording", "whom", "over_by", "purpose", "questions", "listens"),
        *("share", "share_recording", "cover", "rule", "rule_recording", "beat", "ordered", "seed", "deed"),
        *("fields", "beside", "became", "ended_by", "read_by", "path", "action"),
    )
)
GOES_WITH_TIME = {  # what is forgotten with time otherwise than by a page of retention
    "sessions_apart": "a call that is over has none",
    "on_call": "for as long as a coordinator said; none but the team is on it",
    "volunteers": "with the person, who is in `people`",
    "daily_rings": "with the person's word that ends it, and with the person, who is in `people`",
    "ring_contacts": "a yes with the person's word that ends it, a no with either person, who asked or was asked",
    "ring_sign_ups": "with the worker's word to coordinators a day later, and with the person",
    "companions": "with either person's word that ends it, and with either person",
    "ring_alarms": "with a person's word that all is well, and with the person",
    "offers": "with the person, who is in `people`",
    "board_people": "with the person, who is in `people`",
    "person_changes_of": "with the change, after which it can be undone no more",
}


def _columns() -> dict[str, frozenset[str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: connection.execute(f"PRAGMA table_info({table})").fetchall() for table in tables}
    return {table: frozenset(row[1] for row in found if row[2] == "TEXT") for table, found in rows.items()}


COLUMNS = {table: columns for table, columns in _columns().items() if not table.startswith("sqlite_")}
WITH_A_NUMBER = sorted(table for table, columns in COLUMNS.items() if columns & PHONES)


def _changed_by(names: Iterable[str]) -> set[str]:
    """The tables in which these statements change or delete rows."""
    known = statements("sqlite")
    return {table for name in names for table in re.findall(r"(?:UPDATE|DELETE FROM) (\w+)", known.get(name, ""))}


def _named_in(path: str) -> set[str]:
    """The statements whose names stand in a module of storage."""
    (tree,) = (module.tree for module in modules("storage") if module.path == path)
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_column_is_known_to_hold_a_number_or_none() -> None:
    unsorted = {f"{table}.{column}" for table, columns in COLUMNS.items() for column in columns - PHONES - NO_PHONES}
    assert unsorted == set()


@pytest.mark.parametrize("table", WITH_A_NUMBER)
def test_it_is_forgotten_with_its_person(table: str) -> None:
    own = {f"forget_own_{each.name}" for each in SHARED}
    assert table in _changed_by(_named_in("storage/tables/forgotten.py") | own)


@pytest.mark.parametrize("table", WITH_A_NUMBER)
def test_it_is_forgotten_with_time(table: str) -> None:
    of_pages = {name for kind in KINDS for name in kind.forget}
    gone = _changed_by(of_pages | {"forget_id", "drop_person"})
    assert (table in gone) != (table in GOES_WITH_TIME)


def test_every_table_of_sharing_is_registered() -> None:
    """One that has what such a table has, and is not in the registry, is forgotten by nobody."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        has = {table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} for table in WITH_A_NUMBER}
    alike = {table for table, columns in has.items() if {"number", "ended_at"} <= columns}
    assert alike == {table.name for table in SHARED}
