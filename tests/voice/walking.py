"""Walks through every prompt of a call, breadth first: from each place on, every key, silence and hanging up."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from unittest.mock import patch

from hotline.channels import prompt_clips
from hotline.channels.catalogue import languages
from hotline.channels.lint.sample_towns import usual
from hotline.channels.lint.wordings import SOURCE, wordings
from hotline.community.model import Community
from hotline.community.reading import from_table
from hotline.engine.session import Prompt, Values
from hotline.inbound.access_code import PrivateWords
from hotline.model.calendar import FOREVER
from hotline.model.outgoing import NEWS
from hotline.storage import Transaction
from tests.in_full import IN_FULL
from tests.unit.build import NOW, plain
from tests.voice.documents import Document
from tests.voice.switchboard import HANG_UP, SECRET, SILENCE, Begins, Exchange, Moment
from tests.world import FIRST_ROW

ME, ANA, BEN, ROSA = "+12125550113", "+12125550111", "+12125550112", "+12125550199"
ALL_KEYS = (*"12347890*#", SILENCE, HANG_UP)  # five and six are as seven: no list is that long
NO_KEYS = (SILENCE,)
KEYS_THAT_DO = (*"12349#", SILENCE, HANG_UP)
TYPED = ("12", "101", PrivateWords(SECRET).of(FIRST_ROW), "2125550177", "0000", "12*", "5A", SILENCE, HANG_UP)
MOMENTS = 2500  # of one beginning, at most: a walk that does not end is a mistake of its own

Prepare = Callable[[Transaction], None]


def known(tx: Transaction, phone: str, language: str, name: str = "") -> None:
    tx.people.introduce(phone, name, language, NOW - 9)


def need(tx: Transaction, neighbor: str, upto: str, taker: str = BEN) -> int:
    known(tx, neighbor, "")
    number = tx.needs.draft(neighbor, "bread", NOW - 9)
    if upto == "draft":
        return number
    story = {"what": "food", "area": "north", "details": "two bags", "recording": "", "callback": ""}
    tx.needs.record(number, {**story, "wanted": 2 if upto == "some" else 1}, NOW - 9)
    if upto != "open":
        known(tx, taker, "", "Ben")
        tx.needs.take(number, taker, NOW - 8)
    if upto == "done":
        tx.needs.finish(number, taker, NOW - 7)
        tx.follow_ups.check(number, NOW + 999)  # the neighbor has not said yet that it happened
    return number


def new(_: Transaction) -> None:
    """Never heard before."""


def neighbor(language: str) -> Prepare:
    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        for upto in ("draft", "open", "some", "taken", "done"):
            need(tx, ME, upto)

    return prepare


def volunteer(language: str, *, alerts: int = 0, in_hand: int = 0, paused: bool = False) -> Prepare:
    def prepare(tx: Transaction) -> None:
        known(tx, ME, language, "Gus")
        tx.volunteers.enroll(ME, ("food",), ("north",), "active", NOW - 9)
        for _ in range(alerts):
            offered(tx)
        for _ in range(in_hand):
            need(tx, ANA, "taken", ME)
        if paused:
            tx.volunteers.pause(ME, FOREVER)

    return prepare


def offered(tx: Transaction) -> None:
    asked = tx.needs.get(need(tx, ANA, "open"))
    assert asked
    tx.alerts.send(asked, ME, 1, Prompt("alerts.offer"), NOW - 5, NOW + 999)


def withheld(tx: Transaction) -> None:
    need(tx, "withheld:CA1", "taken")


NEWS_OF_ONE = ("news.taken", "news.first_words")
ALL_NEWS = tuple(key for key, _ in wordings(SOURCE) if key.startswith("news."))
TOLD: Values = {
    **dict.fromkeys(("what", "gives"), ("food",)),
    **dict.fromkeys(("area", "areas"), ("north",)),
    **dict.fromkeys(("name", "who", "group", "hours", "words", "details"), "Ben"),
    "number": "101",
    "day": ("monday",),
    "phone": "2125550155",
    "reason": ("message",),
    "have": "1",
    "wanted": "2",
}


def rung(
    language: str, *, unnamed: bool = False, gives: bool = False, offers: int = 2, news: tuple[str, ...] = NEWS_OF_ONE
) -> Prepare:
    """Somebody who wants calls: there is news about what they asked for, or something to take."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        if gives:
            volunteer(language, alerts=offers)(tx)
        else:
            number = need(tx, ME, "taken")
            for key in news:
                tx.outbox.put(ME, [Prompt(key, values=TOLD)], number, NEWS, NOW)
        tx.people.reach_by(ME, True, "no" if unnamed else "yes", "yes")
        tx.calls.want(ME, NOW, NOW)
        tx.calls.lease(NOW + 99, NOW)

    return prepare


def asked_to_talk(language: str) -> Prepare:
    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        need(tx, ME, "taken")
        tx.people.reach_by(ME, True, "yes", "no")

    return prepare


@dataclass(frozen=True)
class Beginning:
    """Where a walk begins: the languages of the community, who calls or is rung, what is on record, what is pressed."""

    languages: tuple[str, ...]
    begins: Begins
    prepare: Prepare
    keys: tuple[str, ...] = ALL_KEYS

    @property
    def community(self) -> Community:
        return from_table(plain(), self.languages) if self.languages == TWO else usual(self.languages)


