"""Offers of neighbors: when one is looked after, what its giver is told before it ends, and which requests it answers.

Pure. A gift ends by itself; a standing one is asked about now and then. Nothing ends unsaid.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hotline.model.calendar import DAY
from hotline.model.gifts import MOST_NAMED, Gift
from hotline.model.needs import Need, Status

LOOKED_AT_EVERY = DAY  # whether its giver can still be reached
PATIENCE = 2 * DAY  # after which whoever asked for it hears that it came to nothing
WEEK_BEFORE, DAY_BEFORE = 7.5 * DAY, 1.5 * DAY  # of a midnight: it is told at noon


class NextOfGift(StrEnum):
    """What to do about a gift now."""

    NOTHING = "nothing"
    WEEK = "week"  # its giver hears that it ends in seven days
    STILL = "still"  # the giver of a standing one: is it still there?
    DAY = "day"  # its giver hears that it ends in a day
    END = "end"
    GONE = "gone"  # its giver cannot be reached any more


@dataclass(frozen=True)
class DueGift:
    """What to do now, when to look again (UTC seconds), and how many notices were given by then."""

    next: NextOfGift
    check_at: float
    told: int


def due(gift: Gift, *, reached: bool, now: float) -> DueGift:
    """The next thing to do about a gift that is not over. `reached` is whether its giver hears from us."""
    if not reached:
        return DueGift(NextOfGift.GONE, now, gift.told)
    if now >= gift.until:
        return DueGift(NextOfGift.END, now, gift.told)
    step, told = NextOfGift.NOTHING, gift.told
    if gift.told < 2 and now >= gift.until - DAY_BEFORE and _is_long(gift, DAY_BEFORE):
        step, told = NextOfGift.DAY, 2
    elif gift.told < 1 and now >= gift.until - WEEK_BEFORE and _is_long(gift, WEEK_BEFORE + DAY):
        step, told = NextOfGift.STILL if gift.standing else NextOfGift.WEEK, 1
    return DueGift(step, check_at(gift, now, told), told)


def check_at(gift: Gift, now: float, told: int = 0) -> float:
    """When to look at a gift next: at its next notice or its end, and each day whether its giver can be reached."""
    notices = (gift.until - WEEK_BEFORE, gift.until - DAY_BEFORE)[told:]
    return min((at for at in (*notices, gift.until, now + LOOKED_AT_EVERY) if at > now), default=now + LOOKED_AT_EVERY)


def _is_long(gift: Gift, shortest: float) -> bool:
    """Whether it is there for long enough for such a notice."""
    return gift.lasts >= shortest


def to_name(gift: Gift, needs: Iterable[Need], named: Iterable[Need], near: Iterable[str]) -> list[Need]:
    """Those of the open requests that are named to the giver of a gift: for the same thing, there or near by, of
    somebody else, and no more at a time than they can think about. `named` are those that were named before."""
    room = MOST_NAMED - sum(need.status is Status.OPEN for need in named)
    places = set(near)
    fitting = [need for need in needs if answers(gift, need) and need.area in places]
    return fitting[: max(0, room)] if gift.live and not gift.full else []


def answers(gift: Gift, need: Need) -> bool:
    """Whether it may be what somebody asks for. What names danger, or is put off, is nobody's before a person looks."""
    asked = need.status is Status.OPEN and need.missing > 0 and not need.held and not need.gift
    return asked and need.what == gift.what and not need.is_of(gift.giver)
