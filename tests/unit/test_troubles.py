"""Troubles: what is wrong, and that whoever runs the hotline hears of it once an hour at most."""

import pytest

from hotline.community.model import CommunityError, Operator
from hotline.community.reading import from_table
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.monitoring.troubles import WELL_AGAIN, Seen, Told, Trouble, to_tell, troubles
from tests.unit.build import plain

NOW = 1_773_158_400.0
WELL = Seen(beat_at=NOW - 5, free=10**10, backed_up_at=NOW - HOUR, people_since=NOW - 100 * DAY)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (WELL, ()),
        (None, (Trouble.DATABASE,)),
        (Seen(beat_at=NOW - 6 * MINUTE, free=10**10), (Trouble.WORKER,)),
        (Seen(beat_at=None, free=10**10), ()),  # it has only just been started
        (Seen(free=10**8), (Trouble.DISK,)),
        (Seen(refused=True), (Trouble.WEBHOOKS,)),
        (Seen(backed_up_at=NOW - 3 * DAY), (Trouble.BACKUP,)),
        (Seen(people_since=NOW - 8 * DAY), (Trouble.BACKUP,)),
        (Seen(people_since=NOW - 6 * DAY), ()),
        (Seen(backed_up_at=NOW - 3 * DAY, minds_backups=False), ()),
        (Seen(unanswered=True, unreachable=True, free=1), (Trouble.DISK, Trouble.UNANSWERED, Trouble.ADDRESS)),
    ],
)
def test_what_is_wrong(seen: Seen | None, found: tuple[Trouble, ...]) -> None:
    assert troubles(seen, NOW) == found


def test_it_is_told_once_an_hour_at_most_and_again_when_it_stays() -> None:
    disk = (Trouble.DISK,)
    assert to_tell(disk, Told(), NOW) == ("disk_full",)
    told = Told(frozenset(disk), NOW)
    worse = (Trouble.WORKER, Trouble.DISK)
    assert to_tell(worse, told, NOW + HOUR - 1) == ()
    assert to_tell(worse, told, NOW + HOUR) == ("worker_gone", "disk_full")
    assert to_tell(disk, told, NOW + 2 * HOUR) == ()
    assert to_tell(disk, told, NOW + 6 * HOUR) == ("disk_full",)


def test_that_all_is_well_again_is_told_once() -> None:
    assert to_tell((), Told(), NOW) == ()
    assert to_tell((), Told(frozenset((Trouble.DISK,)), NOW), NOW + HOUR) == (WELL_AGAIN,)
    assert to_tell((), Told(frozenset(), NOW + HOUR), NOW + 3 * HOUR) == ()


def test_the_operator_stands_in_the_community_file() -> None:
    table = {"phone": "+12125550198", "tests": ["18:00", "09:30"]}
    here = from_table({**plain(), "operator": table}, ("en", "es"))
    assert here.operator == Operator("+12125550198", (570, 1080), backups=True)
    assert from_table(plain(), ("en", "es")).operator == Operator()


@pytest.mark.parametrize(
    "wrong", [{"phone": "12"}, {"phone": "+12125550198", "tests": ["9"]}, {"phone": "+12125550198", "backups": "no"}]
)
def test_a_mistake_there_is_said(wrong: dict[str, object]) -> None:
    with pytest.raises(CommunityError, match="operator"):
        from_table({**plain(), "operator": wrong}, ("en", "es"))
