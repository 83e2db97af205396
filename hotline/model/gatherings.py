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
    ASKS = "asks"  # the host has not said yes yet; places are held for them meanwhile
    WAITS = "waits"  # all places are taken
    NOT = "not"
    TURNED_AWAY = "turned_away"  # the host said no; they hear that there is no room, and never why


@dataclass(frozen=True)
class Gathering(Plain):
    """Neighbors come together. Times are UTC seconds; people are numbers in E.164.

    ``number`` is its row, ``code`` what people text for it. ``words`` is what it is, ``recording`` the carrier's id of
    the same in the host's own voice; ``place`` and ``place_recording`` say where it is, which only those hear who come.
    ``area`` is a name of the community file. ``places`` is how many people can come, 0 for as many as wish. ``rain_at``
    is when it is instead, as ``weather`` says. ``anyone`` is whether all who say that they come are told the place;
    else the host says yes to each first. ``told`` is how many of the steps before it were taken. ``listed`` is
    false while its form is filled in; ``why`` is how it ended, "" before. ``people`` is how many come, ``held`` for how
    many places are held until the host answers, ``line`` how many of those who asked wait for a place.
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
    anyone: bool = False
    told: int = 0
    created_at: float = 0.0
    listed: bool = True
    ended_at: float | None = None
    why: str = ""
    people: int = 0
    held: int = 0
    line: int = 0

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def room(self) -> int | None:
        """For how many people there is room; None for as many as wish."""
        return max(0, self.places - self.people - self.held) if self.places else None

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
    """Somebody comes to a gathering, asks to, or waits for a place, with ``people`` in all. ``seat`` is their number on
    its host's list, ``told_at`` when they were told where it is (UTC seconds), none where they were not."""

    number: int
    gathering: Gathering
    guest: str
    people: int = 1
    state: GuestState = GuestState.COMES
    asked_at: float = 0.0
    seat: int = 0
    told_at: float | None = None

    @property
    def comes(self) -> bool:
        return self.state is GuestState.COMES

    @property
    def asks(self) -> bool:
        return self.state is GuestState.ASKS

    @property
    def waits(self) -> bool:
        return self.state is GuestState.WAITS


def fits(people: int, room: int | None) -> bool:
    return room is None or people <= room


def standing(gathering: Gathering, before: Guest | None, people: int) -> tuple[GuestState, int]:
    """How somebody stands who says that so many come, and for how many that holds. Whoever has places keeps them where
    there is no room for more. Nobody is passed over: places go to who waits the moment that they are free, so those
    that are left are too few for each of them."""
    if before and not before.waits:
        room = None if gathering.room is None else gathering.room + before.people
        return before.state, people if fits(people, room) else before.people
    return with_a_place(gathering) if fits(people, gathering.room) else GuestState.WAITS, people


def with_a_place(gathering: Gathering) -> GuestState:
    """How somebody stands for whom there is room."""
    return GuestState.COMES if gathering.anyone else GuestState.ASKS


def next_who_fits(guests: Iterable[Guest], room: int | None) -> Guest | None:
    """Whose turn it is when places are free: the first of those who wait for whom there are enough."""
    return next((guest for guest in guests if guest.waits and fits(guest.people, room)), None)
