"""Command `go-live`: ends the practice. From then on everybody is texted and called."""

import sys
import time
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, command, community, in_store, listed
from hotline.commands.check import mistakes
from hotline.community.model import Community
from hotline.inbound.admission import NOT_OPEN
from hotline.storage import Transaction, lists


def add(commands: Any) -> None:
    live = command(commands, "go-live", "end the practice: from then on everybody is texted and called", _go_live)
    live.add_argument("--yes", action="store_true", help="do not ask again")


def _go_live(chosen: Chosen) -> int:
    url, file = settings.database()
    here = community(file)
    if not in_store(url, lambda tx: tx.opening.is_practice()):
        print("The hotline is open already.")
        return 0
    wrong = list(mistakes(settings.environment(), Path(), words=False))
    if wrong:
        raise Wrong(f"not yet: {wrong[0]}; `hotline check` shows all that is to mend first ({len(wrong)})")
    _show(url, here)
    if not chosen.yes and not _agreed():
        print("Nothing was changed.")
        return 1
    closed = in_store(url, _open, here)
    print(f"It is open. {closed} of the practice's requests were closed. Everybody is texted and called from now on.")
    return 0


def _show(url: str, here: Community) -> None:
    volunteers = [each for each in listed(url, lists.volunteers) if each.status == "active"]
    early = [flag for flag in listed(url, lists.open_flags) if flag.why == f"turned_away_{NOT_OPEN}"]
    print(f"Volunteers: {len(volunteers)}. Coordinators: {len(here.coordinators)}.")
    if not here.coordinators:
        print("Nobody is told of danger: `hotline coordinators add PHONE --name Rosa`, then restart.")
    if early:
        print(f"{len(early)} wrote or called before it was open, and wait for a person: `hotline flags list`.")
    print("What the phones of the practice asked for is closed. What was shown and not sent is never sent.")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        print("To open it, add --yes.")
        return False
    return input("Open it to everybody now? Write yes: ").strip().casefold() == "yes"


def _open(tx: Transaction, here: Community) -> int:
    """Requests of the practice ask nobody for real; how many there were."""
    now, closed = time.time(), 0
    for phone in sorted(here.practice or ()):
        for need in tx.needs.asked_for(phone):
            tx.needs.close(need.number, False, now)
            closed += 1
    tx.opening.go_live(now)
    return closed
