"""SQL files: the named statements and the numbered schema files, each for one database."""

import re
from functools import cache
from importlib import resources
from typing import Literal

from hotline.storage.shared_tables import SHARED
from hotline.storage.tables.due import NEXT

Dialect = Literal["sqlite", "postgres"]
HERE = resources.files("hotline").joinpath("storage")


KIND = re.compile(r"^-- (name|part): ", re.MULTILINE)
PART = re.compile(r"\{(\w+)\}")
LIST = re.compile(r"(?<!\w)(?!NOT )([\w.]+) IN \(('\w+'(?:, '\w+'){2,})\)")
VALUE = re.compile(r"(?<![<>])(=|<>) :(?=\w)")
END = re.compile(r";[ \t]*$", re.MULTILINE)  # in the middle of a line it ends a part of a trigger


@cache
def statements(dialect: Dialect) -> dict[str, str]:
    """All named statements: those of queries.sql and shared.sql, and for PostgreSQL the few that differ instead."""
    parts = {name: sql for name, (_, sql) in _parts().items()} | {"any_of_each_kind": _any_of_each_kind()}
    whole = {name: PART.sub(lambda found: parts[found[1]], sql) for name, sql in parts.items()}
    told = {name: PART.sub(lambda found: whole[found[1]], sql) for name, (_, sql) in _named(dialect).items()}
    return {name: _for_sqlite(sql) for name, sql in told.items()} if dialect == "sqlite" else told


def comments(dialect: Dialect) -> dict[str, str]:
    """What each statement says that it is for."""
    return {name: said for name, (said, _) in _named(dialect).items()}


def _named(dialect: Dialect) -> dict[str, tuple[str, str]]:
    templates = _of_kind("name", "shared.sql")
    shared = {
        name.format(**table.columns): (said, sql.format(**table.columns))
        for name, (said, sql) in templates.items()
        for table in SHARED
        if table.has(name)
    }
    return _of_kind("name", "queries.sql") | shared | _of_kind("name", f"{dialect}.sql")


def _parts() -> dict[str, tuple[str, str]]:
    """What stands in other statements; a part of shared.sql is one for all tables, one behind another."""
    shared = {
        name: (said, "\n".join(sql.format(**table.columns) for table in SHARED if table.has(name)))
        for name, (said, sql) in _of_kind("part", "shared.sql").items()
    }
    return _of_kind("part", "queries.sql") | shared


def _for_sqlite(sql: str) -> str:
    """The same, as SQLite is quickest with it.

    Lists as its partial indexes have them (schema 49): an index is used where the words are the same. And each value as
    an expression: a bare one that is compared with what such an index compares (flags WHERE party = '') SQLite looks
    at, to plan with it, and so plans the statement anew at each run."""
    sql = LIST.sub(lambda found: f"({' OR '.join(f'{found[1]} = {each}' for each in found[2].split(', '))})", sql)
    return VALUE.sub(r"\1 +:", sql)


def _any_of_each_kind() -> str:
    """Each kind of due rows of which there is one, found as its first one is found; nothing is locked by that."""
    named = _named("sqlite")
    return " UNION ALL ".join(
        f"SELECT '{kind.name}' AS kind WHERE EXISTS ({named[name][1]})" for kind, name in NEXT.items()
    )


def _of_kind(kind: str, file: str) -> dict[str, tuple[str, str]]:
    """(comment, SQL) under each name of that kind in a file."""
    place = HERE.joinpath(file)
    split = KIND.split(place.read_text("utf-8"))[1:] if place.is_file() else []
    return dict(_entry(entry) for each, entry in zip(split[::2], split[1::2], strict=True) if each == kind)


def _entry(text: str) -> tuple[str, tuple[str, str]]:
    name, _, body = text.partition("\n")
    said = [line for line in body.splitlines() if line.startswith("--")]
    lines = [line for line in body.splitlines() if not line.startswith("--")]
    return name.strip(), ("\n".join(said), "\n".join(lines).strip().rstrip(";"))


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
