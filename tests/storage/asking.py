"""Looks into a database from outside, whichever it is, and lets whole turns run on it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.rows import dict_row

from hotline.engine.session import Session
from hotline.storage import Store, Transaction, open_store

T = TypeVar("T")
ANA, BEN, CHO = "+12125550111", "+12125550112", "+12125550113"
NOW = 1_773_158_400.0
STORY = {"what": "food", "area": "north", "details": "two bags", "recording": "", "callback": ""}


Looking = Callable[[str], list[dict[str, Any]]]  # the rows of a query


@contextmanager
def looking(url: str) -> Iterator[Looking]:
    """Reads by another connection: only what was committed."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield lambda query: [dict(row) for row in connection.execute(query)]
    else:
        with psycopg.connect(url, row_factory=dict_row) as server:
            yield lambda query: [dict(row) for row in server.execute(query.encode())]


def ask(url: str, query: str) -> list[dict[str, Any]]:
    """The rows of one query, read by another connection."""
    with looking(url) as look:
        return look(query)


def keep(tx: Transaction, session: Session) -> None:
    """Where someone stands, after the first thing that was heard from them."""
    tx.people.keep_session(session, NOW, (1, NOW), introduced=True, now=NOW)


def with_store(url: str, work: Callable[[Store], Awaitable[T]]) -> T:
    """Opens the store, works, closes."""

    async def play() -> T:
        store = await open_store(url)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(play())
