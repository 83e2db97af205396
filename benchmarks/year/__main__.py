"""A year in a made-up city: who is asked about a need, by four rules, on the same people and the same needs.

python -m benchmarks.year                                     some minutes, on all processors
python -m benchmarks.year --quick                             some seconds: a small town, four weeks, one seed
python -m benchmarks.year --write docs/who-is-asked.md        puts the tables into the page, the picture beside it
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import documents
from benchmarks.year import report
from benchmarks.year.assumptions import Assumptions

YEARS, TRIED = 5, 2  # years of the main table, and of each cell that only has to be compared


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.year", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a small town, four weeks, one seed")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; the others follow it")
    parser.add_argument("--write", type=Path, help="put the tables into this page, such as docs/who-is-asked.md")
    chosen = parser.parse_args(arguments)
    city, years, tried = Assumptions(), YEARS, TRIED
    if chosen.quick:
        city, years, tried = replace(city, volunteers=300, days=28, needs_a_day=6), 1, 1
    begun = f"python -m benchmarks.year{' --quick' if chosen.quick else ''} --seed {chosen.seed}"
    seeds = range(chosen.seed, chosen.seed + years)
    for name, text in report.blocks(city, seeds, seeds[:tried], begun, chosen.write):
        print(f"{text}\n", flush=True)
        if chosen.write:
            documents.put(chosen.write, name, text)


if __name__ == "__main__":
    main()
