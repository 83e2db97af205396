"""Community: a neighborhood as its file describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotline.model.rules import Group, Rules

LONGEST_LABEL = 24  # letters; longer ones push a text over its segment
LONGEST_NAME = 40
LONGEST_GROUP = 30  # letters of its name: three of them stand in one text
LONGEST_HOURS = 40
OTHER = "other"  # always offered last: nobody is sent away because their need has no name


class CommunityError(ValueError):
    """A mistake in the community file, said in one sentence."""


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
    groups: tuple[Group, ...] = ()  # who else helps here
    retention: Retention = Retention()
    recordings_days: int = 30
    """After so many days what was said aloud is forgotten, if its need is not over before."""

    @property
    def needs_offered(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.needs, OTHER]))

    def is_coordinator(self, phone: str) -> bool:
        return phone in self.coordinators.values()

    def groups_for(self, what: str, area: str) -> tuple[Group, ...]:
        """The other groups that help with that need in that area, in the order of the file."""
        return tuple(group for group in self.groups if group.gives(what, area))
