"""House style: docstrings, short files and functions, no words, no hidden settings, no blanket excepts."""

import ast
import re
from collections import Counter

import pytest

from hotline.settings import Settings
from tests.architecture.code import HOTLINE, Function, Module, modules, strings

CATCHES_EVERYTHING = {
    "web/webhooks.py": "the top of the webhook, and the setting aside below it: a caller never hears an error",
    "worker/reconcile.py": "one text that was fetched is set aside, the others are answered",
    "worker/poison_rows.py": "one row that the program stumbles over is set aside, the others go on",
    "worker/worker.py": "the top of each of the worker's loops, and of each chore in one of them: it goes on",
    "storage/sqlite.py": "a turn of a batch: what it raises is its own; a batch: the writer must go on",
    "web/health.py": "whatever keeps the database from answering, the answer is that it does not",
}
VAGUE = ("utils", "helpers", "common", "base", "manager")


def _id(module: Module) -> str:
    return module.path


@pytest.mark.parametrize("module", modules(), ids=_id)
def test_every_module_and_public_class_says_what_it_is(module: Module) -> None:
    assert ast.get_docstring(module.tree)
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("module", modules(), ids=_id)
def test_a_file_is_named_for_what_is_in_it(module: Module) -> None:
    assert module.path.rpartition("/")[2].removesuffix(".py") not in VAGUE


def test_the_longest_files_and_functions_are_shown() -> None:
    """Nothing is forbidden: a limit bred slivers. A reader of the test's output sees where it grows."""
    files = sorted(((module.text.count("\n"), module.path) for module in modules()), reverse=True)
    functions = sorted(
        ((_length(each), f"{module.path} {each.name}") for module in modules() for each in module.functions),
        reverse=True,
    )
    print("\n".join(f"{length:5} {what}" for length, what in (*files[:10], *functions[:10])))
    assert files
    assert functions


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("module", [*modules("flows"), *modules("engine")], ids=_id)
def test_the_house_says_no_words(module: Module) -> None:
    """Names are small letters without a space; anything else would be prose that nobody can translate."""
    prose = [(line, text) for line, text in strings(module.tree) if re.search(r"[A-ZÀ-ž]|[^\W\d_]\s|\s[^\W\d_]", text)]
    assert prose == []


def test_nothing_but_the_settings_reads_the_environment() -> None:
    readers = {m.path for m in modules() if re.search(r"\b(environ|getenv)\b", _code(m))}
    assert readers == {"settings.py"}


def _code(module: Module) -> str:
    """The module without its docstrings and comments."""
    return "\n".join(line for line in ast.unparse(module.tree).splitlines() if '"""' not in line)


def test_everything_is_caught_only_where_it_must_be() -> None:
    caught = Counter(module.path for module in modules() for node in ast.walk(module.tree) if _catches_all(node))
    assert caught == dict.fromkeys(CATCHES_EVERYTHING, 1) | {
        "storage/postgres.py": 2,
        "storage/sqlite.py": 2,
        "web/webhooks.py": 3,
        "worker/worker.py": 2,
    }


def _catches_all(node: ast.AST) -> bool:
    """`except Exception`, or anything wider that does not raise again."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = ast.unparse(node.type) if node.type else "BaseException"
    raises_again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
    return caught == "Exception" or (caught == "BaseException" and not raises_again)


@pytest.mark.parametrize("name", sorted(Settings.__dataclass_fields__))
def test_every_setting_stands_in_the_example_with_a_sentence(name: str) -> None:
    lines = (HOTLINE.parent / ".env.example").read_text("utf-8").splitlines()
    at = next(place for place, line in enumerate(lines) if line.removeprefix("# ").startswith(f"{name.upper()}="))
    paragraph = lines[: at + 1][::-1]
    above = paragraph[1 : paragraph.index("") if "" in paragraph else None]
    assert any(line.startswith("# ") and line.endswith((".", ".)")) for line in above), f"{name} has no sentence"


def test_the_example_names_no_setting_that_there_is_not() -> None:
    text = (HOTLINE.parent / ".env.example").read_text("utf-8")
    named = re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE)
    assert set(named) <= {name.upper() for name in Settings.__dataclass_fields__}
