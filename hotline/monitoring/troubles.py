"""Troubles: what is wrong with the hotline as a whole, and when whoever runs it hears of it. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from hotline.model.calendar import DAY, HOUR, MINUTE

LEAST_FREE = 200 * 1024 * 1024  # bytes: less, and a busy week fills the disk
WORKER_SILENT = 5 * MINUTE
OLD_BACKUP = 2 * DAY
FIRST_BACKUP = 7 * DAY  # after the first person wrote; before, there is little to lose
ONCE_IN = HOUR  # texts to the operator at most
AGAIN_AFTER = 6 * HOUR  # while the same is wrong


class Trouble(StrEnum):
    """What is wrong; each is the name of its label in the message files."""

    DATABASE = "database_gone"
    WORKER = "worker_gone"
    DISK = "disk_full"
    WEBHOOKS = "webhooks_refused"
    BACKUP = "backup_old"
    UNANSWERED = "test_unanswered"
    ADDRESS = "address_gone"


WELL_AGAIN = "well_again"


@dataclass(frozen=True)
class Seen:
    """What a look has shown. Times are UTC seconds, None for never; ``free`` is bytes on the fullest of our disks.

    ``refused`` says that webhooks came wrongly signed lately, and none rightly since; ``unanswered`` and
    ``unreachable`` are what the last tests came to.
    """

    beat_at: float | None = None
    free: int = LEAST_FREE
    refused: bool = False
    backed_up_at: float | None = None
    people_since: float | None = None
    minds_backups: bool = True
    unanswered: bool = False
    unreachable: bool = False


def troubles(seen: Seen | None, now: float) -> tuple[Trouble, ...]:
    """What is wrong, the worst first. `seen` is None where the database said nothing."""
    if seen is None:
        return (Trouble.DATABASE,)
    wrong = {
        Trouble.WORKER: seen.beat_at is not None and now - seen.beat_at > WORKER_SILENT,
        Trouble.DISK: seen.free < LEAST_FREE,
        Trouble.WEBHOOKS: seen.refused,
        Trouble.BACKUP: seen.minds_backups and _is_old(seen, now),
        Trouble.UNANSWERED: seen.unanswered,
        Trouble.ADDRESS: seen.unreachable,
    }
    return tuple(each for each, is_so in wrong.items() if is_so)


def _is_old(seen: Seen, now: float) -> bool:
    if seen.backed_up_at is not None:
        return now - seen.backed_up_at > OLD_BACKUP
    return seen.people_since is not None and now - seen.people_since > FIRST_BACKUP


@dataclass(frozen=True)
class Told:
    """What the operator was told last, and when."""

    troubles: frozenset[Trouble] = frozenset()
    at: float = float("-inf")


def to_tell(found: tuple[Trouble, ...], told: Told, now: float) -> tuple[str, ...]:
    """The labels that the operator reads now; none while nothing new is wrong, or they were told within the hour. That
    all is well again they hear once."""
    if now - told.at < ONCE_IN:
        return ()
    if not found:
        return (WELL_AGAIN,) if told.troubles else ()
    is_new = not told.troubles.issuperset(found)
    return tuple(found) if is_new or now - told.at >= AGAIN_AFTER else ()
