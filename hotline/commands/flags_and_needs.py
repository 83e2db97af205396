"""Commands `flags list`, `flags settle`, `needs list`, `show` and `export`: what a coordinator looks at."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, clock, command, group, in_store, listed
from hotline.commands.spreadsheet import write
from hotline.model import phone_numbers
from hotline.model.needs import Need
from hotline.storage import lists

MOST_LINES = 200
HEAD = ("number", "status", "what", "area", "since", "neighbor", "words", "details", "when", "has it")


def add(commands: Any) -> None:
    flags = group(commands, "flags", "what a person should look at")
    command(flags, "list", "everything nobody has looked at yet, oldest first", _flags)
    command(flags, "settle", "somebody has looked", _settle).add_argument("id", type=int, help="its number in the list")
    needs = group(commands, "needs", "what is asked for")
    command(needs, "list", "everything that is not over", _needs)
    show = command(needs, "show", "all about one of them: what was said, who was asked, who took it", _show)
    show.add_argument("code", type=int, help="its number, such as 112")
    command(needs, "export", "all that is on record, into a new CSV file", _export).add_argument("file", type=Path)


def _flags(_: Chosen) -> None:
    found, when = listed(settings.database()[0], lists.open_flags), clock()
    for flag in found[:MOST_LINES]:
        who = phone_numbers.show(flag.party) if flag.party else "-"
        about, said = f"about {flag.code}" if flag.code else "", flag.words or flag.recording
        print(f"{flag.id:>6}  {when(flag.raised_at)}  {flag.why:<22} {who:<16} {about:<10} {said}")
    print(f"{len(found)} in all.")


def _settle(chosen: Chosen) -> None:
    if not in_store(settings.database()[0], lambda tx: tx.flags.settle(chosen.id, time.time())):
        raise Wrong(f"{chosen.id} is no open flag; `hotline flags list` shows them")
    print("Settled.")


def _needs(_: Chosen) -> None:
    found, when = listed(settings.database()[0], lists.open_needs, MOST_LINES), clock()
    for need in found:
        who, takers = phone_numbers.show(need.neighbor), ", ".join(map(phone_numbers.show, need.takers))
        what = f"{need.what or '?'}, {need.area or '?'}"
        words = need.details or need.words
        print(f"{need.code:>5}  {when(need.created_at)}  {need.status:<6} {who:<16} {what:<24} {words}  {takers}")
    print(f"{len(found)} in all.")


def _show(chosen: Chosen) -> None:
    url, when = settings.database()[0], clock()
    need = in_store(url, lambda tx: tx.needs.of_code(chosen.code, ""))
    if need is None:
        raise Wrong(f"there is no request {chosen.code}; `hotline needs list` shows those that are not over")
    for name, value in _told(need, when).items():
        print("\n".join(f"{name if not at else '':<10} {line}" for at, line in enumerate(value.splitlines())))
    print()
    for at, what, who, said in listed(url, lists.story_of, need.number):
        print(f"{when(at)}  {what:<8} {phone_numbers.show(who) or '-':<16} {said}")


def _told(need: Need, when: Callable[[float], str]) -> dict[str, str]:
    """What is on record of it, without what is empty."""
    told = {
        "number": need.code,
        "status": f"{need.status}{', held until a coordinator looks' if need.held else ''}",
        "asked by": phone_numbers.show(need.neighbor),
        "since": when(need.created_at),
        "for": f"{need.what or '?'}, {need.area or '?'}{', urgent' if need.urgent else ''}",
        "when": need.due,
        "said": need.words,
        "details": need.details,
        "recording": need.recording,
        "call back": need.callback,
        "has it": ", ".join(map(phone_numbers.show, need.takers)),
    }
    return {name: value for name, value in told.items() if value}


def _export(chosen: Chosen) -> None:
    needs, when = listed(settings.database()[0], lists.all_needs), clock()
    rows = [
        (
            *(need.code, need.status, need.what, need.area, when(need.created_at), need.neighbor),
            *(need.words, need.details, need.due, " ".join(need.takers)),
        )
        for need in needs
    ]
    print(f"{write(chosen.file, HEAD, rows)} rows in {chosen.file}.")
