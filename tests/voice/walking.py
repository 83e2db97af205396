"""Walks through every prompt of a call, breadth first: from each place on, every key, silence and hanging up.

Where a key leads is the same in every language: a community of one language is walked in English, and what is heard at
each place is told again in the others. `WALKED_BESIDE` says what is walked in them all the same, to be held against it.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

from hotline.channels import dial, prompt_clips, voice
from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.lint.sample_towns import usual
from hotline.channels.lint.wordings import SOURCE, wordings
from hotline.community.model import Community
from hotline.community.reading import from_table
from hotline.engine.session import Prompt, Values
from hotline.inbound.access_code import PrivateWords
from hotline.model.calendar import DAY, FOREVER
from hotline.model.calls import NO_NEED
from hotline.model.circles import Circle, Deed
from hotline.model.daily_rings import DailyRing
from hotline.model.gatherings import Gathering, GuestState, Weather
from hotline.model.gifts import Gift
from hotline.model.loans import State, Tool
from hotline.model.outgoing import NEWS
from hotline.model.people import Volunteer
from hotline.model.safety_rings import Alarm, Consent, Contact
from hotline.storage import Transaction
from tests.in_full import IN_FULL, ON_BOTH
from tests.unit.build import NOW, plain
from tests.voice.documents import Document
from tests.voice.switchboard import HANG_UP, SECRET, SILENCE, Begins, Exchange, Moment
from tests.world import FIRST_ROW

ME, ANA, BEN, ROSA = "+12125550113", "+12125550111", "+12125550112", "+12125550199"
ALL_KEYS = (*"12347890*#", SILENCE, HANG_UP)  # five and six are as seven: no list is that long
NO_KEYS = (SILENCE,)
KEYS_THAT_DO = (*"12349#", SILENCE, HANG_UP)
KEYS_OF_A_RING = (*"12349*#", SILENCE, HANG_UP)  # what it leads to is walked with every key from other calls
KEYS_TO_HEAR = (*"12", SILENCE, HANG_UP)  # all news in one call: what follows it is walked after news of one kind
ALIKE = frozenset(("intake", "groups", "person", "signup"))  # whoever calls; what follows is walked once, from "new"
SEEN_AT_EACH = (*"*#", SILENCE, HANG_UP)  # also after a miss
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


def new(tx: Transaction) -> None:
    """Never heard before, and there is somebody who gives."""
    known(tx, BEN, "", "Ben")
    tx.volunteers.enroll(BEN, ("food",), ("north",), "active", NOW - 9)
    circle_of(tx, BEN)  # which they may join by its number


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
            tx.volunteers.pause(ME, FOREVER, NOW)

    return prepare


def offered(tx: Transaction) -> None:
    asked = tx.needs.get(need(tx, ANA, "open"))
    assert asked
    tx.alerts.send(asked, Volunteer(ME), 1, [Prompt("alerts.offer")], NOW - 5, NOW + 999)


def giver(language: str) -> Prepare:
    """Somebody who gives something, is asked for it, and can hear what another gives."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, ANA, language)
        mine, hers = offered_by(tx, ME, ""), offered_by(tx, ANA, "leeks")
        tx.gifts.ask(mine, ANA, NOW - 3, NOW + DAY)
        assert hers

    return prepare


def offered_by(tx: Transaction, giver: str, inside: str) -> int:
    number = tx.gifts.begin(giver, "soup", NOW - 9, NOW + DAY)
    asked: dict[str, Any] = {
        "what": "food",
        "area": "north",
        "inside": inside,
        "portions": 5,
        "until": NOW + 2 * DAY,
        "lasts": 2 * DAY,
    }
    tx.gifts.list(Gift(number, giver, words="soup", **asked), NOW + DAY)
    return number


