"""How much is broken: a little in the ordinary run, everything with `pytest tests/faults --long`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest

from tests.conftest import postgres_url
from tests.faults.mortal import Nursery
from tests.in_full import ON_BOTH

HERE = Path(__file__).parent
ORDINARY = 6
Size = Callable[[int, int], int]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Both options are there when this folder is named on the command line."""
    parser.addoption("--long", action="store_true", help="everything in full: an hour instead of seconds")
    parser.addoption("--kills", type=int, default=0, help=f"how often the web process is killed ({ORDINARY})")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both_databases: on both of them in the short form, too")
    config.addinivalue_line("markers", "first_on(database): the one that the short form takes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In the short form most of these run on one database or the other, in turn; in the long form on both."""
    if ON_BOTH or config.getoption("--long", False) or config.getoption("--kills", 0):
        return
    passed_over = [item for item in items if HERE in item.path.parents and _is_passed_over(item)]
    items[:] = [item for item in items if item not in passed_over]
    config.hook.pytest_deselected(items=passed_over)


def _is_passed_over(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function) or item.get_closest_marker("both_databases"):
        return False
    params = getattr(item, "callspec", None)
    database = params.params.get("database_url") if params else None
    return database is not None and database != _first(item)


def _first(item: pytest.Function) -> str:
    mark = item.get_closest_marker("first_on")
    return str(mark.args[0]) if mark else ("sqlite", "postgres")[crc32(_others(item).encode()) % 2]


def _others(item: pytest.Function) -> str:
    """The test's name without the database's, so that which one it gets is always the same."""
    return item.name.replace("sqlite", "").replace("postgres", "")


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether this is the long form."""
    return bool(request.config.getoption("--long", False))


@pytest.fixture
def size(long: bool) -> Size:
    """Of two numbers, the one for this form: `size(short, long)`."""
    return lambda short, whole: whole if long else short


@pytest.fixture
def kills(request: pytest.FixtureRequest, size: Size) -> int:
    """How often the web process is killed, on both databases together."""
    return int(request.config.getoption("--kills", 0)) or size(ORDINARY, 5000)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Makes processes; none of them outlives the run."""
    made = Nursery.open()
    yield made
    made.close()


another_postgres_url = postgres_url  # a second database beside the first: the same fixture under another name
