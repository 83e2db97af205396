"""How costs grow: with people, with volunteers, with a crowd that says YES, and what the hotline weighs when idle.

python -m benchmarks.growth            about four minutes, and two gigabytes of temporary files
python -m benchmarks.growth --quick    smaller towns
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import crowd, documents, fan_out, idle, people
from benchmarks.figures import table_of

PARTS = ("people", "fan_out", "crowd", "idle")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="towns of a tenth the size")
    parser.add_argument("--only", default=",".join(PARTS), help="what to measure")
    parser.add_argument("--write", type=Path, help="put the tables into this page, such as docs/benchmarks.md")
    chosen = parser.parse_args(arguments)
    for part in chosen.only.split(","):
        text = measure(part, 10 if chosen.quick else 1)
        print(f"{text}\n", flush=True)
        if chosen.write:
            documents.put(chosen.write, part, text)


def measure(part: str, smaller: int) -> str:
    """One part as Markdown, with what was promised of it; its town is `smaller` times smaller."""
    works = {"people": people.grow, "fan_out": fan_out.ask_all, "crowd": crowd.say_yes}
    if part == "idle":
        table, targets = idle.weigh(smaller)
    else:
        with tempfile.TemporaryDirectory(prefix="hotline-benchmark-") as folder:
            table, targets = asyncio.run(works[part](Path(folder), smaller))
    return "\n\n".join([f"Made by `{documents.command()}` on {documents.machine()}.", table, table_of(targets)])


if __name__ == "__main__":
    main()