def lender(language: str) -> Prepare:
    """Somebody whose tools are asked for, with others, back, and broken, and who can hear what another lends."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, ANA, language)
        for state in (State.ASKED, State.FETCH, State.OUT, State.BACK):
            lent(tx, lent_by(tx, ME), ANA, state)
        tx.loans.in_repair(lent_by(tx, ME), NOW - 1)
        tx.loans.in_repair(lent_by(tx, ANA), NOW - 1)
        lent(tx, lent_by(tx, ANA), BEN, State.OUT)
        lent_by(tx, ANA)

    return prepare


def borrower(language: str) -> Prepare:
    """Somebody who waits for a tool, may fetch one, and has two."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, ANA, language)
        waited_for = lent_by(tx, ANA)
        lent(tx, waited_for, ME, State.OUT)
        lent(tx, waited_for, BEN, State.LINE)
        for state in (State.LINE, State.FETCH, State.OUT, State.BACK):
            lent(tx, lent_by(tx, ANA), ME, state)

    return prepare


def lent_by(tx: Transaction, phone: str) -> int:
    number = tx.loans.begin_tool(phone, "ladder", NOW - 9, NOW + DAY)
    care = "stand it on even ground"
    tx.loans.list_tool(Tool(number, phone, words="ladder", area="north", care=care), NOW + DAY)
    return number


def lent(tx: Transaction, tool: int, to: str, state: State) -> None:
    loan = tx.loans.get(tx.loans.begin(tool, to, NOW - 3))
    assert loan
    number = tx.loans.make_need(loan, NOW) if state.away else 0
    if number:
        tx.needs.take(number, loan.tool.lender, NOW)
    tx.loans.put(loan.but(state=state, need=number, until=NOW + 2 * DAY), None, NOW)


def host(language: str) -> Prepare:
    """Somebody who invites to a day with guests, which the weather may put off, and to one without."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, ANA, language)
        with_guests = invited_by(tx, ME, places=5, weather=Weather.OTHER_DAY, rain_at=NOW + 3 * DAY)
        tx.gatherings.put(with_guests, ANA, GuestState.COMES, 3, NOW - 3)
        tx.gatherings.put(with_guests, BEN, GuestState.WAITS, 2, NOW - 2)
        tx.gatherings.put(with_guests, ROSA, GuestState.ASKS, 1, NOW - 2)
        invited_by(tx, ME)

    return prepare


def guest(language: str) -> Prepare:
    """Somebody who comes to one day, waits for a place at another, asks to come to a third, and can hear of more."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, ANA, language)
        tx.gatherings.put(invited_by(tx, ANA), ME, GuestState.COMES, 2, NOW - 3)
        full = invited_by(tx, ANA, places=2)
        tx.gatherings.put(full, BEN, GuestState.COMES, 2, NOW - 3)
        tx.gatherings.put(full, ME, GuestState.WAITS, 1, NOW - 2)
        tx.gatherings.put(invited_by(tx, ANA), ME, GuestState.ASKS, 1, NOW - 2)
        invited_by(tx, ANA, places=4, anyone=True)
        invited_by(tx, ANA)
        room_for_fewer = invited_by(tx, ANA, places=15)
        tx.gatherings.put(room_for_fewer, BEN, GuestState.COMES, 4, NOW - 3)

    return prepare


def invited_by(tx: Transaction, phone: str, **more: Any) -> int:
    number = tx.gatherings.begin(phone, "garden work", NOW - 9, NOW + DAY)
    begins = {"place": "12 Elm, behind the shop", "area": "north", "starts_at": NOW + 2 * DAY, **more}
    tx.gatherings.list(Gathering(number, phone, words="garden work", **begins), NOW + DAY)
    return number


def organizer(language: str) -> Prepare:
    """Somebody who organizes circles: one that may begin, one that would last long, one in which it is their turn."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, ANA, language, "Ana")
        circle_of(tx, ME, ANA)
        circle_of(tx, ME, *(f"+1212555014{place}" for place in range(6)))
        circle_of(tx, ME)
        begun = begin(tx, circle_of(tx, ME, ANA, BEN))
        tx.circles.mark(begun.number, 1, begun.members[1].number, begun.members[0].number, Deed.PAID, NOW - 3)

    return prepare


def in_circles(language: str) -> Prepare:
    """Somebody who is in circles: in one they are asked to swap, in one it is said that theirs did not come."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, ANA, language, "Ana")
        circle_of(tx, ANA, ME)
        swaps = begin(tx, circle_of(tx, ANA, ME, BEN))
        tx.circles.keep(swaps.but(swap_from=swaps.members[2].number, swap_to=swaps.members[1].number), None)
        begin(tx, circle_of(tx, ANA, BEN, ME))
        rests = begin(tx, circle_of(tx, ANA, ME))
        hers, mine = rests.members[0].number, rests.members[1].number
        tx.circles.mark(rests.number, 1, mine, hers, Deed.PAID, NOW - 3)
        tx.circles.mark(rests.number, 1, hers, mine, Deed.NOT_RECEIVED, NOW - 2)

    return prepare


