"""Puts a run's tables into docs/benchmarks.md, between the marks of its name."""

import os
import platform
import re
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path


def command() -> str:
    """The command that is running, as it was typed; where it writes to is left out."""
    module = Path(sys.argv[0]).stem
    words = [word for word in sys.argv[1:] if "write" not in word and not word.endswith(".md")]
    return " ".join(["python -m", f"benchmarks.{module}", *words])


def machine() -> str:
    """The machine a run was made on, in one line."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    name = cpu[1] if cpu else platform.machine()
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores ({name}), "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def put(page: Path, name: str, text: str) -> None:
    """Replaces what stands between `<!-- name -->` and `<!-- /name -->`."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = page.read_text("utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{page}: there is no {begin} ... {end}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")
