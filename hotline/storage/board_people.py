"""People on the board: neighbors and volunteers as one list, found by a name, the last digits, or a request's number.
Read beside the writer."""

import json
from collections.abc import Iterable, Sequence
from functools import cache

from hotline.model.board import Beside, Known, Profile
from hotline.model.people import folded
from hotline.storage.board_lists import beside
from hotline.storage.execute import Row
from hotline.storage.store import Store


async def everybody(store: Store, room: int, skipped: int) -> list[Known]:
    """All of them, the newest first."""
    return list(map(_known, await store.read("board_people", room=room, skipped=skipped)))


async def of_status(store: Store, status: str, room: int, skipped: int) -> list[Known]:
    """Volunteers of one status, the newest first."""
    rows = await store.read("board_people_of_status", status=status, room=room, skipped=skipped)
    return list(map(_known, rows))


async def blocked(store: Store, room: int, skipped: int) -> list[Known]:
    return list(map(_known, await store.read("board_people_blocked", room=room, skipped=skipped)))


async def ending(store: Store, digits: str, room: int) -> list[Known]:
    """Those whose number ends so."""
    return list(map(_known, await store.read("board_people_ending", pattern=f"+%{digits}", room=room)))


async def called(store: Store, name: str, room: int) -> list[Known]:
    """Those one of whose names begins so, without regard to case and accents, in the order of their names."""
    wanted = folded(name)
    glob, regex = "".join(map(_in_glob, wanted)), "".join(map(_in_regex, wanted))
    of_sqlite = {"begins": f"{glob}*", "later": f"* {glob}*"}
    of_postgres = {"starts": f"^{regex}", "follows": f" {regex}"}
    rows = await store.read("board_people_called", **of_sqlite, **of_postgres, room=room)
    return await given(store, [row["phone"] for row in rows])


def _in_glob(letter: str) -> str:
    return _any_of(letter) or (f"[{letter}]" if letter in "*?[" else letter)


def _in_regex(letter: str) -> str:
    return _any_of(letter) or (f"\\{letter}" if letter.isascii() and not letter.isspace() else letter)


@cache
def _any_of(letter: str) -> str:
    """All letters that are the same to whoever looks for a name: "n" is [NnÑñŇň...]; "" for what is no letter."""
    alike = {letter, *_ALIKE.get(letter, ())}
    return f"[{''.join(sorted(filter(str.isalnum, alike)))}]" if letter.isalnum() else ""


def _alike() -> dict[str, list[str]]:
    """By the letter without accent and case, those of the Latin, Greek and Cyrillic alphabets."""
    found: dict[str, list[str]] = {}
    for number in (*range(0x21, 0x530), *range(0x1E00, 0x2000)):
        found.setdefault(folded(chr(number)), []).append(chr(number))
    return found


_ALIKE = _alike()


async def given(store: Store, phones: Iterable[str]) -> list[Known]:
    """These people, in that order."""
    wanted = {phone: place for place, phone in enumerate(phones)}
    found = map(_known, await store.read("board_people_given", people=json.dumps(sorted(wanted))))
    return sorted(found, key=lambda each: wanted[each.phone])


async def of_code(store: Store, code: int) -> list[Known]:
    """Who asked for what has or had this number, and whoever had it in hand; also for what is over."""
    rows = await store.read("board_people_of_code", code=code)
    return await given(store, (row["phone"] for row in rows))


async def records(store: Store, phones: Iterable[str]) -> dict[str, int]:
    """The records of these people, of those who have one."""
    rows = await store.read("board_records", people=json.dumps(sorted(set(phones))))
    return {row["phone"]: row["record"] for row in rows}


async def whose(store: Store, record: int) -> str:
    """Whose record that is, "" for nobody's."""
    rows = await store.read("board_whose", number=record)
    return str(rows[0]["phone"]) if rows else ""


async def profile(store: Store, phone: str) -> Profile | None:
    """All about one person, None for nobody who is on record."""
    rows = await store.read("board_person", phone=phone)
    if not rows:
        return None
    row, asked = rows[0], (await store.read("board_person_asked", phone=phone))[0]
    by_call = row["calls"] or row["rung_instead"] or not row["can_text"]
    return Profile(
        _known(row),
        row["area"],
        "call" if by_call else "ended" if row["opted_out_at"] is not None else "text",
        bool(row["calls"]),
        row["say_who"] or "unknown",
        row["leave_word"] or "unknown",
        row["consent"] or "",
        row["hours"] or "",
        row["most_a_week"] or 0,
        asked["asked"],
        asked["yes"],
        asked["no"],
        asked["last"],
    )


async def took(store: Store, phone: str, room: int) -> list[Beside]:
    """What somebody has or had in hand, the newest first."""
    return [beside(row) for row in await store.read("board_person_took", phone=phone, room=room)]


async def noted(store: Store, phone: str, room: int) -> Sequence[Row]:
    """Calls of somebody that came to no request, the newest first: `at`, `why`, `words`."""
    return await store.read("board_person_noted", phone=phone, room=room)


async def noted_of_nobody(store: Store, since: float, room: int) -> Sequence[Row]:
    """Calls that came to no request and left no number, since then, the newest first: `at`, `why`, `words`."""
    return await store.read("board_noted_of_nobody", since=since, room=room)


async def changes_about(store: Store, phone: str, room: int) -> Sequence[Row]:
    """What was done at the board about one person and can be taken back, or was, the newest first."""
    return await store.read("board_changes_about", phone=phone, room=room)


async def lists_brought(store: Store, room: int) -> Sequence[Row]:
    """The lists of volunteers that were brought in lately, with how many `people` each, the newest first."""
    return await store.read("board_lists_brought", room=room)


async def list_brought(store: Store, change: int) -> Row | None:
    """A list that was brought in, None for anything else."""
    rows = await store.read("person_change", number=change)
    return rows[0] if rows and rows[0]["what"] == "imported" else None


async def changed_people(store: Store, change: int) -> Sequence[Row]:
    """Whom a list changed: `phone`, `name` (None for nobody who is known any more), `status`, what was `undone`."""
    return await store.read("board_changed_people", number=change)


async def exports(store: Store, room: int) -> Sequence[Row]:
    """What was taken out as a file, by whom and why, the newest first: `at`, `coordinator`, `what`, `reason`."""
    return await store.read("board_exports", room=room)


def _known(row: Row) -> Known:
    return Known(
        row["phone"],
        row["name"],
        row["language"],
        row["heard_at"],
        row["created_at"],
        row["opted_out_at"] is not None,
        bool(row["blocked"]),
        row["status"] or "",
        tuple((row["needs"] or "").split()),
        tuple((row["areas"] or "").split()),
        row["paused_until"] or 0.0,
        row["asked_for"],
    )
