"""What people write, what they were last asked, and the meaning that is right. The rules stand in README.md."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
HEADER = "text\tasked\tmeaning"
RISKY = frozenset({"alert", "alerts", "confirm", "happened", "taken"})  # where a false yes takes or closes something


@dataclass(frozen=True)
class Line:
    """One text; `language` is "any" where it belongs to none; `number` is the line in its file, from 1."""

    text: str
    asked: str
    meaning: str
    language: str
    file: str
    number: int


def lines() -> list[Line]:
    """The whole corpus, held-out lines too, file by file."""
    return [line for path in sorted(FOLDER.glob("*.tsv")) for line in _read(path)]


def held_out(line: Line) -> bool:
    """The tenth that nobody looks at while tuning. It hangs on the text alone, so the same words stay together."""
    return int(hashlib.sha256(line.text.encode()).hexdigest(), 16) % 10 == 0


def a_yes(asked: str, meaning: str) -> bool:
    """Whether this meaning takes, gives back, closes or sends off a need."""
    verb = meaning.split(" ")[0]
    return verb in {"take", "which", "done", "drop"} or (meaning == "answer yes" and asked in RISKY)


def not_a_yes(line: Line) -> bool:
    """Whether a yes heard here would be a false one."""
    return line.asked in RISKY and not a_yes(line.asked, line.meaning)


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
    return Line(text, asked, meaning, path.stem.split("-")[0], path.name, number)
