"""Every SQL statement has a line that says what it is for, and is used; every one that is used is there."""

import ast
import re
from typing import get_args

from hotline.storage import postgres_batch
from hotline.storage.lists import KEPT
from hotline.storage.shared_tables import SHARED
from hotline.storage.statements import HERE, Dialect, statements
from hotline.storage.tables import due
from hotline.storage.tables.forgotten import BLANKS
from hotline.storage.tables.retention import KINDS
from tests.architecture.code import modules

ASKS = ("_all", "_one", "_change", "_must", "read")


def _asking() -> list[ast.Call]:
    """The calls of Transaction's methods that name a statement, and those that read beside the writer."""
    trees = (module.tree for folder in ("storage", "web") for module in modules(folder))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in ASKS and call.args]


def _used() -> set[str]:
    """The names of all statements that are asked for."""
    names = (call.args[0] for call in _asking())
    of_kinds = {name for kind in KINDS for name in (kind.page, *kind.forget, f"old_{kind.name}")}
    of_sharing = {f"forget_own_{table.name}" for table in SHARED}
    of_sharing |= {f"forget_spoken_{table.name}" for table in SHARED if table.sounds}
    of_rows = {*due.NEXT.values(), *due.PUT_OFF.values()}
    of_persons = {name for kind, blank in BLANKS.items() for name in (blank, f"read_{kind}")}
    of_persons |= {f"kept_{name}" for name, _, _ in KEPT}
    return (
        of_kinds
        | of_sharing
        | of_rows
        | of_persons
        | {name.value for name in names if isinstance(name, ast.Constant) and isinstance(name.value, str)}
    )


def _files() -> list[str]:
    return [file.read_text("utf-8") for file in HERE.iterdir() if file.name.endswith(".sql")]


def test_every_statement_says_what_it_is_for() -> None:
    for text in _files():
        for part in re.split(r"^-- (?:name|part): ", text, flags=re.MULTILINE)[1:]:
            name, comment, _ = part.split("\n", 2)
            assert comment.startswith("-- "), name
            assert comment.endswith("."), name


def test_no_statement_has_the_name_of_another() -> None:
    for text in _files():
        names = re.findall(r"^-- (?:name|part): (\w+)$", text, re.MULTILINE)
        assert len(names) == len(set(names))


def test_nothing_of_sqlite_alone_is_asked_of_postgresql() -> None:
    alone = re.compile(r"\bjson_each\(|\bGLOB\b|\bINSERT OR\b|\browid\b", re.IGNORECASE)
    assert [name for name, sql in statements("postgres").items() if alone.search(sql)] == []


def test_every_statement_is_used() -> None:
    assert set(statements("sqlite")) - _used() == set()


def test_every_statement_that_is_used_is_there() -> None:
    assert _used() - set(statements("sqlite")) == set()


def test_what_a_batch_knows_by_name_is_there() -> None:
    """A statement that has another name now would be run by itself, each time, and nobody would notice."""
    known = postgres_batch.OF_A_PERSON | postgres_batch.OF_ALL | set(postgres_batch.MAKES_OLD)
    old = {name for names in postgres_batch.MAKES_OLD.values() for name in names}
    assert (known | old | {"lock_needs", "came_before", "need_numbers", "free_for_now"}) <= set(statements("postgres"))


def test_every_statement_is_given_what_it_asks_for() -> None:
    """Where the call says all of it: a value that is missing shows only in the one fault for which the statement is."""
    checked = 0
    for call in _asking():
        name, given = call.args[0], {keyword.arg for keyword in call.keywords}
        if isinstance(name, ast.Constant) and isinstance(name.value, str) and None not in given:
            both = "\n".join(statements(each)[name.value] for each in get_args(Dialect))
            wanted = set(re.findall(r"(?<![:\w]):(\w+)", both))
            assert given == wanted, name.value
            checked += 1
    assert checked > 100


def test_no_sql_stands_outside_of_storage() -> None:
    sql = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")
    speaking = {module.path for module in modules() if sql.search(ast.unparse(module.tree))}
    assert {path for path in speaking if not path.startswith("storage/")} == set()
