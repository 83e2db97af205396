"""The write-ahead log cut off anywhere, as a power cut may leave it: it opens, with a state that there was."""

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from hotline.model.people import Volunteer
from hotline.storage import Store, open_store
from tests.faults.conftest import Size
from tests.faults.database import dump
from tests.faults.texting import AWAKE_COMMUNITY, phones, wire
from tests.figures import Figure, Figures
from tests.world import NOON, world

NEIGHBORS = 8
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda rest: b"",
    "torn": lambda rest: random.randbytes(min(len(rest), 512)),
    "zeros": lambda rest: bytes(len(rest)),
}


async def _live(folder: Path) -> list[str]:
    """The state after each answer, oldest first; the files are left as they are while it lives."""
    url, states = f"sqlite:///{folder}/hotline.db", []
    async with world(folder, AWAKE_COMMUNITY) as place:
        states.append(_state(url))
        await place.add_volunteer(Volunteer("+17185552000", "Ben", ("food",), ("north",), "en"))
        states.append(_state(url))
        async with wire(place.exchange.public_url) as line:
            for at, phone in enumerate(phones(NEIGHBORS)):
                for turn, words in enumerate(("food 11216", "two bags", "1")):
                    await line.text(f"SM{at}-{turn}", phone, words)
                    states.append(_state(url))
        (folder / "cut").mkdir()
        for name in ("hotline.db", "hotline.db-wal"):
            shutil.copy(folder / name, folder / "cut" / name)
    return states


def test_a_log_that_is_cut_off_anywhere_leaves_a_prefix_of_the_truth(
    tmp_path: Path, size: Size, figures: Figures
) -> None:
    states = asyncio.run(_live(tmp_path))
    known = {state: at for at, state in enumerate(states)}
    whole, log = (tmp_path / "cut" / "hotline.db").read_bytes(), (tmp_path / "cut" / "hotline.db-wal").read_bytes()
    cuts = sorted(random.randrange(len(log) + 1) for _ in range(size(30, 1000)))
    false, backwards, last = 0, 0, 0
    for at, cut in enumerate(cuts):
        damage = list(DAMAGES.values())[at % len(DAMAGES)]
        state = _state_after(tmp_path, whole, log[:cut] + damage(log[cut:]))
        false += state not in known
        backwards += known.get(state, last) < last
        last = max(last, known.get(state, last))
    note = f"log of {len(log):,} bytes, {len(states)} states"
    figures.note(Figure("log cut at random bytes", "SQLite", len(cuts), backwards, 0, false, note))
    assert (false, backwards) == (0, 0)
    assert last > len(states) / 2


def _state_after(folder: Path, whole: bytes, log: bytes) -> str:
    """What the hotline finds when it starts after the power cut. It takes new texts, too."""
    here = folder / "after"
    shutil.rmtree(here, ignore_errors=True)
    here.mkdir()
    (here / "hotline.db").write_bytes(whole)
    (here / "hotline.db-wal").write_bytes(log)
    url = f"sqlite:///{here}/hotline.db"
    asyncio.run(_opened(url))
    with closing(sqlite3.connect(here / "hotline.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("DELETE FROM marks WHERE name = 'opened'")
        connection.commit()
    return _state(url)


def _state(url: str) -> str:
    """Everything but when the schema was made, a cut before that makes it anew, and which codes are never given: each
    start says that."""
    return str({table: rows for table, rows in dump(url).items() if table not in ("schema_version", "codes")})


async def _opened(url: str) -> None:
    store: Store = await open_store(url)
    await store.run(_mark)
    await store.close()


def _mark(tx: Any) -> None:
    tx.heartbeat.set_mark("opened", NOON)