TWO = ("en", "es")
CALLS, HIDES = Begins(ME), Begins("anonymous")
OUT = {"out": "1"}
RUNG, WHISPERED = Begins(ME, OUT), Begins(ME, {"whisper": str(FIRST_ROW)})
A_MACHINE = Begins(ME, OUT, {"AnsweredBy": "machine_end_beep"})


def _at_length() -> Iterator[tuple[str, Beginning]]:
    """Every key, in a community of two languages."""
    yield "new", Beginning(TWO, CALLS, new)
    yield "neighbor", Beginning(TWO, CALLS, neighbor("en"))
    yield "volunteer with alerts", Beginning(TWO, CALLS, volunteer("en", alerts=2))
    yield "volunteer with needs in hand", Beginning(TWO, CALLS, volunteer("en", in_hand=2))
    yield "volunteer who pauses", Beginning(TWO, CALLS, volunteer("en", alerts=1, paused=True))
    yield "coordinator", Beginning(TWO, Begins(ROSA), volunteer("en", alerts=1))
    yield "withheld", Beginning(TWO, HIDES, withheld)
    yield "rung with news", Beginning(TWO, RUNG, rung("en"))
    yield "rung, unnamed", Beginning(TWO, RUNG, rung("es", unnamed=True), KEYS_THAT_DO)
    yield "rung to give", Beginning(TWO, RUNG, rung("en", gives=True))
    yield "a machine answers", Beginning(TWO, A_MACHINE, rung("en"), NO_KEYS)
    yield "a machine hears no name", Beginning(TWO, A_MACHINE, rung("en", unnamed=True), NO_KEYS)
    yield "settled before they pick up", Beginning(TWO, RUNG, rung("es", news=()), NO_KEYS)
    yield "asked to talk", Beginning(TWO, WHISPERED, asked_to_talk("es"))


LANGUAGES = languages() if IN_FULL else (SOURCE, "zh")  # English alone, and one of another alphabet
AT_LENGTH = ("new", "neighbor", "rung to give")  # these are walked in English with every key


def _in_each_language() -> Iterator[tuple[str, Beginning]]:
    """The keys that do something, in a community that speaks that language alone."""
    for language in LANGUAGES:
        for name, begins, prepare in (
            ("new", CALLS, new),
            ("neighbor", CALLS, neighbor(language)),
            ("volunteer", CALLS, volunteer(language, alerts=1, in_hand=1)),
            ("withheld", HIDES, withheld),
            ("rung with all news", RUNG, rung(language, news=ALL_NEWS)),
            ("rung to give", RUNG, rung(language, gives=True, offers=1)),
            ("asked to talk", WHISPERED, asked_to_talk(language)),
        ):
            if language != SOURCE or name not in AT_LENGTH:
                yield f"{language}: {name}", Beginning((language,), begins, prepare, KEYS_THAT_DO)


BEGINNINGS = {**dict(_at_length()), **dict(_in_each_language())}


@dataclass(frozen=True)
class Place:
    """What is heard at one place, what is waited for there ("" at the end), the shortest way to it, the names of its
    wordings, and the document."""

    words: str
    waits_for: str
    languages: frozenset[str]
    way: tuple[str, ...]
    keys: tuple[str, ...]
    said: Document


@dataclass
class Walk:
    """What was come to: each place, where every key leads from it, and the wordings that were said."""

    begin: str
    places: dict[str, Place] = field(default_factory=dict)
    leads: dict[str, dict[str, str]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    @property
    def ends(self) -> set[str]:
        return {where for where, place in self.places.items() if not place.waits_for}


def walk(name: str) -> Walk:
    """The whole walk from one beginning. Raises AssertionError for a document that nobody should hear."""
    beginning, said = BEGINNINGS[name], list[str]()

    def of_wording(prompt: Prompt, *args: object) -> object:
        said.append(prompt.key)
        return prompt_clips.of_wording(prompt, *args)  # type: ignore[arg-type]

    with patch("hotline.channels.voice.of_wording", of_wording):
        return _walk(Exchange(beginning.community, beginning.begins), beginning, said)


def _walk(exchange: Exchange, beginning: Beginning, said: list[str]) -> Walk:
    first = exchange.set_up(beginning.prepare)
    seen = Walk(exchange.place(first))
    ahead = deque([(seen.begin, first)])
    _arrive(seen, seen.begin, first, said)
    while ahead:
        where, here = ahead.popleft()
        ways = seen.leads[where] = {}
        for keys in _keys(here, beginning.keys):
            said.clear()
            ways[keys], there = exchange.press(here, keys, known=seen.places.keys())  # type: ignore[arg-type]
            if there:
                _arrive(seen, ways[keys], there, said)
                ahead.append((ways[keys], there))
    return seen


def _arrive(seen: Walk, where: str, there: Moment, said: list[str]) -> None:
    document = there.document
    document.check()
    seen.said.update(said)
    seen.places[where] = Place(
        document.words,
        document.waits_for,
        frozenset(document.languages),
        there.way,
        tuple(dict.fromkeys(said)),
        document,
    )
    assert len(seen.places) < MOMENTS, there.way


def _keys(moment: Moment, keys: tuple[str, ...]) -> tuple[str, ...]:
    match moment.document.waits_for:
        case "Key":
            return keys
        case "Gather":
            return tuple(dict.fromkeys((*keys, *TYPED)))
        case "Record":
            return ("#", "*", "0", "1", "speaks", SILENCE, HANG_UP)
    return (SILENCE,) if keys == NO_KEYS else (SILENCE, HANG_UP)
