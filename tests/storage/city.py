"""A city after some years: what a database holds when most of it is past. The same rows on both databases."""

from collections.abc import Callable
from typing import Any

NEEDS, OLD_ROWS, VOLUNTEERS = 100_000, 300_000, 200_000
# Tables that grow with the past or with the city; the others hold a handful.
LARGE = frozenset(
    (
        *("people", "volunteers", "offers", "needs", "alerts", "claims", "inbound", "outbox", "deliveries", "flags"),
        *("relayed", "rings", "calls", "recordings"),
    )
)

COUNT = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})",
    "postgres": "WITH n(i) AS (SELECT generate_series(1, {many}))",
}
PHONE = "'+1212' || substr('0000000' || CAST(i % 200000 AS TEXT), -7)"  # right() of SQLite
PHONE_POSTGRES = "'+1212' || lpad(CAST(i % 200000 AS TEXT), 7, '0')"

# (table, how many, columns, values of row i): old times are before 1,000,000.
ROWS: tuple[tuple[str, int, str, str], ...] = (
    ("people", VOLUNTEERS, "phone, language, created_at, heard_at", "{phone}, 'en', i, i"),
    ("volunteers", VOLUNTEERS, "phone, needs, areas, created_at", "{phone}, 'food', 'north', i"),
    ("offers", VOLUNTEERS, "what, area, language, phone, asked_at", "'food', 'north', 'en', {phone}, i"),
    (
        "needs",
        NEEDS,
        "neighbor, code, status, what, area, words, callback, recording, created_at, changed_at, check_at, again_at,"
        " look_at",
        "{phone}, 101 + i % 9000,"
        " CASE WHEN i % 500 = 0 THEN 'open' WHEN i % 501 = 0 THEN 'taken' WHEN i % 502 = 0 THEN 'draft'"
        " ELSE 'done' END, 'food', 'north', 'bread', CASE WHEN i % 50 = 0 THEN '555' ELSE '' END,"
        " CASE WHEN i % 20 = 0 THEN 'RE' || CAST(i AS TEXT) ELSE '' END, i, i,"
        " CASE WHEN i % 500 = 0 THEN 3000000.0 + i END, CASE WHEN i % 700 = 0 THEN 3000000.0 + i END,"
        " CASE WHEN i % 500 = 0 THEN 3000000.0 + i END",
    ),
    (
        "alerts",
        OLD_ROWS,
        "need, volunteer, wave, sent_at, answer",
        "100001 + i % 90000, {phone}, i / 90000, i,"
        " CASE WHEN i % 300 = 0 THEN NULL WHEN i % 301 = 0 THEN 'late' ELSE 'no' END",
    ),
    (
        "claims",
        NEEDS,
        "need, volunteer, taken_at, ended_at, outcome",
        "100001 + i % 90000, {phone}, i, CASE WHEN i % 500 = 0 THEN NULL ELSE i END, 'done'",
    ),
    (
        "inbound",
        OLD_ROWS,
        "id, party, channel, words, body, answer, received_at",
        "'SM' || CAST(i AS TEXT), {phone}, CASE WHEN i % 10 = 0 THEN 'voice' ELSE 'text' END, 'words', '', '', i",
    ),
    (
        "outbox",
        OLD_ROWS,
        "party, prompt, about, priority, status, due_at, ring, created_at, changed_at",
        "{phone}, '[]', 100001 + i % 90000, 2, CASE WHEN i % 3000 = 0 THEN 'waiting' WHEN i % 3001 = 0 THEN 'sending'"
        " WHEN i % 3002 = 0 THEN 'unknown' WHEN i % 3003 = 0 THEN 'to_ring' WHEN i % 900 = 0 THEN 'failed'"
        " ELSE 'sent' END,"
        " i, CASE WHEN i % 20 = 0 THEN i / 20 ELSE 0 END, i, i",
    ),
    (
        "deliveries",
        OLD_ROWS,
        "sid, outbox, status, rank, changed_at",
        "'SM' || CAST(i AS TEXT), i, 'delivered', CASE WHEN i % 3000 = 0 THEN 1 ELSE 4 END, i",
    ),
    (
        "flags",
        NEEDS,
        "why, party, words, about, raised_at, settled_at",
        "'wants_a_person', {phone}, '', 100001 + i, i, CASE WHEN i % 900 = 0 THEN NULL ELSE i END",
    ),
    (
        "relayed",
        NEEDS,
        "need, writer, reader, words, outbox, said_at",
        "100001 + i % 90000, {phone}, '+12120000777', 'w', i, i",
    ),
    (
        "rings",
        NEEDS,
        "party, status, sid, due_at, created_at, changed_at",
        "{phone}, CASE WHEN i % 3000 = 0 THEN 'waiting' ELSE 'over' END, 'CA' || CAST(i AS TEXT), i, i, i",
    ),
    ("calls", NEEDS, "sid, party, status, seconds, ended_at", "'CA' || CAST(i AS TEXT), {phone}, 'completed', 60, i"),
    (
        "recordings",
        NEEDS,
        "sid, party, kind, status, due_at, made_at, changed_at",
        "'RE' || CAST(i AS TEXT), {phone}, 'words', CASE WHEN i % 300 = 0 THEN 'kept' ELSE 'forgotten' END,"
        " CASE WHEN i % 300 = 0 THEN 3000000.0 END, i, i",
    ),
)


def fill(execute: Callable[[str], Any], dialect: str, times: float = 1.0) -> None:
    """Writes the city into an empty, migrated database; `times` as many rows of each kind."""
    phone = PHONE if dialect == "sqlite" else PHONE_POSTGRES
    execute("BEGIN")
    for table, many, columns, values in ROWS:
        count = COUNT[dialect].format(many=int(many * times))
        if dialect == "sqlite":
            execute(f"{count} INSERT INTO {table} ({columns}) SELECT {values.format(phone=phone)} FROM n")
        else:
            execute(f"INSERT INTO {table} ({columns}) {count} SELECT {values.format(phone=phone)} FROM n")
    execute("COMMIT")
