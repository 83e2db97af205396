"""Who is asked about a need: six ways of asking on the same towns, in two simulators that assume different people.

python -m benchmarks.year                                     all of it, on all processors
python -m benchmarks.year --quick                             three minutes at most: 20 and 200 people, two seeds
python -m benchmarks.year --write docs/who-is-asked.md        puts the tables into the page, the picture beside it
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks import documents
from benchmarks.year import report, study

SEEDS, QUICK_SEEDS = 5, 2


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.year", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="towns of 20 and 200 people, four weeks, two seeds")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; the others follow it")
    parser.add_argument("--seeds", type=int, help=f"how many: {SEEDS}, with --quick {QUICK_SEEDS}")
    parser.add_argument("--processes", type=int, help="how many at a time; all processors if nothing is said")
    parser.add_argument("--write", type=Path, help="put the tables into this page, such as docs/who-is-asked.md")
    chosen = parser.parse_args(arguments)
    many = chosen.seeds or (QUICK_SEEDS if chosen.quick else SEEDS)
    seeds = tuple(range(chosen.seed, chosen.seed + many))
    scale = study.quick(seeds) if chosen.quick else study.Scale(seeds)
    begun = f"python -m benchmarks.year{' --quick' if chosen.quick else ''} --seed {chosen.seed} --seeds {many}"
    results = study.run(study.cells(scale), scale, chosen.processes)
    for name, text in report.blocks(results, scale, begun, chosen.write):
        print(f"{text}\n", flush=True)
        if chosen.write:
            documents.put(chosen.write, name, text)


if __name__ == "__main__":
    main()
