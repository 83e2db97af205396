"""Every SQL statement has a line that says what it is for, and is used; every one that is used is there."""

import ast
import re

from hotline.storage.statements import HERE, statements
from hotline.storage.tables.retention import KINDS
from tests.architecture.code import modules

ASKS = ("_all", "_one", "_change", "_must")


def _used() -> set[str]:
    """The names that the methods of Transaction ask for."""
    trees = (module.tree for module in modules("storage"))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    asking = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in ASKS)
    names = (call.args[0] for call in asking if call.args)
    of_kinds = {name for kind in KINDS for name in (kind.page, *kind.forget, f"old_{kind.name}")}
    return of_kinds | {name.value for name in names if isinstance(name, ast.Constant) and isinstance(name.value, str)}


def _files() -> list[str]:
    return [file.read_text("utf-8") for file in HERE.iterdir() if file.name.endswith(".sql")]


def test_every_statement_says_what_it_is_for() -> None:
    for text in _files():
        for part in re.split(r"^-- name: ", text, flags=re.MULTILINE)[1:]:
            name, comment, _ = part.split("\n", 2)
            assert comment.startswith("-- "), name
            assert comment.endswith("."), name


def test_no_statement_has_the_name_of_another() -> None:
    for text in _files():
        names = re.findall(r"^-- name: (\w+)$", text, re.MULTILINE)
        assert len(names) == len(set(names))


def test_every_statement_is_used() -> None:
    assert set(statements("sqlite")) - _used() == set()


def test_every_statement_that_is_used_is_there() -> None:
    assert _used() - set(statements("sqlite")) == set()


def test_no_sql_stands_outside_of_storage() -> None:
    sql = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")
    speaking = {module.path for module in modules() if sql.search(ast.unparse(module.tree))}
    assert {path for path in speaking if not path.startswith("storage/")} == set()
