"""Community: a neighborhood as its file describes it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from hotline.model.line import EVERYTHING, Line
from hotline.model.rules import Group, Rules, SharingRules

LONGEST_LABEL = 24  # letters; longer ones push a text over its segment
LONGEST_NAME = 40
LONGEST_GROUP = 30  # letters of its name: three of them stand in one text
LONGEST_HOURS = 40
LONGEST_STREET = 40
RUNG_FOR_SAFETY = 2  # coordinators, at least: one may not pick up
OTHER = "other"  # always offered last: nobody is sent away because their need has no name


NO_RINGS = "sharing.rings: your telephone line makes no calls, so nobody can be rung each day; write rings = false"


class CommunityError(ValueError):
    """Mistakes in the community file, each said in one sentence; as text it is the first of them."""

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return self.all[0] if self.args else ""


@dataclass(frozen=True)
class Need:
    """Something people ask for: its label in each language, and other words for it."""

    labels: Mapping[str, str]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """A part of the neighborhood: labels, ZIP codes, and where to look next when nobody here can."""

    labels: Mapping[str, str]
    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Retention:
    """How long what is over is kept, in days: what was said about a request, who asked and who helped, words about no
    request, texts and calls that came in, those that went out, and people who were not heard of."""

    said_days: int = 90
    asked_days: int = 365
    other_words_days: int = 365
    texts_in_days: int = 30
    texts_out_days: int = 90
    people_days: int = 730


@dataclass(frozen=True)
class Operator:
    """Whoever runs the hotline: their phone hears when it does not work. ``tests`` are the times of day, as minutes, at
    which a text is to be answered from there and our own address is tried; ``backups`` says that old ones are a
    trouble."""

    phone: str = ""
    tests: tuple[int, ...] = ()
    backups: bool = True


@dataclass(frozen=True)
class Community:
    """A neighborhood, as its file describes it."""

    name: str
    languages: tuple[str, ...]
    country: str
    emergency: str
    needs: Mapping[str, Need]
    areas: Mapping[str, Area]
    rules: Rules
    approval: bool = True
    crisis: str = ""  # who listens to someone who does not want to live any more; "" where there is no such number
    coordinators: Mapping[str, str] = field(default_factory=dict)
    rung_for_danger: frozenset[str] = frozenset()  # the numbers of coordinators who are rung when somebody is in danger
    keepers: frozenset[str] = frozenset()  # the numbers of coordinators who may do everything at the board
    summaries: Mapping[str, int] = field(default_factory=dict)
    """Numbers of coordinators who want a text each day about what waits, and the minute of the day when they do."""
    groups: tuple[Group, ...] = ()  # who else helps here
    operator: Operator = Operator()
    retention: Retention = Retention()
    sharing: SharingRules = field(default_factory=SharingRules)
    practice: frozenset[str] | None = None
    """The phones that are texted and called before it is open; None for one that is open from the start."""
    recordings_days: int = 30
    """After so many days what was said aloud is forgotten, if its need is not over before."""
    line: Line = EVERYTHING
    """What its telephone line can do; not of its file."""

    @property
    def rings_for_safety(self) -> bool:
        """Whether people can be rung each day for safety: somebody has to be rung at night, and another where that one
        does not pick up."""
        return self.sharing.rings and self.line.calls and len(self.rung_for_danger) >= RUNG_FOR_SAFETY

    @cached_property
    def needs_offered(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.needs, OTHER]))

    def on(self, line: Line) -> "Community":
        """The same community on that telephone line, which may bring fewer alerts at a time than it would like. Raises
        CommunityError where it needs calls and the line makes none."""
        if self.sharing.rings and not line.calls:
            raise CommunityError(NO_RINGS)
        return replace(self, line=line, rules=self.rules.at_most(line.wave_at_most))

    def join(self, key: str, phone: str) -> None:
        """Somebody coordinates from now on, in this process: the file has them already, for the next start."""
        cast(dict[str, str], self.coordinators)[key] = phone

    def is_coordinator(self, phone: str) -> bool:
        return phone in self.coordinators.values()

    @property
    def team(self) -> frozenset[str]:
        """The numbers of those who look after the hotline: its coordinators, and whoever runs it."""
        return frozenset(filter(None, (*self.coordinators.values(), self.operator.phone)))

    def rings(self, area: str) -> tuple[str, ...]:
        """Where people are asked who can help there: in the area itself, then in those near by."""
        return (area, *(self.areas[area].near if area in self.areas else ()))

    def asked_from(self, areas: Collection[str]) -> tuple[str, ...]:
        """From which areas people hear who can help in these: from those themselves, and where these are near by."""
        return tuple(area for area in self.areas if not set(areas).isdisjoint(self.rings(area)))

    @property
    def own_groups(self) -> tuple[Group, ...]:
        """Those that stand in the community file itself."""
        return tuple(group for group in self.groups if not group.imported)

    def groups_for(self, what: str, area: str) -> tuple[Group, ...]:
        """The other groups that help with that need in that area, in the order of the file."""
        return tuple(group for group in self.groups if group.gives(what, area))
