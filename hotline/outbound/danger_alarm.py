"""Danger alarm: what coordinators hear when somebody is or may be in danger, who of them is rung, and what is held.

One number brings them one text about possible and one about certain danger within an hour, and a few more where it
speaks of another danger; it rings once. Every word is kept all the same. What waits for their word, they are reminded
of; whoever holds the phone ends none of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotline.channels.parsing.parser import Hearing
from hotline.channels.parsing.tokens import tokens
from hotline.community.model import Community
from hotline.dispatch.follow_up import SEEN_HOLDS, first_look_at_danger
from hotline.engine.session import Prompt, Values
from hotline.flows.everyone.danger import GENERAL
from hotline.model import phone_numbers
from hotline.model.calendar import HOUR, MINUTE
from hotline.model.dangers import CERTAIN, POSSIBLE, DangerCase
from hotline.model.needs import Need, Status
from hotline.model.outgoing import NEWS
from hotline.outbound import notify_coordinators
from hotline.storage import Transaction

ONCE_IN = HOUR  # texts to coordinators about one number
MOST_OTHERS = 4  # texts about other dangers of one number in that time
MOST_READ = 30  # texts of one number that are compared
SECOND_TEXT = 2 * MINUTE  # after the first, where nobody can be rung
EMERGENCY, MAYBE, NO_DANGER = "emergency", "maybe_danger", "no_danger"
FLAGS = {CERTAIN: EMERGENCY, POSSIBLE: MAYBE}


def raise_alarm(
    tx: Transaction, community: Community, level: str, words: str, party: str, about: int, now: float
) -> None:
    """Somebody says that there is danger, or may be. A request of theirs is held from now on."""
    another = _is_another(tx, community, level, words, party, now)
    tx.flags.add(FLAGS[level], party, words, about, now)
    need = tx.needs.get(about) if about else None
    if need and need.is_of(party) and need.status in (Status.DRAFT, Status.OPEN):
        tx.needs.hold(about, now)
    case = tx.dangers.raised(party, about, level, words, first_look_at_danger(level, now), now)
    key = "news.danger" if level == CERTAIN else "news.maybe_danger"
    _tell(tx, community, case.but(words=words), level, key, now, another=another)


def _is_another(tx: Transaction, community: Community, level: str, words: str, party: str, now: float) -> bool:
    """Whether it speaks of another danger than what they said lately; a few in an hour, so that nobody floods us."""
    before = tx.dangers.said_lately(party, now - ONCE_IN, MOST_READ)
    if not before:
        return level == CERTAIN  # a coordinator has looked at all that was said: this they have not seen
    hear = Hearing(community).hear
    known: list[Said] = []
    others = 0
    for text in (*before, words):
        kinds = frozenset(rule.partition(":")[0] for rule in hear(text).why) - GENERAL
        said = Said(frozenset(tokens(text)), kinds)
        other = bool(known) and said.is_other_than(known)
        others += other
        known.append(said)
    return other and others <= MOST_OTHERS and len(before) < MOST_READ


@dataclass(frozen=True)
class Said:
    """The words of a text, and the kinds of danger that it names."""

    words: frozenset[str]
    kinds: frozenset[str]

    def is_other_than(self, known: Sequence["Said"]) -> bool:
        """Whether a kind was not named before, or most of its words were not said with any other."""
        if self.kinds.difference(*(one.kinds for one in known)):
            return True
        return all(2 * len(self.words & one.words) < len(self.words) for one in known)


def is_withdrawn(case: DangerCase, need: Need | None) -> bool:
    """Whether the request was closed by whoever holds the phone, before a coordinator looked."""
    cancelled = need is not None and need.status is Status.CANCELLED
    return case.level == CERTAIN and case.seen_at is None and cancelled


def unlooked(tx: Transaction, community: Community, party: str) -> str:
    """What no coordinator has looked at yet of what they said: "danger", "crisis" or nothing."""
    words = [case.words for case in tx.dangers.of(party) if case.seen_at is None]
    if not words:
        return ""
    hear = Hearing(community).hear
    return "crisis" if any(hear(each).crisis for each in words) else "danger"


def gets_no_texts(tx: Transaction, community: Community, party: str, now: float) -> None:
    """Somebody ended our texts before a coordinator looked: they can only be called."""
    for case in tx.dangers.of(party):
        if case.seen_at is None:
            _put(tx, community, case, [Prompt("news.danger_no_texts", values=_told(tx, case))], now)


def is_so(tx: Transaction, community: Community, party: str, words: str, now: float) -> None:
    """They say that it is so."""
    for case in tx.dangers.open(party, POSSIBLE):
        counts_as_yes(tx, community, _with(case, words), "news.danger", now)


def counts_as_yes(tx: Transaction, community: Community, case: DangerCase, key: str, now: float) -> None:
    """What was possible is certain from now on."""
    tx.flags.settle_of(case.party, MAYBE, now)
    tx.flags.add(EMERGENCY, case.party, case.words, case.need, now)
    tx.dangers.grew(case.id, first_look_at_danger(CERTAIN, now))
    _tell(tx, community, case, CERTAIN, key, now)


def is_not_so(tx: Transaction, party: str, words: str, now: float) -> None:
    """They say that nobody is in danger: it is noted, and what was held for that alone goes on."""
    possible = tx.dangers.open(party, POSSIBLE)
    if not any(tx.relays.held(case.need) for case in possible):  # else a person has to look all the same
        tx.flags.settle_of(party, MAYBE, now)
    certain = {case.need for case in tx.dangers.open(party, CERTAIN)}
    for case in possible:
        tx.flags.note(NO_DANGER, party, _with(case, words).words, case.need, now)
        tx.dangers.settle(case.id, now)
        if case.need and case.need not in certain:
            let_go(tx, case.need, "news.asked_now", now)


def let_go(tx: Transaction, number: int, key: str, now: float) -> None:
    """A request goes to volunteers after all; who asked hears it, if it is sent already."""
    need = tx.needs.get(number)
    if need and tx.needs.let_go(number, now) and need.status is Status.OPEN:
        tx.outbox.put(need.neighbor, [Prompt(key, values={"number": need.code})], number, NEWS, now, any_hour=True)


def seen_to(tx: Transaction, number: int, now: float) -> None:
    """A coordinator has said what becomes of it."""
    tx.dangers.settle_about(number, now)
    for why in (EMERGENCY, MAYBE):
        tx.flags.settle_why(number, why, now)


def looked_at(tx: Transaction, cases: Iterable[DangerCase], now: float) -> None:
    """A coordinator has looked: the reminders end. What is held goes on being held until they say what becomes of it.
    The question whether somebody is in danger still waits for its answer."""
    for case in cases:
        need = tx.needs.get(case.need) if case.need else None
        if waits(tx, case, need) and case.level == CERTAIN:
            tx.dangers.seen(case.id, now, now + SEEN_HOLDS)
        elif case.level == CERTAIN:
            tx.dangers.settle(case.id, now)


def pass_on(tx: Transaction, number: int, now: float) -> None:
    """Words that were held go to the other side, as far as it still is the other side."""
    need = tx.needs.get(number)
    for said in tx.relays.held(number):
        if need and said.reader in (*need.takers, need.neighbor):
            key = "news.words" if tx.relays.was_written_to(number, said.reader) else "news.first_words"
            told: Values = {"number": need.code, "what": (need.what,), "name": said.name, "details": said.words}
            tx.relays.let_go(number, said, [Prompt(key, values=told)], now)


def remind(tx: Transaction, community: Community, case: DangerCase, now: float) -> None:
    """Something still waits for a coordinator's word."""
    _put(
        tx, community, case, [Prompt("news.danger_waits", values=_told(tx, case)), *_what_to_do(tx, case, CERTAIN)], now
    )
    tx.dangers.told(case.id, now, certain=True)


