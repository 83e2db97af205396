"""What cannot be kept while the carrier waits is not kept at all, and the carrier hears so in time."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, cast

import pytest

from hotline.storage import Store, StoreDown, Transaction
from hotline.web import deadline
from tests.storage.asking import ANA, NOW, ask, with_store

PATIENCE, COMMITTING = 0.2, 0.1


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "PATIENCE", PATIENCE)
    monkeypatch.setattr(deadline, "COMMITTING", COMMITTING)


def _flag_after(tx: Transaction, seconds: float) -> str:
    tx.flags.add("asks", ANA, "", 0, NOW)
    time.sleep(seconds)
    return "kept"


def test_a_turn_in_time_is_kept_and_a_late_one_undoes_itself(database_url: str) -> None:
    async def work(store: Store) -> str:
        with pytest.raises(StoreDown):
            await deadline.in_time(store, _flag_after, PATIENCE + 0.05)
        return await deadline.in_time(store, _flag_after, 0.0)

    assert with_store(database_url, work) == "kept"
    assert len(ask(database_url, "SELECT id FROM flags")) == 1


def test_a_turn_that_is_still_under_way_when_the_carrier_is_told_is_not_kept(database_url: str) -> None:
    async def work(store: Store) -> float:
        began = time.monotonic()
        with pytest.raises(StoreDown):
            await deadline.in_time(store, _flag_after, 3 * PATIENCE)
        return time.monotonic() - began

    # On SQLite a turn runs to its end before anybody is answered; on PostgreSQL it is left behind.
    assert with_store(database_url, work) < 3 * PATIENCE + (1.0 if database_url.startswith("sqlite") else 0.0)
    assert ask(database_url, "SELECT id FROM flags") == []


class _Stuck:
    """A database that neither answers nor breaks."""

    async def run(self, _: Callable[..., Any], *__: Any) -> None:
        await asyncio.Event().wait()


def test_a_database_that_says_nothing_is_not_waited_for() -> None:
    with pytest.raises(StoreDown):
        asyncio.run(deadline.in_time(cast(Store, _Stuck()), _flag_after, 0.0))
