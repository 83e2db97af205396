"""Changes a database from outside, and reads all of it."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

from tests.storage.asking import Looking, looking

Dump = dict[str, list[dict[str, Any]]]


def change(url: str, statement: str) -> None:
    """As an operator would with another program."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as file:
            file.execute(statement)
            file.commit()
        return
    with psycopg.connect(url) as server:
        server.execute(statement.encode())


def dump(url: str) -> Dump:
    """Every row of every table, in an order of their own."""
    with looking(url) as look:
        return {table: sorted(look(f"SELECT * FROM {table}"), key=str) for table in tables(url, look)}


def tables(url: str, look: Looking) -> list[str]:
    if url.startswith("sqlite"):
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    else:
        names = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    return [row["name"] for row in look(names)]
