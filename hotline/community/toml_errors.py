"""TOML errors: what is wrong with a file, in our words, with its line and column and what to do about it."""

import re
import tomllib
from collections.abc import Iterator

PLACE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")
# What the parser says, and what that means to somebody who has never heard of TOML. The first that fits is taken.
MEANINGS = (
    ("Cannot overwrite a value", "this key stands there twice; keep one of them"),
    ("Cannot declare .* twice", "this table, the name in [ ], stands there twice; put what is in both under one"),
    ("Cannot mutate immutable", "this key stands there twice, once as a value and once as a table; keep one of them"),
    ("Cannot redefine namespace|Duplicate inline table key", "this key stands there twice; keep one of them"),
    ("Expected '=' after a key", "behind a name there has to be = and its value; words need quotes"),
    ("Unterminated string|Illegal character '\\\\n'", 'a quote is missing at the end: write "like this"'),
    ("Unclosed array", "a list lacks its end, the ] behind its last word"),
    ("Expected ']' at the end of a table", "a table lacks its end: write [needs.food] on a line of its own"),
    ("Expected ']]'", "it lacks its end: write [[groups]] on a line of its own"),
    ("Unclosed inline table", "a } is missing at the end"),
    (
        "Expected newline or end of document",
        "something stands behind the value; put quotes around all of it, or # before",
    ),
    ("Invalid date or datetime", "this is no value; put quotes around it"),
    (
        "Invalid initial character for a key|Invalid statement",
        "a line begins with a name, as in name = ..., or with #",
    ),
    ("Unescaped '\\\\' in a string|Invalid hex value", "write a backslash twice, \\\\, or leave it out"),
    (
        "Invalid value|Invalid statement",
        'this is no value: words stand in quotes, "like this"; true, false and numbers without',
    ),
)
SHOWN = 40  # letters of the line


def explained(error: tomllib.TOMLDecodeError | UnicodeDecodeError, raw: bytes) -> str:
    """One sentence: where it is, what is wrong, what to write. `raw` is the file."""
    if isinstance(error, UnicodeDecodeError):
        line = raw[: error.start].count(b"\n") + 1
        return f"line {line}: there are letters that cannot be read as TOML; save the file as UTF-8"
    said = str(error)
    place = PLACE.search(said)
    bare = PLACE.sub("", said)
    means = next((means for pattern, means in MEANINGS if re.search(pattern, bare)), "it cannot be read")
    return f"{_where(place, raw)}: {means} (TOML: {bare})"


def _where(place: re.Match[str] | None, raw: bytes) -> str:
    lines = list(_lines(raw))
    if place is None or place[1] is None:
        filled = [number for number, text in enumerate(lines, 1) if text.strip()]
        number, column = (filled[-1], len(lines[filled[-1] - 1]) + 1) if filled else (1, 1)
    else:
        number, column = int(place[1]), int(place[2])
    text = lines[number - 1].strip() if number <= len(lines) else ""
    shown = f" ({text if len(text) <= SHOWN else text[:SHOWN] + '...'})" if text else ""
    return f"line {number}, column {column}{shown}"


def _lines(raw: bytes) -> Iterator[str]:
    yield from raw.decode("utf-8-sig", "replace").splitlines()
