"""Everything that the made-up city takes for granted, each with a sentence on why. Nothing is assumed elsewhere."""

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

T = TypeVar("T")


def said(value: T, why: str) -> T:
    """A field of that value, and why it is that value."""
    described: Any = field(default=value, metadata={"why": why})
    kept: T = described
    return kept


@dataclass(frozen=True)
class Assumptions:
    """One city. Times are minutes unless they say otherwise; shares are of one."""

    volunteers: int = said(1500, "Assumed: active at the start, under one in a hundred of 200,000 people.")
    warm_up_weeks: int = said(2, "From Monday, January 5, 2026: so that there are records; not counted.")
    weeks: int = said(8, "Counted.")
    needs_a_day: float = said(
        30, "About 50,000 people a day turn to 211 in the whole United States (Los Angeles Times, 2024): 30 in 200,000."
    )
    weekdays: tuple[float, ...] = said(
        (1.2, 1.15, 1.1, 1.05, 1.0, 0.8, 0.7), "Assumed: Mondays are busy, Sundays are not. From Monday."
    )
    hours: tuple[float, ...] = said(
        (1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 14, 12, 10, 10, 10, 10, 11, 11, 9, 8, 6, 4, 3, 2),
        "Assumed: people ask in the morning and towards the evening, and a few at night. From midnight.",
    )
    kinds: tuple[tuple[str, float, float], ...] = said(
        (
            ("food", 0.35, 0.65),
            ("ride", 0.22, 0.35),
            ("medicine", 0.15, 0.45),
            ("company", 0.10, 0.30),
            ("repair", 0.10, 0.18),
            ("childcare", 0.05, 0.10),
            ("van", 0.03, 0.04),
        ),
        "Assumed: kind, its share of what is asked, the share of volunteers who give it. Some are rare.",
    )
    areas: tuple[tuple[float, float, float, float], ...] = said(
        (
            (0, 0, 0.14, 0.18),
            (2, 0, 0.15, 0.10),
            (4, 0, 0.08, 0.06),
            (0, 2, 0.12, 0.17),
            (2, 2, 0.15, 0.12),
            (4, 2, 0.07, 0.07),
            (0, 4, 0.08, 0.12),
            (2, 4, 0.10, 0.08),
            (4, 4, 0.06, 0.05),
            (6, 2, 0.05, 0.05),
        ),
        "Assumed: ten areas, each: middle (miles east, north), share of the needs, share of the volunteers. "
        "Where more is needed, fewer have time to give. A town below 60 volunteers has the first, below 1,000 four.",
    )
    near: float = said(2.1, "Assumed: areas whose middles lie this close, in miles, are near to each other.")
    also_next_door: float = said(0.3, "Assumed: this share of the volunteers also gives in one area near by.")
    willing: tuple[float, float] = said(
        (1.2, 4.8),
        "Each person's chance of a yes, on a good hour of a quiet week, is beta-distributed with a mean of 0.2. People "
        "acted on 18 of 100 alerts by text in the Netherlands (AED-Alert, Resuscitation 2011); other studies of "
        "alerted first responders found 17 to 47 (JMIR mHealth 2023). Some always come, many nearly never.",
    )
    willing_times: float = said(1.0, "All of these chances are multiplied by it; the part on other assumptions does.")
    declines: float = said(0.12, "Assumed: this share answers NO, the rest of those who do not come say nothing.")
    awake: tuple[float, ...] = said(
        (0, 0, 0, 0, 0, 0, 0.2, 0.6, 0.8, 0.9, 0.9, 1, 1.1, 1, 0.9, 0.9, 1, 1.1, 1.2, 1.2, 1.1, 0.8, 0.4, 0.1),
        "Assumed: the chance of a yes by the hour of the day; at work one can do less than in the evening.",
    )
    wearies: float = said(0.92, "Assumed: each text of the last seven days makes a yes that much less likely.")
    delay_median: float = said(12, "Half of those who answer have done so after this; with the next figure, see there.")
    delay_spread: float = said(
        1.4,
        "Delays are log-normal: 74 of 100 come within half an hour, between the 84 (a friend's text) and the 56 (one "
        "about work) of the 160 Characters survey of 2007.",
    )
    takes_a_week: tuple[int, ...] = said((1, 1, 1, 1, 1, 2, 2, 2, 3, 3), "Assumed: most can do one thing a week.")
    bears_a_week: tuple[int, ...] = said((1, 2, 2, 3, 3, 4, 5, 7), "Assumed: texts a week that a person does not mind.")
    says_so: float = said(0.4, "Assumed: this share has told the hotline how many a week they wish at most.")
    keeps_hours: float = said(0.25, "Assumed: this share can only help at certain hours, and has told the hotline.")
    own_hours: tuple[str, ...] = said(("09:00-17:00", "17:00-21:00", "08:00-12:00"), "Assumed: which hours.")
    pauses: float = said(0.5, "Assumed: this share is away once a year for two weeks, and has told the hotline.")
    fatigue: float = said(
        0.003,
        "Each unanswered text of a week is this chance to leave at its end, and three times that for each one beyond "
        "what they bear. Nonprofits lose 0.69 of 100 readers with each text (M+R, Nonprofit Text Messaging Benchmarks "
        "2010), which lies between the two.",
    )
    leave_a_year: float = said(
        0.355, "This share leaves for reasons of their own (Corporation for National and Community Service, 2009)."
    )
    join_a_year: float = said(0.355, "Assumed: as many join in a year, so that only fatigue makes the city poorer.")
    forgotten: float = said(
        0.03,
        "Assumed: this share of those who were asked nothing for five weeks leaves each week, for nobody needs them.",
    )
    minority: float = said(0.08, "Assumed: this share of neighbors and of volunteers speaks another first language.")
    burst: int = said(
        0, "In the storm: so many requests from 11:00 to 12:00, on a Wednesday two weeks after the warm-up."
    )
    gives_up_hours: float = said(
        48, "The hotline's still_needed_hours: after this a need is no longer counted as open."
    )
    quiet_hours: str = said("21:00-08:00", "Nobody is asked at night by any of them: that is law and decency.")
    timezone: str = said("America/New_York", "A city whose clocks change.")

    @property
    def days(self) -> int:
        return 7 * (self.warm_up_weeks + self.weeks)

    @property
    def places(self) -> tuple[int, ...]:
        """Which of the areas the town has."""
        return (
            (0,) if self.volunteers < 60 else (0, 1, 3, 4) if self.volunteers < 1000 else tuple(range(len(self.areas)))
        )


def listed(city: Assumptions) -> str:
    """All of them, as a Markdown table."""
    rows = [f"| `{each.name}` | {_short(getattr(city, each.name))} | {each.metadata['why']} |" for each in fields(city)]
    return "\n".join(["| | value | why |", "|---|---|---|", *rows])


def _short(value: object) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "<br>".join(_short(each) for each in value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
