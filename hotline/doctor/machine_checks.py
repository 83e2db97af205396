"""Machine checks: files, their modes, the disk they lie on, and the backups."""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hotline.doctor.findings import Finding, found
from hotline.model.calendar import DAY
from hotline.monitoring.troubles import LEAST_FREE, OLD_BACKUP

FORGETS = frozenset(("overlay", "tmpfs", "ramfs", "aufs"))
BACKUPS = "*.db"
MOUNTS = Path("/proc/mounts")


@dataclass(frozen=True)
class Mount:
    """A place in the tree of files, and what kind of disk is there."""

    at: Path
    kind: str


def mounts(table: str) -> list[Mount]:
    """What /proc/mounts says, the deepest places first."""
    rows = [line.split() for line in table.splitlines()]
    found = [Mount(Path(row[1]), row[2]) for row in rows if len(row) > 2]
    return sorted(found, key=lambda mount: len(mount.at.parts), reverse=True)


def mounted() -> list[Mount]:
    """What is mounted here; nothing where the machine does not say: a Mac, for one."""
    return mounts(MOUNTS.read_text()) if MOUNTS.is_file() else []


def kind_of_disk(path: Path, all: Sequence[Mount]) -> str:
    """What kind of disk a file lies on, "" where nobody knows."""
    there = path.resolve()  # a link may lead to another disk
    return next((mount.kind for mount in all if mount.at == there or mount.at in there.parents), "")


def private(file: Path, name: str) -> Iterator[Finding]:
    """Whether others of this machine can read a file or folder of ours."""
    try:
        mode = file.stat().st_mode & 0o777
    except OSError:
        return
    if os.name == "posix" and mode & 0o077:
        yield found(name, file=file, mode=f"{mode:o}", right="700" if file.is_dir() else "600")


def disk(what: str, path: Path, all: Sequence[Mount]) -> Iterator[Finding]:
    """Whether there is room where something of ours lies, and whether it is there tomorrow."""
    there = next((each for each in (path, *path.absolute().parents) if each.exists()), Path("/"))
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        yield found("disk_full", what=what, free=free // (1024 * 1024))
    kind = kind_of_disk(there, all)
    if kind in FORGETS:
        yield found("disk_forgets", what=what[:1].upper() + what[1:], kind=kind)


def newest_backup(folder: Path) -> Path | None:
    """The backup that was made last."""
    return max(folder.glob(BACKUPS), key=lambda file: file.stat().st_mtime, default=None)


def backups(folder: Path, newest: Path | None, broken: str, now: float) -> Iterator[Finding]:
    """Whether there is one, how old the newest is, and whether it opens: `broken` says why not."""
    if newest is None:
        yield found("no_backup", folder=folder)
        return
    yield from private(newest, "open")
    age = now - newest.stat().st_mtime
    if age > OLD_BACKUP:
        yield found("old_backup", days=f"{age / DAY:.0f}")
    if broken:
        yield found("broken_backup", file=newest, detail=broken)
