"""Spreadsheet export: rows as a CSV file that any spreadsheet opens, for its owner alone to read."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from hotline.commands import Wrong

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out, or take for a sum: "+1212..."


def write(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Into a new file; how many rows there were."""
    if file.exists():
        raise Wrong(f"{file} is there already; name a new file")
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerow(columns)
    whole = [[_safe(str(cell)) for cell in row] for row in rows]
    writer.writerows(whole)
    made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.fchmod(made, 0o600)  # whatever the umask
    with open(made, "wb") as opened:
        opened.write(kept.getvalue().encode("utf-8-sig", "replace"))  # the mark tells a spreadsheet that it is UTF-8
    return len(whole)


def _safe(cell: str) -> str:
    """Words of strangers are never a formula; `volunteers import` takes the mark off again."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
