"""Spreadsheet export: rows as a CSV file that any spreadsheet opens, for its owner alone to read."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from hotline.channels.spreadsheet import as_csv
from hotline.commands import Wrong


def write(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Into a new file; how many rows there were."""
    if file.exists():
        raise Wrong(f"{file} is there already; name a new file")
    whole = list(rows)
    made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.fchmod(made, 0o600)  # whatever the umask
    with open(made, "wb") as opened:
        opened.write(as_csv(columns, whole))
    return len(whole)
