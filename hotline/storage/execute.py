"""Named statements: how a transaction runs one, and the tables that are made of them."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Execute = Callable[[str, Mapping[str, Any]], tuple[Sequence[Row], int]]
"""Runs one named statement with its values: the rows it gives, and how many it changed."""

NOT_ALLOWED = "{}: the need is not in a status that allows this"
JSON = json.JSONEncoder(ensure_ascii=False)  # made once: json.dumps makes one for every text


class Statements:
    """Named statements of one transaction. ``woke`` says whether the worker should look once they are kept."""

    def __init__(self, execute: Execute) -> None:
        self.execute = execute
        self.woke = False


class Table:
    """A part of what is kept: one method for each thing we ask of it or write in it."""

    def __init__(self, run: Statements) -> None:
        self._run = run

    def _all(self, name: str, /, **values: Any) -> Sequence[Row]:
        return self._run.execute(name, values)[0]

    def _one(self, name: str, /, **values: Any) -> Row | None:
        rows = self._run.execute(name, values)[0]
        return rows[0] if rows else None

    def _change(self, name: str, /, **values: Any) -> int:
        return self._run.execute(name, values)[1]

    def _must(self, name: str, /, **values: Any) -> None:
        """A change that the decision knew to be allowed: the lock was taken before, so it changes one row."""
        if self._change(name, **values) != 1:
            raise RuntimeError(NOT_ALLOWED.format(name))
