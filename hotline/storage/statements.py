"""SQL files: the named statements and the numbered schema files, each for one database."""

import re
from functools import cache
from importlib import resources
from typing import Literal

Dialect = Literal["sqlite", "postgres"]
HERE = resources.files("hotline").joinpath("storage")


KIND = re.compile(r"^-- (name|part): ", re.MULTILINE)
PART = re.compile(r"\{(\w+)\}")
END = re.compile(r";[ \t]*$", re.MULTILINE)  # in the middle of a line it ends a part of a trigger


@cache
def statements(dialect: Dialect) -> dict[str, str]:
    """All named statements: those of queries.sql, and for PostgreSQL the few that differ instead."""
    text = HERE.joinpath("queries.sql").read_text("utf-8")
    own = HERE.joinpath(f"{dialect}.sql")
    parts = _of_kind("part", text)
    named = _of_kind("name", text) | (_of_kind("name", own.read_text("utf-8")) if own.is_file() else {})
    whole = {name: PART.sub(lambda found: parts[found[1]], sql) for name, sql in parts.items()}
    return {name: PART.sub(lambda found: whole[found[1]], sql) for name, sql in named.items()}


def _of_kind(kind: str, text: str) -> dict[str, str]:
    """What stands under each name of that kind."""
    split = KIND.split(text)[1:]
    return dict(_entry(entry) for each, entry in zip(split[::2], split[1::2], strict=True) if each == kind)


def _entry(text: str) -> tuple[str, str]:
    name, _, body = text.partition("\n")
    lines = [line for line in body.splitlines() if not line.startswith("--")]
    return name.strip(), "\n".join(lines).strip().rstrip(";")


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
    return [statement.strip() for statement in END.split(bare) if statement.strip()]
