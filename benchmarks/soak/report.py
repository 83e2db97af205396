"""The table and the picture of a soak, put into the docs.

python -m benchmarks.soak.report sqlite hour.jsonl        what `python -m benchmarks.soak --keep hour.jsonl` has kept
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import documents
from benchmarks.figures import Target, table_of
from benchmarks.soak.minutes import Minute, read
from benchmarks.soak.past import OLD
from benchmarks.soak.picture import draw

UNITS = {"sqlite": "steps of SQLite", "postgres": "pages that PostgreSQL looked at"}
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
PAGE = Path("docs/benchmarks.md")
TEN = 10

ROWS: tuple[tuple[str, Callable[[Minute], float], str], ...] = (
    ("texts a second", lambda page: page.texts / 60, ",.1f"),
    ("work in answering a text", lambda page: page.answering, ",.0f"),
    ("all work, of each text", lambda page: page.all, ",.0f"),
    ("memory, MiB", lambda page: page.memory, ",.0f"),
    ("write-ahead log, MiB", lambda page: page.wal, ",.1f"),
    ("database, MiB", lambda page: page.file, ",.0f"),
    ("half of the answers within, ms", lambda page: page.p50, ",.0f"),
    ("of a hundred answers 99 within, ms", lambda page: page.p99, ",.0f"),
    ("processor time of a text, µs", lambda page: page.cpu, ",.0f"),
)


def table(pages: Sequence[Minute], kind: str) -> str:
    """The first ten minutes beside the last ten; sums over the ten are divided by their texts."""
    first, last = pages[:TEN], pages[-TEN:]
    rows = [f"| {title} | {_of(first, of):{how}} | {_of(last, of):{how}} |" for title, of, how in ROWS]
    if kind == "postgres":  # work in answering is not told apart there
        del rows[1]
    begins = f"minutes 1 to {min(TEN, len(pages))} | {max(1, len(pages) - TEN + 1)} to {len(pages)}"
    title = f"| {NAMES[kind]}; work in {UNITS[kind]} | {begins} |"
    texts, wrong = sum(page.texts for page in pages), pages[-1].wrong
    told = f"{texts:,} texts in {len(pages)} minutes, {wrong:,} of them answered wrongly; {pages[-1].needs:,} requests."
    return "\n".join([title, "|---|---:|---:|", *rows, "", told, "", table_of(_targets(pages))])


def _of(pages: Sequence[Minute], of: Callable[[Minute], float]) -> float:
    """The mean of a figure, each minute as heavy as its texts."""
    return sum(of(page) * page.texts for page in pages) / max(1, sum(page.texts for page in pages))


def _targets(pages: Sequence[Minute]) -> list[Target]:
    first, last, tenth = pages[:TEN], pages[-TEN:], pages[:TEN][-1]
    work = _of(last, lambda page: page.all) / _of(first, lambda page: page.all)
    answered = [_of(ten, lambda page: page.answering) for ten in (first, last)]
    ratio = answered[1] / answered[0] if answered[0] else None
    answering = [Target("work in answering, the same", ratio, 1.02, at_least=False)]
    return [
        *(answering if answered[0] else ()),
        Target("all work of a text, last ten minutes against the first", work, 1.02, at_least=False),
        Target("memory at the end against minute ten", pages[-1].memory / tenth.memory, 1.05, at_least=False),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.soak.report", description=__doc__)
    parser.add_argument("database", choices=tuple(UNITS))
    parser.add_argument("--old", type=int, default=OLD, help="old rows that it began with")
    parser.add_argument("kept", type=Path, help="the file that the soak wrote")
    chosen = parser.parse_args(arguments)
    pages = read(chosen.kept)
    begins = f"which begins with {chosen.old:,} old rows of the outbox"
    title = f"{len(pages)} minutes of texts on {NAMES[chosen.database]}, {begins}"
    picture = PAGE.parent / f"soak-{chosen.database}.svg"
    picture.write_text(draw(pages, title, UNITS[chosen.database]), "utf-8")
    text = f"{table(pages, chosen.database)}\n\n![{title}]({picture.name})"
    documents.put(PAGE, f"soak-{chosen.database}", text)
    print(text)


if __name__ == "__main__":
    main()
