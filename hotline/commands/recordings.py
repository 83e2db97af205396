"""Commands `recordings list` and `save`: what people said aloud."""

import time
from asyncio import run
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, clock, command, group, in_store, listed
from hotline.model import phone_numbers
from hotline.storage import lists
from hotline.storage.audio import open_places

MOST = 200  # lines


def add(commands: Any) -> None:
    sounds = group(commands, "recordings", "what people said aloud")
    command(sounds, "list", "every recording that is not forgotten, the newest first", _list)
    save = command(sounds, "save", "write one into a file, to hear it", _save)
    save.add_argument("id", help="its id in the list")
    save.add_argument("file", type=Path, help="a new file")
    command(sounds, "forget", "forget one now, here and at the carrier", _forget).add_argument("id", help="its id")


def _list(_: Chosen) -> None:
    rows, shown = listed(settings.database()[0], lists.recordings, MOST), clock()
    for row in rows:
        when, who = shown(row.made_at), phone_numbers.show(row.party) or "-"
        print(f"{row.sid:<34}  {when}  {row.status:<10} {row.kind:<6} {who:<16} {row.reason}")
    print(f"{len(rows)} in all.")


def _save(chosen: Chosen) -> None:
    row = in_store(settings.database()[0], lambda tx: tx.recordings.get(chosen.id))
    sound = run(open_places(settings.keeping()).get(row.place)) if row and row.place else None
    if sound is None:
        raise Wrong(f"there is no sound for {chosen.id}; `hotline recordings list` shows which are kept")
    if chosen.file.exists():
        raise Wrong(f"{chosen.file} is there already; name a new file")
    chosen.file.touch(0o600)
    chosen.file.chmod(0o600)  # whatever the umask
    chosen.file.write_bytes(sound)
    print(f"Written to {chosen.file}.")


def _forget(chosen: Chosen) -> None:
    if in_store(settings.database()[0], lambda tx: tx.recordings.get(chosen.id)) is None:
        raise Wrong(f"there is no recording {chosen.id}; `hotline recordings list` shows them")
    in_store(settings.database()[0], lambda tx: tx.recordings.forget(chosen.id, time.time()))
    print("It will be forgotten, as soon as the worker comes to it.")
