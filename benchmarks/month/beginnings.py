"""What people begin in the month, and when, drawn from the seed before anything happens. What follows: `answering`."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.month.people import Neighbor

DAY, HOUR, MINUTE = 86400.0, 3600.0, 60.0
A_MONTH, NEIGHBORHOOD = 30.0, 300.0  # what the numbers below are of

REQUESTS, OFFERS, LOOKS, BORROWINGS, VISITS, STATUSES = 60, 60, 130, 80, 40, 25
TOOLS, DAILY, LISTENERS, STOPS = 20, 26, 30, 5  # whatever the length of the month; four more are rung for safety
FROM, UNTIL = 8.5, 21.5  # hours of the day between which people begin something

ASKED = {"food": ("food", "comida"), "ride": ("a ride", "un viaje"), "medicine": ("medicine", "medicina")}
GIVEN: tuple[tuple[str, str, str], ...] = (
    ("oranges", "naranjas", "food"),
    ("soup for four", "sopa para cuatro", "food"),
    ("bread from yesterday", "pan de ayer", "food"),
    ("tomatoes", "tomates", "food"),
    ("an hour of reading aloud", "una hora de lectura", "other"),
    ("baby clothes", "ropa de bebe", "other"),
    ("rides to the market", "viajes al mercado", "ride"),
    ("haircuts", "cortes de pelo", "other"),
    ("help with letters", "ayuda con cartas", "other"),
)
LENT: tuple[tuple[str, str], ...] = (
    ("ladder", "escalera"),
    ("ladder", "escalera"),
    ("drill", "taladro"),
    ("sewing machine", "maquina de coser"),
    ("wheelbarrow", "carretilla"),
    ("saw", "sierra"),
    ("big pot", "olla grande"),
    ("tent", "carpa"),
    ("bike pump", "bomba de bicicleta"),
    ("projector", "proyector"),
)
WISHED = (8, 8, 5, 3, 2, 2, 2, 1, 1, 1)  # how often each is asked for
TOGETHER: tuple[tuple[str, str, str], ...] = (
    ("garden work", "trabajo en el huerto", "other_day"),
    ("a meal", "una comida", "anyway"),
    ("bike repairs", "arreglar bicicletas", "off"),
)
WHEN = (("Saturday 10am", "sabado 10am"), ("Sunday 2pm", "domingo 2pm"), ("Saturday 3pm", "sabado 3pm"))
PURPOSE = "the team decides in April what to do first"
QUESTIONS = ("What is missing on your street?", "What would you do first?")
OUTCOME = "a bench at the bus stop and lights in the passage"


@dataclass(frozen=True)
class Beginning:
    """One thing that somebody begins `at` so many seconds after the start: a text, or a call where `words` are "".
    `wants` says what is answered on the way, by the prompts' keys. "{number}" in them is that of the circle which
    `told_by` organizes: it goes by word of mouth."""

    at: float
    who: Neighbor
    words: str
    wants: dict[str, str] = field(default_factory=dict)
    told_by: Neighbor | None = None


def drawn(people: Sequence[Neighbor], days: int, chance: Random, cast: Collection[str]) -> Iterator[Beginning]:
    """All of it. Those of the `cast`, by their names, stop nothing, and have their own daily calls."""
    yield from _Month(people, days, chance, cast).all()


@dataclass
class _Month:
    people: Sequence[Neighbor]
    days: int
    chance: Random
    cast: Collection[str]

    def all(self) -> Iterator[Beginning]:
        """Whoever is asked about what is missing said so before; whoever stops began nothing else."""
        for begin in (self._requests, self._offers, self._looks, self._tools, self._borrowings, self._together):
            yield from begin()
        for begin in (self._daily, self._listening, self._statuses, self._stops):
            yield from begin()

    def many(self, of: int) -> int:
        """So many of a month in a neighborhood of 300, here."""
        return max(2, round(of * len(self.people) / NEIGHBORHOOD * self.days / A_MONTH))

    def few(self, of: int) -> int:
        """So many of a neighborhood of 300, however long it is looked at."""
        return max(2, round(of * len(self.people) / NEIGHBORHOOD))

    def someone(self, fits: Callable[[Neighbor], bool] = lambda _: True) -> Neighbor:
        return self.chance.choice([who for who in self.people if not who.coordinates and fits(who)])

    def some_time(self, first: float = 0.0, last: float | None = None) -> float:
        """Seconds after the start, which is noon, within these days; by day."""
        day = self.chance.randrange(int(first), max(int(first) + 1, int(self.days if last is None else last)))
        hour = self.chance.uniform(FROM, UNTIL)
        return max(MINUTE, day * DAY + (hour - 12) * HOUR)

    def _begun(self, at: float, who: Neighbor, words: str, way: Sequence[str], **wants: str) -> Beginning:
        """By text, or by keys from the menu on where they have a landline: `way` is what they choose there."""
        told = {name.replace("__", "."): value for name, value in wants.items()}
        menu = dict(zip(("menu.what_next", "menu.give"), way, strict=False))
        return Beginning(at, who, "" if who.by_phone else words, {**told, **(menu if who.by_phone else {})})

    def _requests(self) -> Iterator[Beginning]:
        for _ in range(self.many(REQUESTS)):
            who = self.someone(lambda who: not who.gives)
            what = self.chance.choice(tuple(ASKED))
            words = f"{in_their(who, *ASKED[what])} {who.zip}"
            yield self._begun(self.some_time(), who, words, ("ask",), intake__what=what, intake__details="5 Elm St")

    def _offers(self) -> Iterator[Beginning]:
        for _ in range(self.many(OFFERS)):
            who = self.someone(lambda who: who.manner != "silent")
            en, es, what = self.chance.choice(GIVEN)
            gift = in_their(who, en, es)
            lasts = "days" if what == "food" else self.chance.choice(("a_week", "till_gone"))
            yield self._begun(
                self.some_time(), who, f"{in_their(who, 'OFFER', 'OFREZCO')} {gift}", ("give", "gift"), gift__what=what,
                gift__what_is_it=gift, gift__lasts=lasts, gift__portions=str(self.chance.randint(1, 6)),
            )  # fmt: skip

    def _looks(self) -> Iterator[Beginning]:
        for _ in range(self.many(LOOKS)):
            who = self.someone()
            yield self._begun(self.some_time(1), who, in_their(who, "OFFERS", "OFERTAS"), ("offers",))

    def _tools(self) -> Iterator[Beginning]:
        for place in range(self.few(TOOLS)):
            who = self.someone(lambda who: who.manner == "quick" and not who.machine)
            tool = in_their(who, *LENT[place % len(LENT)])
            care = in_their(who, "clean it, please", "limpia, por favor") if place % 3 == 0 else "NO"
            yield self._begun(
                self.some_time(0, min(4, self.days)), who, f"{in_their(who, 'LEND', 'PRESTO')} {tool}",
                ("give", "lend"), lend__what_is_it=tool, lend__care=care,
                lend__days=self.chance.choice(("days_7", "days_2")),
            )  # fmt: skip

    def _borrowings(self) -> Iterator[Beginning]:
        for _ in range(self.many(BORROWINGS)):
            who = self.someone(lambda who: who.manner != "silent")
            tool = in_their(who, *self.chance.choices(LENT, WISHED)[0])
            yield self._begun(self.some_time(1), who, f"{in_their(who, 'BORROW', 'PRESTADO')} {tool}", ("tools",))

    def _together(self) -> Iterator[Beginning]:
        """Each is invited to some days before; those who look hear of what there is."""
        for place, ((en, es, weather), when) in enumerate(zip(TOGETHER, WHEN, strict=True)):
            if place * 8 >= self.days:
                return
            at = self.some_time(place * 8, place * 8 + 1)
            who = self.someone(lambda who: who.manner == "quick" and not who.by_phone)
            words = f"{in_their(who, 'DAY', 'JORNADA')} {in_their(who, en, es)} {in_their(who, *when)}"
            yield self._begun(
                at, who, words, ("give", "day"), day__what_is_it=in_their(who, en, es), day__where="12 Elm Street",
                day__places=("8", "12", "NO")[place], day__weather=weather, day__clock="1000",
                day__whom=("anyone", "each", "each")[place],
            )  # fmt: skip
            for _ in range(self.few(VISITS)):
                guest = self.someone(lambda who: who.manner != "silent")
                look = self.some_time(place * 8 + 1, min(self.days, place * 8 + 4))
                yield self._begun(look, guest, in_their(guest, "DAYS", "JORNADAS"), ("days",))

    def _daily(self) -> Iterator[Beginning]:
        for _ in range(self.few(DAILY)):
            who = self.someone(lambda who: who.manner != "silent" and who.name not in self.cast)
            hour = self.chance.choice(("7:30 am", "8 am", "8:30 am", "9 am", "10 am", "6 pm", "7:30 pm"))
            at, half = self.some_time(0, min(3, self.days)), "evening" if "pm" in hour else "morning"
            word = in_their(who, "DAILY", "DIARIO")
            yield self._begun(at, who, f"{word} {hour}", ("daily",), daily__hour=hour[:-3], daily__half=half)
            if not who.by_phone and self.days > 6 and self.chance.random() < 0.3:
                away = in_their(who, "AWAY until Sunday", "AUSENTE hasta el domingo")
                yield Beginning(self.some_time(4), who, away)
            for day in range(4, self.days):
                if not who.by_phone and "am" in hour and self.chance.random() < 0.06:
                    yield Beginning(day * DAY - 4.8 * HOUR + self.chance.uniform(0, 900), who, "OK")

    def _listening(self) -> Iterator[Beginning]:
        for _ in range(self.few(LISTENERS)):
            who = self.someone(lambda who: not who.by_phone and who.manner != "silent")
            word = in_their(who, "LISTEN", "ESCUCHAR")
            yield Beginning(self.some_time(0, min(6, self.days)), who, word, {"listen.asked": "yes"})
        team = next(who for who in self.people if who.coordinates)
        asked = {"plan_round.purpose": PURPOSE, "plan_round.sure": "yes"}
        asked |= {f"plan_round.question{place}": words for place, words in enumerate(QUESTIONS, 1)}
        if self.days > 17:
            yield Beginning(7 * DAY - HOUR, team, "ROUND", asked)
            yield Beginning(16 * DAY, team, "ROUND", {"plan_round.outcome": OUTCOME})

    def _statuses(self) -> Iterator[Beginning]:
        for _ in range(self.many(STATUSES)):
            who = self.someone()
            yield self._begun(self.some_time(2), who, in_their(who, "STATUS", "ESTADO"), ("status",))

    def _stops(self) -> Iterator[Beginning]:
        for place in range(self.few(STOPS)):
            who = self.someone(lambda who: not who.by_phone and not who.gives and who.name not in self.cast)
            leaves = in_their(who, "LEAVE", "SALIR")
            yield Beginning(self.some_time(self.days // 3), who, leaves if place == 1 else "STOP")


def in_their(who: Neighbor, english: str, spanish: str) -> str:
    return spanish if who.language == "es" else english
