"""Neighborhood: who lives there, with which phone and language, how soon they answer, and what they help with."""

import math
from dataclasses import dataclass, field
from random import Random

FIRST_NAMES = (
    "Ana", "Ben", "Cho", "Dora", "Eli", "Fay", "Gus", "Hana", "Ivo", "Joy", "Kofi", "Lupe", "Mina", "Noor",
    "Olga", "Paz", "Quin", "Rita", "Saul", "Tess", "Uma", "Vera", "Wes", "Xena", "Yara", "Zoe", "Abel", "Bea",
    "Carl", "Dina", "Emil", "Flor", "Greta", "Hugo", "Inez", "Jose", "Kim", "Luz", "Mateo", "Nina",
)  # fmt: skip
AREA_CODES = ("212", "646", "718", "917")
A_CODE = 90  # numbers of each: those above are the coordinators'
FIRST_ENDING = 101  # below it is the hotline itself
PLACES = {"north": "11216", "downtown": "11201", "harbor": "11231"}
COORDINATORS = {"Rosa": "+12125550195", "Jun": "+12125550196", "Lena": "+12125550197"}
NEEDS = ("food", "ride", "medicine")

SPANISH, LANDLINE, MACHINE, SILENT, SLOW, VOLUNTEERS = 0.35, 0.12, 0.02, 0.05, 0.15, 0.14  # parts of all people
QUICK_MINUTES, SLOW_MINUTES = 12.0, 300.0  # half of the answers come within


@dataclass
class Neighbor:
    """One person. `manner` is "quick", "slow" or "silent" (reads and never answers); `machine` picks up their calls."""

    name: str
    number: str
    language: str
    area: str
    kind: str
    manner: str
    machine: bool = False
    gives: tuple[str, ...] = ()
    coordinates: bool = False
    wants: dict[str, str] = field(default_factory=dict)
    """What they answer to which question, by the prompt's key, in what they have begun."""
    once: dict[str, str] = field(default_factory=dict)
    """What they do about which news the first time, by the prompt's key: a command, or "" for nothing."""
    out: list[tuple[float, float]] = field(default_factory=list)
    """When they neither read nor pick up, in seconds after the start."""
    machine_when_out: bool = False

    @property
    def by_phone(self) -> bool:
        return self.kind == "landline"

    @property
    def zip(self) -> str:
        return PLACES[self.area]

    def back_at(self, at: float) -> float:
        """When they read and pick up again: at once, later, or never (infinity)."""
        return next((until for since, until in self.out if since <= at < until), at)

    def is_out(self, at: float) -> bool:
        return self.back_at(at) > at

    def goes_silent(self, at: float) -> None:
        self.out.append((at, math.inf))

    def minutes(self, chance: Random) -> float:
        """How long they take to answer; a few take a day."""
        middle = SLOW_MINUTES if self.manner == "slow" else QUICK_MINUTES
        return min(1500.0, chance.lognormvariate(0, 0.9) * middle)


def settle(many: int, chance: Random) -> list[Neighbor]:
    """Everybody, the coordinators first. What each is like is drawn, so many of each kind."""
    team = [
        Neighbor(name, number, "en", area, "flip", "quick", coordinates=True)
        for (name, number), area in zip(COORDINATORS.items(), PLACES, strict=True)
    ]
    here = [_neighbor(place, many, chance) for place in range(many - len(team))]
    return team + here


def _neighbor(place: int, many: int, chance: Random) -> Neighbor:
    code, ending = AREA_CODES[place // A_CODE], FIRST_ENDING + place % A_CODE
    name, again = FIRST_NAMES[place % len(FIRST_NAMES)], place // len(FIRST_NAMES)
    manner = chance.choices(("silent", "slow", "quick"), (SILENT, SLOW, 1 - SILENT - SLOW))[0]
    kind = "landline" if chance.random() < LANDLINE else "flip"
    volunteer = kind == "flip" and manner != "silent" and place % round(1 / VOLUNTEERS) == 0
    return Neighbor(
        name=f"{name} {chr(ord('A') + again - 1)}" if again else name,
        number=f"+1{code}5550{ending}",
        language="es" if chance.random() < SPANISH else "en",
        area=chance.choice(tuple(PLACES)),
        kind=kind,
        manner="quick" if kind == "landline" and manner == "silent" else manner,
        machine=kind == "landline" and chance.random() < MACHINE / LANDLINE,
        gives=tuple(sorted(chance.sample(NEEDS, chance.choice((1, 2, 2, 3))))) if volunteer else (),
    )
