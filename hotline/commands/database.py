"""Commands for the database: migrate, backup, restore, move-to-postgres; and the outbox's dead letters."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, clock, command, group, in_store, listed, no_hotline, told
from hotline.model import phone_numbers
from hotline.model.heartbeat import BACKED_UP
from hotline.storage import lists
from hotline.storage.copy_database import (
    CannotCopy,
    End,
    NotTheSame,
    SqliteEnd,
    Sum,
    copy,
    must_be_empty,
    must_be_still,
    sums,
)
from hotline.storage.sqlite_file import BESIDE

MOST_SHOWN = 100


def add(commands: Any) -> None:
    command(commands, "migrate", "bring the database up to date", _migrate)
    backup = command(commands, "backup", "copy everything into one file, while the hotline runs", _backup)
    backup.add_argument(
        "file", nargs="?", type=Path, help="a new file (one named by its time, in the folder of BACKUPS)"
    )
    restore = command(commands, "restore", "put a backup into the empty database of DATABASE_URL", _restore)
    restore.add_argument("file", type=Path, help="what `hotline backup` wrote")
    restore.add_argument("--check", action="store_true", help="only prove that the file is whole")
    move = command(commands, "move-to-postgres", "copy a SQLite hotline into PostgreSQL; can be begun again", _move)
    move.add_argument("target", help="postgresql://name:password@host/database")
    outbox = group(commands, "outbox", "what could not be sent")
    command(outbox, "list", "the newest hundred that could not be sent", _dead_letters)
    command(outbox, "shown", "what was shown and not sent, while the hotline practices: the newest hundred", _shown)
    again = command(outbox, "resend", "send one of them again", _resend)
    again.add_argument("id", type=int, help="its number in the list")


def _migrate(_: Chosen) -> None:
    in_store(settings.database()[0], lambda tx: None, create=True)
    told("The database is up to date.")


def _backup(chosen: Chosen) -> None:
    file = chosen.file or _by_its_time()
    if file.exists():
        raise Wrong(f"{file} is there already; name a new file")
    if not file.parent.is_dir():
        raise Wrong(f"there is no folder {file.parent}; make it first")
    beside = file.with_name(file.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        _tell(_copy(_end(settings.database()[0], read_only=True), SqliteEnd(beside, read_only=False)))
        beside.rename(file)
        in_store(settings.database()[0], lambda tx: tx.heartbeat.set_mark(BACKED_UP, time.time()))
    except (Wrong, CannotCopy, OSError) as error:
        raise Wrong(f"no backup was made, and nothing of it is left: {error}") from None
    finally:
        for end in ("", *BESIDE):
            beside.with_name(beside.name + end).unlink(missing_ok=True)
    told(f"Kept in {file}.")


def _by_its_time() -> Path:
    """A new file in the folder of backups, which is for its owner alone."""
    folder = settings.backups()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"hotline-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.db"


def _restore(chosen: Chosen) -> None:
    if not chosen.file.is_file():
        raise Wrong(f"there is no file {chosen.file}")
    source = _backup_file(chosen.file)
    if chosen.check:
        _tell(sums(source))
        told(f"{chosen.file} is whole.")
        return
    url = settings.database()[0]
    _tell(_copy(source, _empty(_still(_end(url, read_only=False)))))
    _still(_end(url, read_only=True))
    told("Restored.")


def _move(chosen: Chosen) -> None:
    url = settings.database()[0]
    if not url.startswith("sqlite:") or not chosen.target.startswith("postgres"):
        raise Wrong("DATABASE_URL must be the SQLite file, and the target begin with postgresql://")
    _tell(_copy(_still(_end(url, read_only=True)), _end(chosen.target, read_only=False)))
    _still(_end(url, read_only=True))  # nobody has begun to write meanwhile
    told("Everything is there, and the same. Set DATABASE_URL to the new address and start the hotline again.")


def _still(end: End) -> End:
    """The database, if no hotline writes it."""
    try:
        must_be_still(end, time.time())
    except NotTheSame as error:
        raise Wrong(str(error)) from None
    except CannotCopy as error:
        raise Wrong(f"{error}; `hotline migrate` brings a database of an earlier version up to date") from None
    return end


def _empty(target: End) -> End:
    try:
        must_be_empty(target)
    except NotTheSame as error:
        raise Wrong(str(error)) from None
    return target


def _copy(source: End, target: End) -> dict[str, Sum]:
    try:
        return copy(source, target, told)
    except (NotTheSame, CannotCopy) as error:
        raise Wrong(str(error)) from None


def _end(url: str, *, read_only: bool) -> End:
    if url.startswith("sqlite:"):
        path = Path(url.removeprefix("sqlite:///"))
        if read_only and not path.is_file():
            raise Wrong(no_hotline(str(path)))
        return SqliteEnd(path, read_only=read_only)
    try:
        from hotline.storage.copy_to_postgres import PostgresEnd
    except ImportError:
        raise Wrong("PostgreSQL needs its driver: pip install 'hotline[postgres]'") from None
    return PostgresEnd(url, read_only=read_only)


def _backup_file(file: Path) -> SqliteEnd:
    try:
        return SqliteEnd(file, read_only=True).whole()
    except NotTheSame as error:
        raise Wrong(f"{file} is no whole backup of a hotline ({error})") from None


def _tell(found: dict[str, Sum]) -> None:
    for name, total in found.items():
        told(f"{name:<12} {total.rows:>9} rows  {total.checksum[:16]}")


def _dead_letters(_: Chosen) -> None:
    rows = listed(settings.database()[0], lists.dead_letters, 100)
    for row in rows:
        keys = ", ".join(prompt.key for prompt in row.prompts)
        print(f"{row.id:>8}  to {phone_numbers.show(row.party)}  {keys}  {row.about or ''}  {row.reason}")
    print(f"{len(rows)} in all.")


def _shown(_: Chosen) -> None:
    rows, when = listed(settings.database()[0], lists.shown, MOST_SHOWN), clock()
    for row in rows:
        print(f"{when(row.created_at)}  to {phone_numbers.show(row.party)}")
        print("\n".join(f"    {line}" for text in row.texts for line in text.splitlines()))
    print(f"{len(rows)} in all.")


def _resend(chosen: Chosen) -> None:
    if not in_store(settings.database()[0], lambda tx: tx.outbox.revive(chosen.id, time.time())):
        raise Wrong(f"{chosen.id} is not among those that could not be sent; `hotline outbox list` shows them")
    print("It will be sent again.")
