"""Reads the code of the hotline: modules, what they import, their functions and strings."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

HOTLINE = Path(__file__).parents[2] / "hotline"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file: its path below hotline/, and what it says."""

    path: str
    text: str
    tree: ast.Module

    @property
    def part(self) -> str:
        """The folder, or for a file at the top its own name."""
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def name(self) -> str:
        """As it is imported: hotline.model.needs."""
        path = self.path.removesuffix(".py").removesuffix("/__init__").removesuffix("__init__").replace("/", ".")
        return f"hotline.{path}" if path else "hotline"

    @property
    def code_lines(self) -> Iterator[tuple[int, str]]:
        """(line number, line) of the program, less its docstrings and comments."""
        skipped = {line for begin, end in _docstrings(self.tree) for line in range(begin, end + 1)}
        lines = enumerate(self.text.splitlines(), start=1)
        return ((number, line.split("  # ")[0]) for number, line in lines if number not in skipped)

    @property
    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    @cached_property
    def imports(self) -> set[str]:
        """The full names of what is imported, for types alone or when the program runs."""
        return set(_imports(self.tree))


@cache
def modules(below: str = "") -> list[Module]:
    paths = sorted((HOTLINE / below).rglob("*.py"))
    texts = ((path.relative_to(HOTLINE).as_posix(), path.read_text("utf-8")) for path in paths)
    return [Module(path, text, ast.parse(text)) for path, text in texts]


def graph() -> dict[str, set[str]]:
    """The modules of the hotline, each with those that it imports."""
    names = {module.name for module in modules()}
    return {module.name: module.imports & names - {module.name} for module in modules()}


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _named(node)


def _named(node: ast.ImportFrom) -> Iterator[str]:
    """`from hotline import phones` imports hotline.phones, `from hotline.records import Need` hotline.records."""
    assert node.module
    assert node.level == 0, "imports name the whole path"
    for alias in node.names:
        inner = HOTLINE.parent.joinpath(*node.module.split("."), alias.name)
        is_module = inner.is_dir() or inner.with_suffix(".py").is_file()
        yield f"{node.module}.{alias.name}" if node.module.startswith("hotline") and is_module else node.module


def _docstrings(tree: ast.AST) -> Iterator[tuple[int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.end_lineno or node.lineno


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every string but docstrings, parts of exceptions, types in quotes and patterns."""
    for node in ast.iter_child_nodes(tree):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if docstring or isinstance(node, ast.Raise) or node in _types(tree) or _is_pattern(node):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        yield from strings(node)


def _is_pattern(node: ast.AST) -> bool:
    """Whether it is a call of `re` or `unicodedata`: their patterns are read by nobody."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("re.", "unicodedata."))


def _types(tree: ast.AST) -> tuple[ast.AST | None, ...]:
    return getattr(tree, "annotation", None), getattr(tree, "returns", None)
