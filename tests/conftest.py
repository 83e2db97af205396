"""What all tests share: no socket leaves this machine, one PostgreSQL for all, and transcripts can be written anew."""

import contextlib
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from hotline.web import deadline
from tests.figures import KEY, Figures
from tests.in_full import IN_FULL, ON_BOTH
from tests.shared_postgres import SharedPostgres, for_this_run, of_this_run
from tests.world import heard_in, with_tables

TRANSCRIPTS = "tests/test_transcripts.py"
EACH_SO_MANY = {TRANSCRIPTS: 8, "tests/storage/test_migrations.py": 4}
"""Of these one in so many runs on PostgreSQL, too, where not everything is run in full."""
LONGEST = "tests/voice/"  # in one process: begun last, it would keep all others waiting
ONE_BY_ONE = (TRANSCRIPTS, "tests/faults/")  # long ones; in other files a test finds what another read
TOGETHER = ("tests/faults/test_database_gone.py",)  # these kill one and the same server

SERVER = pytest.StashKey[SharedPostgres]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-transcripts", action="store_true", help="write anew what people read and hear")


def pytest_configure(config: pytest.Config) -> None:
    # What lands is judged by the same examples each time; the ordinary run goes on looking for others. No example is
    # judged by how long it takes: a slow machine is no mistake.
    settings.register_profile("patient", derandomize=IN_FULL, deadline=None)
    settings.load_profile("patient")
    config.stash[KEY] = Figures()
    if not hasattr(config, "workerinput"):
        house = contextlib.ExitStack()
        config.stash[SERVER] = house.enter_context(for_this_run())
        config.add_cleanup(house.close)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything on SQLite; of what is long a part on PostgreSQL, or all on both. One of them writes transcripts."""
    never = TRANSCRIPTS if config.getoption("--update-transcripts") else ""
    passed_over = [item for item in items if _is_passed_over(item, never)]
    items[:] = sorted((item for item in items if item not in passed_over), key=lambda each: LONGEST not in each.nodeid)
    config.hook.pytest_deselected(items=passed_over)


def _is_passed_over(item: pytest.Item, never: str) -> bool:
    file = item.nodeid.split("::")[0]
    if "[postgres" not in item.name:
        return False
    return file == never or (not ON_BOTH and crc32(item.name.encode()) % EACH_SO_MANY.get(file, 1) > 0)


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Who runs what: the tests of a file in one process, those that are long wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(ONE_BY_ONE) and not nodeid.startswith(TOGETHER) else nodeid.split("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return Scheduling(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes hands over what it has measured."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["figures"] = session.config.stash[KEY].handed_over


def pytest_testnodedown(node: Any) -> None:
    if figures := getattr(node, "workeroutput", {}).get("figures"):  # none from one that crashed
        node.config.stash[KEY].add(figures)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash[KEY]
    if figures.lines:
        terminalreporter.section("what was broken, and what came of it")
    for line in [*(figures.table() if figures.lines else ()), *figures.counted]:
        terminalreporter.write_line(line)
    if deaths := config.stash[SERVER].deaths:
        terminalreporter.section("PostgreSQL of the tests died, and was started again", red=True)
        terminalreporter.write_line(deaths)


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


@pytest.fixture(autouse=True, scope="session")
def _words_are_read_once() -> Iterator[None]:
    """Opening a hotline costs a tenth of a second for that alone, in each of a thousand tests."""
    with patch("hotline.inbound.switchboard.Hearing", heard_in):
        yield


@pytest.fixture(autouse=True)
def a_slow_machine_is_no_slow_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn may take longer on a machine that has other work; what patience is for has tests that set their own."""
    monkeypatch.setattr(deadline, "PATIENCE", 20.0)


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """What is printed at the end."""
    return request.config.stash[KEY]


@pytest.fixture(scope="session")
def postgres() -> SharedPostgres:
    """The real PostgreSQL of this run."""
    return of_this_run()


@pytest.fixture
def postgres_url(postgres: SharedPostgres) -> Iterator[str]:
    """A new database on PostgreSQL, empty."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database of each kind in turn, with every table and nothing in them."""
    if request.param == "sqlite":
        return with_tables(f"sqlite:///{tmp_path}/hotline.db")
    return str(request.getfixturevalue("postgres_url"))
