"""Database copy, the end on PostgreSQL."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from hotline.storage.copy_database import AT_ONCE, Table, insert
from hotline.storage.postgres import migrate
from hotline.storage.store import StoreDown


class PostgresEnd:
    """A PostgreSQL database; read in one snapshot, written in pieces that each are kept."""

    def __init__(self, url: str, *, read_only: bool) -> None:
        try:
            self._connection = psycopg.connect(url, autocommit=not read_only, connect_timeout=5)
        except psycopg.OperationalError as error:
            raise StoreDown(f"PostgreSQL cannot be reached ({str(error).strip()})") from None
        self._read_only = read_only
        if read_only:
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._connection.read_only = True
        else:
            with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
                migrate(connection)

    def rows(self, table: Table) -> Iterator[Sequence[Any]]:
        with self._connection.transaction(), self._connection.cursor(name="hotline_copy") as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(_select(self._connection, table))
            yield from cursor

    def put(self, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(insert(table, "%s"), rows)

    def finish(self, tables: Sequence[Table]) -> None:
        for table in tables:
            if table.counter:
                self._connection.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{table.counter}'), "
                    f"GREATEST((SELECT COALESCE(MAX({table.counter}), 1) FROM {table.name}), "
                    f"(SELECT COALESCE(last_value, start_value - 1) FROM pg_sequences "
                    f"WHERE sequencename = '{table.name}_{table.counter}_seq'), 1))"
                )

    def close(self) -> None:
        self._connection.close()


def _select(connection: psycopg.Connection[Any], table: Table) -> str:
    """In the order of bytes, as SQLite sorts: a database's own language would sort otherwise."""
    kinds = dict(
        connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", (table.name,)
        ).fetchall()
    )
    order = ", ".join(f'{name} COLLATE "C"' if kinds[name] == "text" else name for name in table.key)
    return f"SELECT {', '.join(table.columns)} FROM {table.name} ORDER BY {order}"
