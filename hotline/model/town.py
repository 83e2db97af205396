"""Town: how the people of one community answer when they are asked, as it was measured. Plain data."""

from dataclasses import dataclass
from enum import IntEnum

HOURS = 24


@dataclass(frozen=True)
class PastAsk:
    """One question that was put to a volunteer. Times are UTC seconds.

    ``ended_at`` is when it was answered, or settled by somebody else, None while it waits; ``yes`` that the answer was
    yes, in time or too late. ``gone_at`` is when that volunteer left, paused or ended the texts since, if they did.
    """

    volunteer: str
    asked_at: float
    ended_at: float | None = None
    yes: bool = False
    gone_at: float | None = None


@dataclass(frozen=True)
class PastNeed:
    """What became of one request. ``asked`` is how many questions were put about it, ``told`` whether coordinators
    heard that nobody had it. Times are UTC seconds."""

    what: str
    area: str
    created_at: float
    taken_at: float | None = None
    urgent: bool = False
    told: bool = False
    asked: int = 0


@dataclass(frozen=True)
class Town:
    """How a town answers, until it is measured as towns mostly do.

    ``yes_rate`` is the share of questions that are answered with a yes if nobody else is quicker, ``by_hour`` how much
    likelier that is at each local hour than on average (24 factors), ``yes_after`` the seconds after which yeses come,
    evenly spaced: as many come between two of them as between any other two. ``going`` is the share of those who were
    asked that leave, pause or end the texts within four weeks. ``people`` is how many give, counted no further than
    matters; 0 where nobody counted.
    """

    yes_rate: float = 0.15
    by_hour: tuple[float, ...] = (1.0,) * HOURS
    yes_after: tuple[float, ...] = (72.0, 169.0, 280.0, 421.0, 606.0, 856.0, 1233.0, 1849.0, 3070.0, 7204.0)
    going: float = 0.05
    people: int = 0


@dataclass(frozen=True)
class Load:
    """How much is asked for at the moment. All of it is counted no further than matters.

    ``open`` is how many requests of the last two days are open, ``fresh`` how many of these do not wait for long yet
    or are not known to coordinators, and ``due`` how many people were asked nothing in the last day.
    """

    open: int = 0
    fresh: int = 0
    due: int = 0


class Storm(IntEnum):
    """Whether more is asked for than people can be asked about one by one."""

    NONE = 0
    LEFT_OVER = 1  # what the storm left still waits, and what comes now could be asked about one by one
    NOW = 2
