"""A month in a neighborhood of 300: offers, loans, days, daily calls and a round, played through the whole hotline.

python -m benchmarks.month                                    all of it
python -m benchmarks.month --quick                            40 people, three days
python -m benchmarks.month --aloud "Ana B"                    one person's month, to be read aloud
python -m benchmarks.month --write docs/sharing-month.md      puts the tables into the page
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import documents
from benchmarks.month import aloud, report
from benchmarks.month.lived import Size, lived

QUICK, WHOLE = Size(people=40, days=3), Size(people=300, days=30)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.month", description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int)
    parser.add_argument("--days", type=int)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK.people} people, {QUICK.days} days")
    parser.add_argument("--aloud", action="append", default=[], metavar="NAME", help="print the month of this person")
    parser.add_argument("--keep", type=Path, help="write everybody's month into this folder, a file each")
    parser.add_argument("--write", type=Path, help="put the tables into this page, such as docs/sharing-month.md")
    chosen = parser.parse_args(arguments)
    usual = QUICK if chosen.quick else WHOLE
    size = Size(chosen.people or usual.people, chosen.days or usual.days)
    with tempfile.TemporaryDirectory(prefix="hotline-month-") as folder:
        found = asyncio.run(lived(Path(folder), size, chosen.seed))
    for name in chosen.aloud:
        print("\n".join(aloud.aloud(found.lines, name)), end="\n\n")
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
        for who in found.people:
            (chosen.keep / f"{who.name}.txt").write_text("\n".join(aloud.aloud(found.lines, who.name)) + "\n", "utf-8")
    told = report.told(found)
    print(told, flush=True)
    if chosen.write:
        documents.put(chosen.write, "month", told)
    if found.wrong:
        raise SystemExit("\n".join(f"WRONG: {each}" for each in found.wrong))


if __name__ == "__main__":
    main()
