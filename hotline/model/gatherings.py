"""Gatherings: days on which neighbors do something together, such as a garden, a meal or repairs, and who comes.

People know one as a day. In code that word is taken: a day there is one of the calendar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from enum import StrEnum

from hotline.engine.plain import Plain
from hotline.model import calendar
from hotline.model.when import at_the_moment

LONGEST_NAME, LONGEST_PLACE = 60, 80  # letters: what it is, when and where go into one text
MOST_PEOPLE = 20  # who come with one person
REMINDED_AT = time(18)  # of the day before


class Weather(StrEnum):
    """What is done where the weather is bad."""

    ANYWAY = "anyway"  # it takes place
    OTHER_DAY = "other_day"
    OFF = "off"  # its host may say that it is off


class GuestState(StrEnum):
    """How a guest stands."""

    COMES = "comes"
    WAITS = "waits"  # all places are taken
    NOT = "not"


@dataclass(frozen=True)
class Gathering(Plain):
    """Neighbors come together. Times are UTC seconds; people are numbers in E.164.

    ``number`` is its row, ``code`` what people text for it. ``words`` is what it is, ``recording`` the carrier's id of
    the same in the host's own voice; ``place`` and ``place_recording`` say where it is, which only those hear who come.
    ``area`` is a name of the community file. ``places`` is how many people can come, 0 for as many as wish. ``rain_at``
    is when it is instead, as ``weather`` says. ``told`` is how many of the steps before it were taken. ``listed`` is
    false while its form is filled in; ``why`` is how it ended, "" before. ``people`` is how many come, ``line`` how
    many of those who asked wait for a place.
    """

    number: int
    host: str
    code: str = ""
    words: str = ""
    recording: str = ""
    place: str = ""
    place_recording: str = ""
    area: str = ""
    places: int = 0
    starts_at: float = 0.0
    rain_at: float | None = None
    weather: Weather = Weather.ANYWAY
    told: int = 0
    created_at: float = 0.0
    listed: bool = True
    ended_at: float | None = None
    why: str = ""
    people: int = 0
    line: int = 0

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def room(self) -> int | None:
        """For how many people there is room; None for as many as wish."""
        return max(0, self.places - self.people) if self.places else None

    def never_fits(self, people: int) -> bool:
        """Whether so many would wait in vain: there are fewer places, even if nobody else came."""
        return 0 < self.places < people

    def is_of(self, phone: str) -> bool:
        return self.host == phone

    @property
    def called(self) -> str | tuple[str, ...]:
        """What it is called: in the host's words, or just a day together where it was spoken."""
        return self.words or ("gathering",)

    def when(self, where: tzinfo | None) -> str:
        """The name of its day and hour."""
        return at_the_moment(self.starts_at, where).name

    def day(self, where: tzinfo | None) -> date:
        return calendar.today(self.starts_at, where)

    def reminded_at(self, where: tzinfo | None) -> float:
        """When who comes is reminded of it (UTC seconds)."""
        return calendar.at(self.day(where) - timedelta(days=1), REMINDED_AT, where)


@dataclass(frozen=True)
class Guest(Plain):
    """Somebody comes to a gathering, or waits for a place, with ``people`` in all."""

    number: int
    gathering: Gathering
    guest: str
    people: int = 1
    state: GuestState = GuestState.COMES
    asked_at: float = 0.0

    @property
    def comes(self) -> bool:
        return self.state is GuestState.COMES

    @property
    def waits(self) -> bool:
        return self.state is GuestState.WAITS


def fits(people: int, room: int | None) -> bool:
    return room is None or people <= room


def standing(gathering: Gathering, before: Guest | None, people: int) -> tuple[GuestState, int]:
    """How somebody stands who says that so many come, and for how many that holds. Whoever has places keeps them where
    there is no room for more. Nobody is passed over: places go to who waits the moment that they are free, so those
    that are left are too few for each of them."""
    mine = before.people if before and before.comes else 0
    room = None if gathering.room is None else gathering.room + mine
    if mine:
        return GuestState.COMES, people if fits(people, room) else mine
    return GuestState.COMES if fits(people, room) else GuestState.WAITS, people


def next_who_fits(guests: Iterable[Guest], room: int | None) -> Guest | None:
    """Whose turn it is when places are free: the first of those who wait for whom there are enough."""
    return next((guest for guest in guests if guest.waits and fits(guest.people, room)), None)
