"""Corpus: what people write, what they were last asked, and the meaning that is right. The rules stand in README.md."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from tests.corpus.fairness import Labels, of_rules

FOLDER = Path(__file__).parent
HEADER = "text\tasked\tmeaning"
RISKY = frozenset({"alert", "alerts", "confirm", "happened", "taken"})  # where a false yes takes or closes something
SHIPPED = ("en", "es", "fr", "ht", "pt", "vi", "zh", "ar")


@dataclass(frozen=True)
class Line:
    """One text; `language` is "any" where it belongs to none; `number` is the line in its file, from 1.

    `theme` is what its file is about ("idioms"), "" for a file that holds everything of its language.
    """

    text: str
    asked: str
    meaning: str
    language: str
    theme: str
    file: str
    number: int

    @cached_property
    def labelled(self) -> tuple[Labels, ...]:
        """All that would be right to hear by its label, the best first."""
        return tuple(frozenset(one.split(" + ")) for one in self.meaning.split("|"))

    @cached_property
    def fair(self) -> tuple[Labels, ...]:
        """The same, and what the rules of fairness add for all lines alike."""
        added = of_rules(self.text, self.asked, self.labelled).values()
        return tuple(dict.fromkeys(chain(self.labelled, *added)))

    def may_be(self, *labels: str) -> bool:
        """Whether one of these labels is best, or fair."""
        return any(label in heard for heard in self.fair for label in labels)


def lines() -> list[Line]:
    """The whole corpus, held-out lines too, file by file."""
    return [line for path in sorted(FOLDER.glob("*.tsv")) for line in _read(path)]


def held_out(line: Line) -> bool:
    """The tenth that nobody looks at while tuning. It hangs on the text alone, so the same words stay together."""
    return int(hashlib.sha256(line.text.encode()).hexdigest(), 16) % 10 == 0


def shipped(line: Line) -> bool:
    """Whether it is in a language that the hotline speaks, or in none."""
    return line.language in (*SHIPPED, "any")


def yeses(asked: str, heard: Labels) -> Labels:
    """The labels that take, give back, close or send off a need."""
    return frozenset(
        label
        for label in heard
        if label.split(" ")[0] in {"take", "which", "done", "drop"} or (label == "answer yes" and asked in RISKY)
    )


def not_a_yes(line: Line) -> bool:
    """Whether a yes heard here would be a false one, whatever it says yes to."""
    return line.asked in RISKY and not any(yeses(line.asked, heard) for heard in line.fair)


def false_yes(line: Line, heard: Labels) -> bool:
    """Whether something was taken, given back, closed or sent off that no label of the line allows."""
    allowed = frozenset[str]().union(*(yeses(line.asked, fair) for fair in line.fair))
    return line.asked in RISKY and bool(yeses(line.asked, heard)) and not allowed


def _read(path: Path) -> list[Line]:
    header, *rows = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")  # no splitlines: U+2028 is text
    if header != HEADER:
        raise ValueError(f"{path.name}: the first line is not {HEADER!r}")
    return [_line(row, path, number) for number, row in enumerate(rows, start=2)]


def _line(row: str, path: Path, number: int) -> Line:
    columns = row.split("\t")
    if len(columns) != 3:
        raise ValueError(f"{path.name}:{number}: {len(columns)} columns, not 3")
    text, asked, meaning = columns
    language, _, theme = path.stem.partition("-")
    return Line(text, asked, meaning, language, theme, path.name, number)
