"""Rotating savings circles: what must never be in them, looked for in what people read and in what is on record."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from benchmarks.month.beginnings import DAY
from benchmarks.month.heard import number
from benchmarks.month.living import Month

ORDER = ("news.circle_begins", "news.circle_drawn", "news.circle_swapped")
ENDS = ("news.circle_over", "news.circle_ends", "news.circle_off")
SILENT = ("news.circle_silent", *ENDS)
TOLD_WITHIN = 6 * DAY  # after a turn, where something of it is missing and who organizes says nothing


def all_of(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    for circle in base.execute("SELECT * FROM circles WHERE listed = 1").fetchall():
        members = base.execute("SELECT * FROM circle_members WHERE circle = ?", (circle["number"],)).fetchall()
        marks = base.execute("SELECT * FROM circle_marks WHERE circle = ?", (circle["number"],)).fetchall()
        for check in (_all_are_in, _one_turn_each, _as_it_was_drawn, _nothing_is_lost, _only_they_hear):
            yield from (f"circle {circle['code']}: {found}" for found in check(circle, members, marks, month))


Rows = list[sqlite3.Row]


def _all_are_in(circle: sqlite3.Row, members: Rows, _: Rows, month: Month) -> Iterator[str]:
    """Whoever read that they are in stands in it, and nobody else but who organizes."""
    code = str(circle["code"])
    joined = {line.who for line in month.lines for said in line.said("circle_join.joined") if number(said) == code}
    named = {who.number: who.name for who in month.people}
    there = {named[row["member"]] for row in members if row["member"] not in ("", circle["organizer"])}
    if joined != there:
        yield f"{sorted(joined)} read that they are in, {sorted(there)} stand in it"


def _one_turn_each(circle: sqlite3.Row, members: Rows, _: Rows, __: Month) -> Iterator[str]:
    places = sorted(row["nth"] for row in members if row["nth"])
    if circle["turn"] and places != list(range(1, len(places) + 1)):
        yield f"its turns are {places}"
    if circle["turn"] and any(not row["nth"] for row in members if row["left_at"] is None):
        yield "somebody in it has no turn"


def _as_it_was_drawn(circle: sqlite3.Row, members: Rows, marks: Rows, _: Month) -> Iterator[str]:
    """The words of the draw give this order, computed by hand; two may have swapped since."""
    if not circle["seed"] or any(mark["deed"] == "swapped" for mark in marks):
        return
    seats = [row["seat"] for row in sorted(members, key=lambda row: int(row["nth"])) if row["nth"]]
    if seats != sorted(seats, key=lambda seat: sha256(f"{circle['seed']} {seat}".encode()).hexdigest()):
        yield f"{circle['seed']} does not give {seats}"


def _nothing_is_lost(circle: sqlite3.Row, members: Rows, marks: Rows, month: Month) -> Iterator[str]:
    """What both said is on record as often as they read that it was noted, and each said only their own part."""
    code, deeds = str(circle["code"]), Counter(mark["deed"] for mark in marks)
    noted = Counter(
        said.key
        for line in month.lines
        for said in line.said("circle_paid.told", "circle_no.rest", "circle_no.goes_on")
        if number(said) == code
    )
    for key, deed in (
        ("circle_paid.told", "paid"), ("circle_no.rest", "not received"), ("circle_no.goes_on", "taken back"),
    ):  # fmt: skip
        if noted[key] != deeds[deed]:
            yield f"{noted[key]} were told {key}, {deeds[deed]} are on record"
    turns = {row["number"]: row["nth"] for row in members}
    for mark in marks:
        if mark["deed"] in ("received", "not received") and turns[mark["doer"]] != mark["turn"]:
            yield f"somebody received in the turn {mark['turn']} of another"
    yield from _silence_is_told(circle, members, marks, month)


def _silence_is_told(circle: sqlite3.Row, members: Rows, marks: Rows, month: Month) -> Iterator[str]:
    """Where who organizes is never heard again and something is missing, all others hear so."""
    code, people = str(circle["code"]), {who.number: who for who in month.people}
    at = month.place.clock.now - month.started
    missing = [row for row in members if row["nth"] != 1 and not _both_said(row, marks)]
    silent_since = max((since for since, _ in people[circle["organizer"]].out), default=at)
    late = circle["turn"] and at - (circle["starts_at"] - month.started) > TOLD_WITHIN
    if not (missing and late and silent_since < at - TOLD_WITHIN):
        return
    for row in members:
        who = people.get(row["member"])
        told = any(
            number(said) == code for line in month.lines if who and line.who == who.name for said in line.said(*SILENT)
        )
        if who and who.number != circle["organizer"] and not told:
            yield f"{who.name} did not hear that who organizes is silent"


def _both_said(giver: sqlite3.Row, marks: Rows) -> bool:
    return any(mark["turn"] == 1 and mark["about"] == giver["number"] and mark["deed"] == "received" for mark in marks)


def _only_they_hear(circle: sqlite3.Row, members: Rows, _: Rows, month: Month) -> Iterator[str]:
    """News of a circle go to its people alone, an end once, and all read the same order."""
    code, numbers = str(circle["code"]), {who.name: who.number for who in month.people}
    inside, orders, ends = {row["member"] for row in members}, dict[str, set[str]](), Counter[str]()
    for line in month.lines:
        for said in line.prompts:
            if not said.key.startswith("news.circle") or number(said) != code:
                continue
            if numbers[line.who] not in inside:
                yield f"{line.who} is not in it, and read {said.key}"
            if said.key in ORDER:
                orders.setdefault(said.key, set()).add(str(said.values["names"]))
            ends[line.who] += said.key in ENDS
    yield from (f"people read different orders: {sorted(said)}" for said in orders.values() if len(said) > 1)
    yield from (f"{who} heard {times} ends" for who, times in ends.items() if times > 1)
