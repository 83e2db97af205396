"""Whether and when one volunteer answers one text: the same luck for the same person and need, whoever asked."""

from dataclasses import dataclass
from datetime import datetime, time
from math import exp
from statistics import NormalDist
from zoneinfo import ZoneInfo

from benchmarks.year.assumptions import Assumptions
from benchmarks.year.town import Giver
from hotline.model.calendar import MINUTE, WEEK

LONG_UNASKED = 5 * WEEK
BITS = 0xFFFFFFFFFFFFFFFF
HALF = 1 << 32
NORMAL = NormalDist()


@dataclass(frozen=True)
class Answer:
    """A yes or a no, and when it comes (UTC seconds)."""

    yes: bool
    at: float


def luck(one: int, other: int) -> tuple[float, float]:
    """Two numbers between 0 and 1 that belong to this pair for ever: a drawn number would depend on who was asked."""
    mixed = (one + other * 0x9E3779B97F4A7C15) & BITS  # the steps of splitmix64
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & BITS
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & BITS
    mixed ^= mixed >> 31
    return (mixed >> 32) / HALF, ((mixed & (HALF - 1)) + 0.5) / HALF


class Answering:
    """How people answer in one city."""

    def __init__(self, city: Assumptions) -> None:
        self._city, self._zone = city, ZoneInfo(city.timezone)
        self._kept = {hours: tuple(map(time.fromisoformat, hours.split("-"))) for hours in city.own_hours}

    def answer(self, giver: Giver, asks: int, key: int, sent_at: float) -> Answer | None:
        """None for silence. `asks` is how often they were asked in the last seven days, `key` whose is the need."""
        chance, slow = luck(giver.key, key)
        likely = self._likely(giver, asks, sent_at)
        if chance >= likely + self._city.declines:
            return None
        delay = self._city.delay_median * MINUTE * exp(self._city.delay_spread * NORMAL.inv_cdf(slow))
        return Answer(chance < likely, sent_at + delay)

    def _likely(self, giver: Giver, asks: int, sent_at: float) -> float:
        """The chance of a yes now."""
        local = datetime.fromtimestamp(sent_at, self._zone)
        if giver.away[0] <= sent_at < giver.away[1] or not self._free(giver, local):
            return 0.0
        weary = self._city.wearies**asks
        return min(1.0, giver.willing * self._city.willing_times) * self._city.awake[local.hour] * weary

    def _free(self, giver: Giver, local: datetime) -> bool:
        if not giver.hours:
            return True
        begins, ends = self._kept[giver.hours]
        return begins <= local.time() < ends

    def leaves(self, giver: Giver, unanswered: int, week: int) -> bool:
        """Whether this week's texts were too many."""
        beyond = max(0, unanswered - giver.bears_a_week)
        return luck(giver.key, week)[0] < self._city.fatigue * (unanswered + 2 * beyond)

    def feels_forgotten(self, giver: Giver, unasked: float, week: int) -> bool:
        """Whether somebody leaves who was asked nothing for so many seconds."""
        return unasked > LONG_UNASKED and luck(giver.key, week)[1] < self._city.forgotten
