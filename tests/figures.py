"""The table at the end of the run: what was done to the hotline, how often, and what came of it."""

from dataclasses import astuple, dataclass, field
from typing import Any

import pytest

HEAD = ("fault", "database", "how many", "lost", "doubled", "false", "")


@dataclass(frozen=True)
class Figure:
    """One line: `false` counts answers and states that are not true, `note` says what else was measured."""

    fault: str
    database: str
    many: int
    lost: int = 0
    doubled: int = 0
    false: int = 0
    note: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        numbers = (f"{self.many:,}", f"{self.lost:,}", f"{self.doubled:,}", f"{self.false:,}")
        return (self.fault, self.database, *numbers, self.note)


@dataclass
class Figures:
    """All lines of a run, and what else it has counted, in a sentence each."""

    lines: list[Figure] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)

    def note(self, figure: Figure) -> None:
        """Written down before it is judged, so that a failed test has its line too."""
        self.lines.append(figure)

    @property
    def handed_over(self) -> dict[str, Any]:
        """As one of several processes gives them to the one that prints."""
        return {"lines": [astuple(line) for line in self.lines], "counted": self.counted}

    def add(self, handed_over: dict[str, Any]) -> None:
        self.lines += [Figure(*cells) for cells in handed_over["lines"]]
        self.counted += handed_over["counted"]

    def table(self) -> list[str]:
        rows = [HEAD, *(line.cells for line in sorted(self.lines, key=lambda line: (line.fault, line.database)))]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
        return [_line(row, widths) for row in rows]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Words to the left, numbers to the right."""
    cells = [
        cell.rjust(width) if 2 <= at <= 5 else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


KEY = pytest.StashKey[Figures]()


def kind(database_url: str) -> str:
    """The name of a database in the table."""
    return "SQLite" if database_url.startswith("sqlite") else "PostgreSQL"
