"""Timetable of daily rings: when somebody is rung, how often it is tried, and what a day without a key comes to. Pure.

All stands in the record: whoever looks next, after whatever stop of ours, goes on from there.
"""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.daily_rings import SHORTLY_BEFORE, Came, DailyRing, next_at

APART = 15 * MINUTE  # between two tries
BUSY_FOR = 5 * MINUTE  # then a line that was busy is tried again, which is no try
LATE = HOUR  # after its hour a ring is not made any more: we were down, or calls did not go, or the line stayed busy
LATEST = 2 * HOUR  # after its hour, where somebody was rung for safety and the line is busy since then
TURN = 5 * MINUTE  # for a volunteer to pick up and be joined, then the machine rings
UNHEARD_FOR = 20 * MINUTE  # of how a call of ours ended, then it is looked at again


class Next(StrEnum):
    """What is to be done about a ring that is due."""

    NOTHING = "nothing"
    RING = "ring"
    COMPANION = "companion"  # a volunteer is rung first, and joined
    NOT_MADE = "not_made"  # coordinators hear so
    ENGAGED = "engaged"  # the same, where it was for safety and the line was busy all the time
    ALARM = "alarm"  # others are asked to look


@dataclass(frozen=True)
class Step:
    """What is to be done, and the record from then on."""

    next: Next
    ring: DailyRing


def begun(phone: str, hour: str, now: float, where: tzinfo | None) -> DailyRing:
    """The first ring is the next time that the clocks show that hour."""
    due_at = next_at(hour, now, where)
    return DailyRing(phone, hour, due_at, due_at)


def moved(ring: DailyRing, hour: str, now: float, where: tzinfo | None) -> DailyRing:
    """From now on at another hour, and they are not away; one that is being made has come to what was heard."""
    if ring.rings:
        ring = _over(ring, Came.HEARD, now, where)
    due_at = next_at(hour, now, where)
    return ring.but(hour=hour, due_at=due_at, check_at=due_at, away_until=0.0)


def gone(ring: DailyRing, until: float, now: float, where: tzinfo | None) -> DailyRing:
    """They are away until then; 0: not any more."""
    return (_over(ring, Came.AWAY, now, where) if ring.rings else ring).but(away_until=until)


def due(ring: DailyRing, now: float, where: tzinfo | None, companion: str = "") -> Step:
    """What is to be done about a ring whose time has come. `companion` is the volunteer who has a turn now, if any:
    they are rung before the machine rings, whatever the ring is for, and nothing else of it changes."""
    if now < ring.check_at:
        return Step(Next.NOTHING, ring)
    late = now > ring.due_at + LATE
    if not ring.rings and ring.due_at > now + 2 * DAY:  # the clock was set back
        return Step(Next.NOTHING, moved(ring, ring.hour, now, where))
    if not ring.rings:
        if ring.away_until > ring.due_at:
            return Step(Next.NOTHING, _over(ring, Came.AWAY, now, where))
        if ring.alive_at >= ring.due_at - SHORTLY_BEFORE:
            return Step(Next.NOTHING, _over(ring, Came.HEARD, now, where))
        if late:
            return Step(Next.NOT_MADE, _over(ring, Came.NOT_MADE, now, where))
        begun = ring.but(rings=True, tries=0, engaged=False, check_at=now + UNHEARD_FOR)
        return (
            Step(Next.COMPANION, begun.but(asked=companion, check_at=now + TURN))
            if companion
            else Step(Next.RING, begun)
        )
    if ring.tries >= ring.most_tries or (ring.tries and now > ring.due_at + (LATEST if ring.safety else LATE)):
        return Step(Next.ALARM if ring.safety else Next.NOTHING, _over(ring, Came.SILENT, now, where))
    if late and ring.engaged and not ring.tries:
        return Step(Next.ENGAGED if ring.safety else Next.NOTHING, _over(ring, Came.ENGAGED, now, where))
    if late and not ring.tries:
        return Step(Next.NOT_MADE, _over(ring, Came.NOT_MADE, now, where))
    return Step(Next.RING, ring.but(asked="", check_at=now + UNHEARD_FOR))


def ended(ring: DailyRing, how: str, now: float) -> DailyRing:
    """A call of this ring is over, and nobody pressed a key: nobody was there, or a machine. `how` is the carrier's
    word. What ends after the last one was told before."""
    if not ring.rings or ring.tries >= ring.most_tries:
        return ring
    if how == "busy":
        return ring.but(engaged=True, check_at=now + BUSY_FOR)
    tries = ring.tries + 1
    return ring.but(tries=tries, engaged=False, check_at=now if tries >= ring.most_tries else now + APART)


def answered(ring: DailyRing, came: Came, now: float, where: tzinfo | None) -> DailyRing:
    """They pressed a key, texted or called: while it is being made the ring is over; before it, it is kept for it."""
    alive = ring.but(alive_at=now)
    return _over(alive, came, now, where) if ring.rings else alive


def _over(ring: DailyRing, came: Came, now: float, where: tzinfo | None) -> DailyRing:
    due_at = next_at(ring.hour, max(now, ring.due_at), where)
    silent = ring.silent + 1 if came is Came.SILENT else ring.silent if came in (Came.AWAY, Came.NOT_MADE) else 0
    over = {"came": came, "came_at": ring.due_at, "silent": silent, "told": came is not Came.NOT_MADE}
    return ring.but(rings=False, tries=0, engaged=False, asked="", due_at=due_at, check_at=due_at, **over)
