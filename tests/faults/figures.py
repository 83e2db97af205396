"""The table at the end of the run: what was done to the hotline, how often, and what came of it."""

from dataclasses import dataclass, field

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
    """All lines of a run, in the order in which they were measured."""

    lines: list[Figure] = field(default_factory=list)

    def note(self, figure: Figure) -> None:
        """Written down before it is judged, so that a failed test has its line too."""
        self.lines.append(figure)

    def table(self) -> list[str]:
        rows = [HEAD, *(figure.cells for figure in self.lines)]
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