def circle_of(tx: Transaction, phone: str, *others: str) -> int:
    number = tx.circles.begin(phone, "our corner", NOW - 9, NOW + DAY)
    given: dict[str, Any] = {"words": "our corner", "share": "a bag of rice", "starts_at": NOW + 3 * DAY}
    tx.circles.list(Circle(number, phone, newcomers_last=True, **given), NOW + DAY)
    for each in (phone, *others):
        circle = tx.circles.get(number)
        assert circle
        tx.circles.join(circle, each, newcomer=False, now=NOW - 8)
    return number


def begin(tx: Transaction, number: int) -> Circle:
    """It has begun, in the order in which they joined."""
    circle = tx.circles.get(number)
    assert circle
    begun = circle.but(turn=1, seed="sun moon", members=tuple(each.but(place=each.seat) for each in circle.members))
    tx.circles.place(circle, begun)
    tx.circles.keep(begun, NOW + DAY)
    return begun


def each_day(language: str, *, rings: bool = False) -> Prepare:
    """Somebody who is rung each day, and may be just now."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        tx.daily_rings.keep(DailyRing(ME, "08:30", NOW if rings else NOW + DAY, NOW + DAY, rings=rings), NOW)
        if rings:
            tx.calls.want(ME, NOW, NOW)
            tx.calls.lease(NOW + 99, NOW)

    return prepare


def looked_after(language: str) -> Prepare:
    """Somebody who is rung for safety, and looks after another."""

    def prepare(tx: Transaction) -> None:
        each_day(language)(tx)
        known(tx, ANA, "", "Ana")
        tx.safety.for_safety(ME, True)
        tx.safety.keep_contact(Contact(ME, ANA, 1, Consent.YES, NOW - 9))
        tx.safety.keep_contact(Contact(BEN, ME, 1, Consent.YES, NOW - 9))

    return prepare


def asked_to_look(language: str, *, agreed: bool) -> Prepare:
    """Somebody who is rung to look after another: in an alarm or, before they agreed, to ask whether they will."""

    def prepare(tx: Transaction) -> None:
        known(tx, ME, language)
        known(tx, BEN, "", "Ben")
        tx.daily_rings.keep(DailyRing(BEN, "08:30", NOW + DAY, NOW + DAY), NOW)
        tx.safety.keep_contact(Contact(BEN, ME, 1, Consent.YES if agreed else Consent.ASKED, NOW - 9))
        if agreed:
            tx.safety.raise_alarm(Alarm(BEN, NOW - 9, NOW - 9))
            tx.safety.keep_alarm(Alarm(BEN, NOW - 9, NOW + DAY, place=1, asked=ME))
        tx.calls.want(ME, NOW, NOW)
        tx.calls.lease(NOW + 99, NOW)

    return prepare


def withheld(tx: Transaction) -> None:
    need(tx, "withheld:CA1", "taken")


NEWS_OF_ONE = ("news.taken", "news.first_words")
ALL_NEWS = tuple(key for key, _ in wordings(SOURCE) if key.startswith("news."))
TOLD: Values = {
    **dict.fromkeys(("what", "gives"), ("food",)),
    **dict.fromkeys(("area", "areas"), ("north",)),
    **dict.fromkeys(("name", "who", "group", "hours", "words", "details"), "Ben"),
    "number": "101",
    "ending": "0155",
    "day": ("monday",),
    "phone": "2125550155",
    "reason": ("message",),
    **dict.fromkeys(("people", "count"), "2"),
    "have": "1",
    "wanted": "2",
    "times": "1",
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


def called_back(language: str, *, in_vain: bool = False) -> Prepare:
    """One of the team calls back somebody whose call we missed; `in_vain`, who wants nothing more from us."""

    def prepare(tx: Transaction) -> None:
        for phone in (ROSA, ME):
            known(tx, phone, language)
            tx.people.reach_by(phone, True, "yes", "no" if phone == ME else "yes")
        if in_vain:
            tx.people.block(ME, True, NOW)
        tx.calls.want(ROSA, NOW, NOW, NO_NEED, ME)
        tx.calls.lease(NOW + 99, NOW)

    return prepare


@dataclass(frozen=True)
class Beginning:
    """Where a walk begins: the languages of the community, who calls or is rung, what is on record, what is pressed."""

    languages: tuple[str, ...]
    begins: Begins
    prepare: Prepare
    keys: tuple[str, ...] = ALL_KEYS
    retold: str = ""  # which walk in English it is, told again

    @property
    def community(self) -> Community:
        return from_table(plain(), self.languages) if self.languages == TWO else usual(self.languages)


TWO = ("en", "es")
CALLS, HIDES = Begins(ME), Begins("anonymous")
OUT = {"out": "1"}
RUNG, WHISPERED = Begins(ME, OUT), Begins(ME, {"whisper": str(FIRST_ROW)})
CALLS_BACK, CALLED_BACK = Begins(ROSA, OUT), Begins(ME, {"whisper": str(NO_NEED)})
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
    yield "rung with news", Beginning(TWO, RUNG, rung("en"), KEYS_OF_A_RING)
    yield "rung, unnamed", Beginning(TWO, RUNG, rung("es", unnamed=True), KEYS_THAT_DO)
    yield "rung to give", Beginning(TWO, RUNG, rung("en", gives=True, offers=1), KEYS_OF_A_RING)
    yield "rung to give twice", Beginning(TWO, RUNG, rung("en", gives=True, offers=2), KEYS_TO_HEAR)
    yield "a machine answers", Beginning(TWO, A_MACHINE, rung("en"), NO_KEYS)
    yield "a machine hears no name", Beginning(TWO, A_MACHINE, rung("en", unnamed=True), NO_KEYS)
    yield "settled before they pick up", Beginning(TWO, RUNG, rung("es", news=()), NO_KEYS)
    yield "asked to talk", Beginning(TWO, WHISPERED, asked_to_talk("es"))
    yield "calls back", Beginning(TWO, CALLS_BACK, called_back("en"), KEYS_TO_HEAR)
    yield "calls back in vain", Beginning(TWO, CALLS_BACK, called_back("en", in_vain=True), NO_KEYS)
    yield "called back", Beginning(TWO, CALLED_BACK, called_back("es"), KEYS_TO_HEAR)


# English and one of another alphabet; what lands is walked in Spanish, too.
LANGUAGES = languages() if ON_BOTH else (SOURCE, "es", "zh") if IN_FULL else (SOURCE, "zh")
WALKED_BESIDE = ("asked to talk", "withheld")


def _in_one_language() -> Iterator[tuple[str, Beginning]]:
    """The keys that do something, in a community that speaks one language alone."""
    for language in LANGUAGES:
        for name, begins, prepare, keys in (
            ("new", CALLS, new, KEYS_THAT_DO),
            ("neighbor", CALLS, neighbor(language), KEYS_THAT_DO),
            ("volunteer", CALLS, volunteer(language, alerts=1, in_hand=1), KEYS_THAT_DO),
            ("giver", CALLS, giver(language), KEYS_THAT_DO),
            ("lender", CALLS, lender(language), KEYS_THAT_DO),
            ("borrower", CALLS, borrower(language), KEYS_THAT_DO),
            ("host", CALLS, host(language), KEYS_THAT_DO),
            ("guest", CALLS, guest(language), KEYS_THAT_DO),
            ("organizer", CALLS, organizer(language), KEYS_THAT_DO),
            ("in circles", CALLS, in_circles(language), KEYS_THAT_DO),
            ("rung each day", CALLS, each_day(language), KEYS_THAT_DO),
            ("daily ring", RUNG, each_day(language, rings=True), KEYS_THAT_DO),
            ("rung for safety", CALLS, looked_after(language), KEYS_THAT_DO),
            ("asked to agree", RUNG, asked_to_look(language, agreed=False), KEYS_THAT_DO),
            ("asked to look", RUNG, asked_to_look(language, agreed=True), KEYS_THAT_DO),
            ("withheld", HIDES, withheld, KEYS_THAT_DO),
            ("rung with news", RUNG, rung(language), KEYS_THAT_DO),
            ("rung with all news", RUNG, rung(language, news=ALL_NEWS), KEYS_TO_HEAR),
            ("rung to give", RUNG, rung(language, gives=True, offers=1), KEYS_THAT_DO),
            ("asked to talk", WHISPERED, asked_to_talk(language), KEYS_THAT_DO),
            ("calls back", CALLS_BACK, called_back(language), KEYS_TO_HEAR),
            ("called back", CALLED_BACK, called_back(language), KEYS_TO_HEAR),
        ):
            # Where calls are spoken in another language than texts, they have their own way.
            retold = language != SOURCE and messages(language)["voice_language"]
            source = f"{SOURCE}: {name}" if retold else ""
            yield f"{language}: {name}", Beginning((language,), begins, prepare, keys, source)


BEGINNINGS = {**dict(_at_length()), **dict(_in_one_language())}


@dataclass(frozen=True)
class Place:
    """What is heard at one place, what is waited for there ("" at the end), the shortest way to it, the names of its
    wordings, the document, how to say it in another language where it is made of prompts alone, and whether what came
    before was no answer."""

    words: str
    waits_for: str
    languages: frozenset[str]
    way: tuple[str, ...]
    keys: tuple[str, ...]
    said: Document
    again: "Again | None"
    missed: bool


@dataclass
class Walk:
    """What was come to: each place, where every key leads from it, and the wordings that were said."""

    begin: str
    places: dict[str, Place] = field(default_factory=dict)
    leads: dict[str, dict[str, str]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    pressed: int = 0

    @property
    def ends(self) -> set[str]:
        return {where for where, place in self.places.items() if not place.waits_for}


Again = Callable[[Catalogue], str]  # the same step of a call as a document in that catalogue's first language


@dataclass
class Told:
    """What was said in the last step of a call."""

    keys: list[str] = field(default_factory=list)
    again: Again | None = None

    def of_wording(self, prompt: Prompt, *args: object) -> object:
        self.keys.append(prompt.key)
        return OF_WORDING(prompt, *args)  # type: ignore[arg-type]

    def listening(self, makes: Callable[..., str]) -> Callable[..., str]:
        """The same maker of documents; what it made is remembered as something that can be said in another language."""

        def make(
            prompts: Iterable[Prompt] = (), language: str = "", catalogue: Any = None, *more: Any, **by: Any
        ) -> str:
            prompts = tuple(prompts)
            self.again = lambda there: makes(prompts, there.community.languages[0], there, *more, **by)
            return makes(prompts, language, catalogue, *more, **by)

        return make

    def clear(self) -> None:
        self.keys.clear()
        self.again = None


OF_WORDING = prompt_clips.of_wording
MAKERS = ((voice, "render"), (dial, "join"), (dial, "ask"), (dial, "declined"))  # from prompts to a document


@cache
def walk(name: str) -> Walk:
    """The whole walk from one beginning, or what it says in another language."""
    retold = BEGINNINGS[name].retold
    return _retold(walk(retold), BEGINNINGS[name].community) if retold else walked(name)


def walked(name: str, *, at_every_miss: bool = False) -> Walk:
    """Walked key by key. After a miss only those keys are pressed again that were missed, one of each kind, and those
    that say something again, unless `at_every_miss`: an answer is the same at the second try. Raises AssertionError for
    a document that nobody should hear."""
    beginning = BEGINNINGS[name]
    tongue, _, who = name.rpartition(": ")
    alone = (
        at_every_miss or beginning.begins is HIDES or who in ("new", *WALKED_BESIDE)
    )  # who hides it is asked for one
    first = None if alone else walk(f"{tongue}: new" if tongue else "new")
    with _listening() as told, _rare_collections():
        exchange = Exchange(beginning.community, beginning.begins)
        return _walk(exchange, beginning, told, first, at_every_miss=at_every_miss)


@contextmanager
def _listening() -> Iterator[Told]:
    told = Told()
    with ExitStack() as patched:
        patched.enter_context(patch.object(voice, "of_wording", told.of_wording))
        for module, name in MAKERS:
            patched.enter_context(patch.object(module, name, told.listening(getattr(module, name))))
        yield told


@contextmanager
def _rare_collections() -> Iterator[None]:
    """A walk keeps what it makes: to look through all of it again and again took a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(500_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _retold(source: Walk, community: Community) -> Walk:
    """The same places in another language."""
    seen, there = Walk(source.begin, leads=source.leads), Catalogue(community).on(NOW)
    with _listening() as told:
        for where, place in source.places.items():
            told.clear()
            if place.again:
                _arrive(seen, where, Document(place.again(there)), place.way, told, missed=place.missed)
            else:
                seen.places[where] = place
    return seen


def _walk(exchange: Exchange, beginning: Beginning, told: Told, elsewhere: Walk | None, *, at_every_miss: bool) -> Walk:
    first = exchange.set_up(beginning.prepare)
    seen = Walk(exchange.place(first))
    ahead = deque([(seen.begin, first, "")])
    _arrive(seen, seen.begin, first.document, first.way, told, missed=False)
    while ahead:
        where, here, before = ahead.popleft()
        if elsewhere and here.flow in ALIKE and here.elsewhere in elsewhere.leads:
            _adopt(seen, where, elsewhere, here.elsewhere)
            continue
        keys_here = _keys(here, beginning.keys)
        after_a_miss = before if seen.places[where].missed else ""
        known = {} if at_every_miss else seen.leads.get(here.without_silence or after_a_miss, {})
        ways = seen.leads[where] = {}
        for keys in keys_here:
            like = _like(seen, keys, known, ways)
            if like is not None:
                ways[keys] = like
                continue
            told.clear()
            seen.pressed += 1
            ways[keys], there = exchange.press(here, keys, known=seen.places.keys())  # type: ignore[arg-type]
            if there:
                _arrive(seen, ways[keys], there.document, there.way, told, missed=there.misses > 0 or there.silent)
                same = there.question == here.question and keys != HANG_UP  # another call asks anew
                ahead.append((ways[keys], there, where if same else ""))
    return seen


def _adopt(seen: Walk, where: str, elsewhere: Walk, there: str) -> None:
    """What follows is what followed in the walk where it was seen."""
    seen.leads[where] = elsewhere.leads[there]
    ahead = [*elsewhere.leads[there].values()]
    while ahead:
        if (place := ahead.pop()) not in seen.places:
            seen.places[place] = elsewhere.places[place]
            seen.leads[place] = elsewhere.leads.get(place, {})
            ahead += seen.leads[place].values()


def _like(seen: Walk, keys: str, known: Mapping[str, str], ways: Mapping[str, str]) -> str | None:
    """Where these keys lead after a miss, if that is `known` from the same question before it: an answer leads where it
    led, and what was missed alike is missed alike. None where it is to be seen."""
    led = known.get(keys)
    if led is None or keys in SEEN_AT_EACH:
        return None
    if not seen.places[led].missed:
        return led
    return next((ways[other] for other, to in known.items() if to == led and other in ways), None)


def _arrive(seen: Walk, where: str, document: Document, way: tuple[str, ...], told: Told, *, missed: bool) -> None:
    document.check()
    seen.said.update(told.keys)
    keys = tuple(dict.fromkeys(told.keys))
    seen.places[where] = Place(
        document.words, document.waits_for, frozenset(document.languages), way, keys, document, told.again, missed
    )
    assert len(seen.places) < MOMENTS, way


def _keys(moment: Moment, keys: tuple[str, ...]) -> tuple[str, ...]:
    match moment.document.waits_for:
        case "Key":
            return keys
        case "Gather":
            return tuple(dict.fromkeys((*keys, *TYPED)))
        case "Record":
            return ("#", "*", "0", "1", "speaks", SILENCE, HANG_UP)
    return (SILENCE,) if keys == NO_KEYS else (SILENCE, HANG_UP)
