"""Gatherings: days on which neighbors do something together, and who comes."""

from collections.abc import Sequence

from hotline.model.gatherings import Gathering, Guest, GuestState, Weather
from hotline.storage.execute import Row, Statements, Table
from hotline.storage.tables.codes import Codes

AS_KEPT = (
    *("number", "host", "words", "recording", "place", "place_recording", "area", "places", "starts_at", "rain_at"),
    *("told", "created_at", "ended_at", "why", "people", "held"),
)
LISTED = (
    *("number", "words", "recording", "place", "place_recording", "area", "places", "starts_at", "rain_at", "weather"),
    "told",
)


class Gatherings(Table):
    """What neighbors do together, and the guests of each."""

    def __init__(self, run: Statements, codes: Codes) -> None:
        super().__init__(run)
        self._codes = codes

    def begin(self, phone: str, words: str, now: float, check_at: float) -> int:
        """Somebody invites; the number of the row. The code is a new one."""
        values = {"code": self._codes.give(now), "phone": phone, "words": words, "check_at": check_at}
        return int(self._all("begin_gathering", now=now, **values)[0]["number"])

    def list(self, gathering: Gathering, check_at: float | None) -> bool:
        """Its form is filled in: neighbors hear of it."""
        self._run.woke = True
        values = {name: getattr(gathering, name) for name in LISTED}
        return self._change("list_gathering", check_at=check_at, anyone=int(gathering.anyone), **values) == 1

    def get(self, number: int) -> Gathering | None:
        row = self._one("gathering", number=number)
        return gathering_of(row) if row else None

    def of_code(self, code: int) -> Gathering | None:
        row = self._one("gathering_of_code", code=code)
        return gathering_of(row) if row else None

    def of(self, phone: str) -> tuple[Gathering, ...]:
        """To what somebody invites."""
        return tuple(map(gathering_of, self._all("gatherings_of", phone=phone)))

    def there(self, now: float, room: int) -> tuple[Gathering, ...]:
        """What will be, the next first."""
        return tuple(map(gathering_of, self._all("gatherings_there", now=now, room=room)))

    def lock(self, numbers: Sequence[int]) -> bool:
        """Before anybody has a place or it ends. Whether what was read
        before may have changed. Most texts are about none: they ask the database nothing."""
        return bool(numbers) and self._change("lock_gatherings", numbers=numbers) > 0

    def check(self, number: int, check_at: float | None, told: int) -> None:
        self._change("check_gathering", number=number, check_at=check_at, told=told)

    def move(self, number: int, starts_at: float, check_at: float | None, told: int) -> None:
        """It is on its other day."""
        self._change("move_gathering", number=number, starts_at=starts_at, check_at=check_at, told=told)

    def end(self, number: int, why: str, now: float) -> bool:
        """False where it was over already. Its guests stand as they did."""
        if self._change("end_gathering", number=number, why=why, now=now) != 1:
            return False
        self._change("end_guests", number=number, now=now)
        return True

    # --- Guests.

    def put(self, gathering: int, phone: str, state: GuestState, people: int, now: float) -> None:
        """Somebody comes, asks or waits; again, with other people."""
        values = {"state": state, "many": people, "now": now}
        if not self._change("change_guest", gathering=gathering, phone=phone, **values):
            self._change("add_guest", gathering=gathering, phone=phone, **values)

    def by(self, phone: str) -> tuple[Guest, ...]:
        """Where somebody goes, or waits for a place."""
        return tuple(map(guest_of, self._all("guests_by", phone=phone)))

    def turned_away_from(self, phone: str) -> frozenset[int]:
        """Where a host has said no to somebody."""
        return frozenset(row["gathering"] for row in self._all("turned_away_from", phone=phone))

    def guests(self, gathering: int) -> tuple[Guest, ...]:
        """Who comes to one, who asks and who waits, in the order in which they said so."""
        return tuple(map(guest_of, self._all("guests_of", number=gathering)))


def gathering_of(row: Row) -> Gathering:
    return Gathering(
        **{name: row[name] for name in AS_KEPT},
        code=str(row["code"]),
        weather=Weather(row["weather"] or Weather.ANYWAY),
        listed=bool(row["listed"]),
        anyone=bool(row["anyone"]),
        line=int(row["waiting"]),
    )


def guest_of(row: Row) -> Guest:
    return Guest(
        number=row["guest_number"],
        gathering=gathering_of(row),
        guest=row["guest"],
        people=row["guest_people"],
        state=GuestState(row["state"]),
        asked_at=row["asked_at"],
        seat=row["guest_seat"],
        told_at=row["told_at"],
    )
