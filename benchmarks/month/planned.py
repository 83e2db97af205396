"""What is planned, so that each awkward case comes once: two circles, and safety calls with their alarms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.month.beginnings import DAY, HOUR, MINUTE, Beginning, in_their
from benchmarks.month.people import Neighbor

FIRST_IN_CAST = 10  # on the list of people; before them are the coordinators and whoever tests look at
RUNG_AT = "8 am"
SHARES = ("a bag of rice", "una bolsa de arroz"), ("$20", "$20")


def morning(day: int) -> float:
    """Eight o'clock, so many days after the start, which is noon."""
    return day * DAY - 4 * HOUR


@dataclass
class Planned:
    """`cast` are the names of who has a part in it."""

    people: Sequence[Neighbor]
    days: int
    cast: set[str] = field(default_factory=set)
    _weekly: list[Neighbor] = field(default_factory=list)
    _by_lot: list[Neighbor] = field(default_factory=list)
    _rung: list[Neighbor] = field(default_factory=list)
    _contacts: list[Neighbor] = field(default_factory=list)

    def __post_init__(self) -> None:
        """One with a landline in each circle, and one among those who are rung."""
        text = iter([who for who in self._fit() if not who.by_phone])
        keys = iter([who for who in self._fit() if who.by_phone])
        self._weekly = [next(text), next(text), next(text), next(keys)]
        self._rung = [next(text), next(text), next(text), next(keys)]
        self._contacts = [next(text) for _ in range(5)] + [next(keys)]
        self._by_lot = [next(text) for _ in range(4)]
        everybody = (*self._weekly, *self._by_lot, *self._rung, *self._contacts)
        self.cast = {who.name for who in everybody}

    def _fit(self) -> Iterator[Neighbor]:
        there = self.people[FIRST_IN_CAST:]
        return (who for who in there if who.manner == "quick" and not (who.machine or who.gives or who.coordinates))

    def all(self) -> Iterator[Beginning]:
        yield from self._by_agreement()
        yield from self._drawn_by_lot()
        yield from self._safety_calls()

    # --- Circles.

    def _by_agreement(self) -> Iterator[Beginning]:
        """Every week, as they joined. Two swap; one turn rests, until whose turn it is says that it came after all."""
        organizer, one, other, by_keys = self._weekly
        yield self._organizes(
            0.1, organizer, "corner tanda Saturday", "tanda vecina sabado", SHARES[0], "week", "by_agreement"
        )
        yield from self._join(0.8, (one, other), organizer)
        yield Beginning(1.1 * DAY, by_keys, "", self._keys_to_join("{number}"), organizer)
        yield Beginning(
            2.2 * DAY, organizer, "TANDA {number}", {"my_circles.forms": "begin", "circle_begin.sure": "yes"}, organizer
        )
        yield Beginning(2.3 * DAY, organizer, "YES {number}", {"circle_begin.sure": "yes"}, organizer)
        yield Beginning(5.2 * DAY, other, in_their(other, "SWAP", "INTERCAMBIO") + " {number}", {}, organizer)
        one.once |= {"news.circle_gave": "NO", "news.circle_rests": "RECEIVED"}

    def _drawn_by_lot(self) -> Iterator[Beginning]:
        """Every two weeks, by lot. One says nothing about their share, and then neither does who organizes it."""
        organizer, *others = self._by_lot
        yield self._organizes(
            1.1, organizer, "block circle March 21", "tanda del barrio 21 de marzo", SHARES[1], "two_weeks", "by_lot"
        )
        yield from self._join(2.0, others, organizer)
        others[0].once |= {"news.circle_turn": "", "news.circle_missing": "", "news.circle_gave": ""}
        organizer.goes_silent(12.1 * DAY)

    def _organizes(
        self, day: float, who: Neighbor, english: str, spanish: str, share: tuple[str, str], beat: str, order: str
    ) -> Beginning:
        wants = {
            "circle.share": in_their(who, *share),
            "circle.beat": f"beat_{beat}",
            "circle.cover": "covers_organizer",
            "circle.order": order,
            "circle.last": "no",
            "circle.name": who.name,
            "circle_begin.sure": "yes",
        }
        return Beginning(day * DAY, who, f"TANDA {in_their(who, english, spanish)}", wants)

    def _join(self, day: float, people: Sequence[Neighbor], organizer: Neighbor) -> Iterator[Beginning]:
        for place, who in enumerate(people):
            wants = {"circle_join.rule": "yes", "circle_join.name": who.name, "circle_join.new": "no"}
            words = in_their(who, "YES", "SI") + " {number}"
            yield Beginning((day + 0.1 * place) * DAY, who, words, wants, organizer)

    def _keys_to_join(self, code: str) -> dict[str, str]:
        way = {"menu.what_next": "give", "menu.give": "circle", "circles.which": "join", "circles.code": code}
        return {**way, "circle_join.rule": "yes", "ring.hello": "else", "ring.unnamed": "else"}

    # --- Safety calls.

    def _safety_calls(self) -> Iterator[Beginning]:
        """One is out without a word, and a contact finds her well. Of another neither contact picks up, but for a
        machine: the team does. One says before that she is away. One says himself that all is well."""
        found, of_team, away, himself = self._rung
        first, second, third, recorded, fourth, last = self._contacts[:3] + self._contacts[5:] + self._contacts[3:5]
        for who, (one, other) in (
            (found, (first, second)),
            (of_team, (third, recorded)),
            (away, (second, None)),
            (himself, (fourth, last)),
        ):
            yield self._asks_to_be_rung(who, one, other)
        self._is_out(found, 2, 1.5)
        self._is_out(of_team, 5, 4)
        self._is_out(third, 5, 3)
        self._is_out(recorded, 5, 3)
        recorded.machine_when_out = True
        yield Beginning(morning(3) + 6 * HOUR, away, in_their(away, "AWAY until Sunday", "AUSENTE hasta el domingo"))
        self._is_out(himself, 8, 0.9)
        yield Beginning(morning(8) + 56 * MINUTE, himself, "")

    def _asks_to_be_rung(self, who: Neighbor, first: Neighbor, second: Neighbor | None) -> Beginning:
        nobody = "1" if who.by_phone else "NO"
        wants = {
            "daily.hour": RUNG_AT.partition(" ")[0],
            "daily.half": "morning",
            "daily.kind": "safety",
            "daily.safe_sure": "yes",
            "daily.safe_limits": "yes",
            "daily.called": who.name,
            "daily.first": first.number,
            "daily.second": second.number if second else nobody,
        }
        words = f"{in_their(who, 'DAILY', 'DIARIO')} {RUNG_AT}"
        menu = {"menu.what_next": "daily"} if who.by_phone else {}
        return Beginning(0.05 * DAY, who, "" if who.by_phone else words, {**wants, **menu})

    def _is_out(self, who: Neighbor, day: int, hours: float) -> None:
        """In that morning, from before the first call on."""
        who.out.append((morning(day) - HOUR, morning(day) + hours * HOUR))
