"""SQL files: the named statements and the numbered schema files, each for one database."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Literal

Dialect = Literal["sqlite", "postgres"]
HERE = resources.files("hotline").joinpath("storage")


@cache
def statements(dialect: Dialect) -> dict[str, str]:
    """All named statements: those of queries.sql, and for PostgreSQL the few that differ instead."""
    named = dict(_named(HERE.joinpath("queries.sql").read_text("utf-8")))
    own = HERE.joinpath(f"{dialect}.sql")
    return named | (dict(_named(own.read_text("utf-8"))) if own.is_file() else {})


def _named(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^-- name: ", text, flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        lines = [line for line in body.splitlines() if not line.startswith("--")]
        yield name.strip(), "\n".join(lines).strip().rstrip(";")


def migrations(dialect: Dialect) -> list[tuple[int, list[str]]]:
    """(version, statements) of every schema file, in order."""
    files = sorted(HERE.joinpath("schema").iterdir(), key=lambda file: file.name)
    return [
        (int(file.name[:4]), _for(dialect, file.read_text("utf-8"))) for file in files if file.name.endswith(".sql")
    ]


def newest(dialect: Dialect) -> int:
    """The version of the newest schema that this program knows."""
    return migrations(dialect)[-1][0]


def _for(dialect: Dialect, text: str) -> list[str]:
    """The statements of a schema file, less the lines marked with the other database's name."""
    other = "postgres" if dialect == "sqlite" else "sqlite"
    lines = [line for line in text.splitlines() if not line.rstrip().endswith(f"-- {other}")]
    bare = "\n".join(line.split("--")[0] for line in lines)
    return [statement.strip() for statement in bare.split(";") if statement.strip()]
