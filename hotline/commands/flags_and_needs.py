"""Commands `flags list`, `flags settle`, `needs list`: what a coordinator looks at."""

import time
from datetime import datetime
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, command, group, in_store, listed
from hotline.model import phone_numbers
from hotline.storage import lists

MOST_LINES = 200


def add(commands: Any) -> None:
    flags = group(commands, "flags", "what a person should look at")
    command(flags, "list", "everything nobody has looked at yet, oldest first", _flags)
    command(flags, "settle", "somebody has looked", _settle).add_argument("id", type=int, help="its number in the list")
    command(group(commands, "needs", "what is asked for"), "list", "everything that is not over", _needs)


def _flags(_: Chosen) -> None:
    found = listed(settings.database()[0], lists.open_flags)
    for flag in found[:MOST_LINES]:
        who = phone_numbers.show(flag.party) if flag.party else "-"
        about, said = f"about {flag.code}" if flag.code else "", flag.words or flag.recording
        print(f"{flag.id:>6}  {_when(flag.raised_at)}  {flag.why:<22} {who:<16} {about:<10} {said}")
    print(f"{len(found)} in all.")


def _settle(chosen: Chosen) -> None:
    if not in_store(settings.database()[0], lambda tx: tx.flags.settle(chosen.id, time.time())):
        raise Wrong(f"{chosen.id} is no open flag; `hotline flags list` shows them")
    print("Settled.")


def _needs(_: Chosen) -> None:
    found = listed(settings.database()[0], lists.open_needs, MOST_LINES)
    for need in found:
        who, takers = phone_numbers.show(need.neighbor), ", ".join(map(phone_numbers.show, need.takers))
        what = f"{need.what or '?'}, {need.area or '?'}"
        words = need.details or need.words
        print(f"{need.code:>5}  {_when(need.created_at)}  {need.status:<6} {who:<16} {what:<24} {words}  {takers}")
    print(f"{len(found)} in all.")


def _when(at: float) -> str:
    return datetime.fromtimestamp(at).strftime("%d %b %H:%M")
