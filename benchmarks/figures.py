"""Figures of one run: cells of a table, their medians, and the targets they are held against."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import NamedTuple


class Load(StrEnum):
    """What is sent."""

    FORM = "the three texts of a form"
    DAY = "a day's mix"


class Key(NamedTuple):
    """Which cell of the tables: who answers, how many text at once, on which disk, and what."""

    letter: str
    callers: int
    slow: bool
    load: Load


@dataclass(frozen=True)
class Cell:
    """One contender at one number of callers: texts a second, milliseconds, microseconds of CPU for each."""

    rate: float
    p50: float
    p99: float
    cpu: float
    others: float
    """Cores that were busy with something else meanwhile: noise."""
    memory: float
    """MiB resident at the end."""


@dataclass
class Figures:
    """All the cells of a run, several of each."""

    cells: dict[Key, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    skipped: dict[str, str] = field(default_factory=dict)
    ceiling: float = 0.0
    """Texts a second that the load can send at most."""
    again: int = 0
    """Cells that were measured again because other work ran beside them."""
    answered: int = 0
    """Webhooks of the mix that the hotline answered."""
    unlike: Counter[str] = field(default_factory=Counter)
    """How many of them, of each kind, it understood otherwise than they were meant."""

    def middle(self, letter: str, callers: int, slow: bool = False, load: Load = Load.FORM) -> Cell | None:
        """The medians of the rounds, each figure by itself."""
        found = self.cells.get(Key(letter, callers, slow, load))
        if not found:
            return None
        return Cell(*(median(getattr(cell, name) for cell in found) for name in Cell.__dataclass_fields__))

    def spread(self, letter: str, callers: int, slow: bool = False, load: Load = Load.FORM) -> float:
        """How far the rounds lie apart: (highest - lowest) / median of the rates."""
        rates = [cell.rate for cell in self.cells[Key(letter, callers, slow, load)]]
        return (max(rates) - min(rates)) / (median(rates) or 1.0)


@dataclass(frozen=True)
class Target:
    """What was promised, what was measured, and whether it holds. A measure of None could not be taken."""

    promise: str
    measured: float | None
    bound: float
    at_least: bool = True
    unit: str = "×"

    @property
    def reached(self) -> bool | None:
        if self.measured is None:
            return None
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def line(self) -> str:
        words = {True: "reached", False: "NOT reached", None: "not measured"}[self.reached]
        figure = "" if self.measured is None else f"{self.measured:,.2f} {self.unit}"
        return f"| {self.promise} | {figure} | {words} |"


def table_of(targets: list[Target]) -> str:
    return "\n".join(["| promised | measured | |", "|---|---:|---|", *(target.line() for target in targets)])