def goes_on(tx: Transaction, community: Community, case: DangerCase, now: float) -> None:
    """Nobody looked for too long: the request goes on as any other, and both sides hear it."""
    need = tx.needs.get(case.need)
    if need and need.held:
        let_go(tx, case.need, "news.goes_on", now)
    if need and need.held and need.status is Status.OPEN:
        _put(tx, community, case, [Prompt("news.danger_goes_on", values=_told(tx, case))], now)


def taken_back(tx: Transaction, community: Community, number: int, now: float) -> None:
    """Who spoke of danger closes their request: it is over, and a person looks all the same. Whoever holds the phone
    by now could not end the alarm."""
    for case in tx.dangers.about(number):
        if case.level == CERTAIN and case.seen_at is None:
            _put(tx, community, case, [Prompt("news.danger_taken_back", values=_told(tx, case))], now)


def waits(tx: Transaction, case: DangerCase, need: Need | None) -> bool:
    """Whether something waits for a coordinator's word: a request that is not over, or was closed by who asked before
    one of them had looked; or words for the other side."""
    held = need is not None and need.held and need.status in (Status.DRAFT, Status.OPEN)
    return held or is_withdrawn(case, need) or any(said.writer == case.party for said in tx.relays.held(case.need))


def _tell(
    tx: Transaction,
    community: Community,
    case: DangerCase,
    level: str,
    key: str,
    now: float,
    *,
    another: bool = False,
) -> None:
    told, alarmed = tx.dangers.told_since(case.party, now - ONCE_IN)
    if (alarmed or (told and level == POSSIBLE)) and not another:
        return
    said = Prompt(key, values=_told(tx, case))
    _put(tx, community, case, [said, *_what_to_do(tx, case, level)], now)
    tx.dangers.told(case.id, now, certain=level == CERTAIN)
    if level == CERTAIN and not alarmed:
        for phone in filter(notify_coordinators.but(case.party), notify_coordinators.who_is_rung(tx, community, now)):
            notify_coordinators.ring(tx, community, phone, said, case.need, now, wait=SECOND_TEXT)


def _with(case: DangerCase, words: str) -> DangerCase:
    """The case, with what was said besides."""
    return case.but(words=f"{case.words}\n{words}") if words else case


def _put(tx: Transaction, community: Community, case: DangerCase, prompts: list[Prompt], now: float) -> None:
    for phone in filter(notify_coordinators.but(case.party), community.coordinators.values()):
        tx.outbox.put(phone, prompts, case.need, NEWS, now, any_hour=True)


def _told(tx: Transaction, case: DangerCase) -> Values:
    phone = case.party if phone_numbers.is_shown(case.party) else ("hidden_number",)
    name = tx.people.name_of(case.party)
    return {"number": tx.needs.code_of(case.need), "name": name, "phone": phone, "details": case.words}


def _what_to_do(tx: Transaction, case: DangerCase, level: str) -> list[Prompt]:
    """What a coordinator may text back."""
    need = tx.needs.get(case.need) if case.need else None
    if need is None:
        return []
    told: Values = {"number": need.code}
    prompts = []
    if level == CERTAIN and need.held and need.status is Status.DRAFT:
        prompts.append(Prompt("news.held_draft", values=told))
    elif level == CERTAIN and need.held and need.status is Status.OPEN:
        prompts.append(Prompt("news.held_need", values=told))
    elif level == CERTAIN:
        prompts.append(Prompt("news.danger_about", values=told))
    if tx.relays.held(need.number):
        prompts.append(Prompt("news.held_words", values=told))
    return prompts
