"""The tests' own PostgreSQL is missed when it dies: the next one who needs it has it, and what it said is kept."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.postgres_server import folder_for_postgres
from tests.shared_postgres import SharedPostgres
from tests.storage.asking import ask


@pytest.fixture
def mine() -> Iterator[SharedPostgres]:
    """Not the one of this run: that one must not die for it."""
    with folder_for_postgres() as folder:
        shared = SharedPostgres(folder)
        yield shared
        shared.close()


def test_a_server_that_died_is_started_again_with_what_was_there(mine: SharedPostgres) -> None:
    with mine.database() as first:
        mine._server.kill()
        with pytest.raises(psycopg.OperationalError):
            ask(first, "SELECT 1")
        with mine.database() as second:
            assert ask(first, "SELECT number FROM needs") == ask(second, "SELECT number FROM needs") == []
    assert mine.deaths.count("it was dead") == 1
    assert "database system is ready to accept connections" in mine.deaths


def test_one_that_another_process_started_is_found(mine: SharedPostgres) -> None:
    with mine.database() as first, SharedPostgres(mine.folder).database() as second:
        assert first.partition("?")[2] == second.partition("?")[2]
    assert mine.deaths == ""
