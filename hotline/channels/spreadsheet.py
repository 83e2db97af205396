"""Spreadsheets: rows as CSV that any spreadsheet opens and none carries out, and such cells read back."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet would carry out, or take for a sum: "=1+1", "+12125550113", also in letters of full width.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
MARK = "'"  # before a cell that is words and nothing else


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8, and says so. Every cell stands in quotation marks: none falls apart where another mark parts them."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([safe(str(cell)) for cell in row] for row in rows)
    return kept.getvalue().encode("utf-8-sig", "replace")  # the mark tells a spreadsheet that it is UTF-8


def safe(cell: str) -> str:
    """Words of strangers are never a formula, whatever blanks stand before it; a number to call is no sum."""
    return f"{MARK}{cell}" if is_formula(cell) or cell.startswith(("\t", "\r", "\n")) else cell


def plain(cell: str) -> str:
    """A cell as it was before it was made safe."""
    bare = cell.removeprefix(MARK)
    return bare if bare != cell and safe(bare) == cell else cell


def is_formula(cell: str) -> bool:
    return cell.lstrip().startswith(FORMULA)
