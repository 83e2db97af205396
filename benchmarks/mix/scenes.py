"""Scenes: what the carrier brings about one request that is taken, one that waits, and what goes on around them.

A scene is 25 webhooks of about ten people, and the mix is scenes and nothing else, so its proportions are those of a
scene: 15 texts, 6 reports and 4 steps of calls. The reasons: a request takes its neighbor three or four texts (a first
one, where, what a helper should know, yes); three volunteers are asked, of whom one wins, one is late and one says no;
either side looks how it stands; the winner says that it is done. Every text that we send to those three brings two
reports, sent and delivered. One in 25 is not understood, and one is brought twice, which carriers do whenever an answer
was slow. A call is shorter here than a whole one (14 steps, benchmarks/calls.py): many hang up once they have said what
they need.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import count
from random import Random

from benchmarks.mix import words
from benchmarks.texts import ACCOUNT, NUMBER, Form, form, phone, sid
from tests.faults.texting import wording

SEED = 19
AT_ONCE = 100  # scenes that go on beside each other, each somewhere else
TEXTS, REPORTS, CALLS = "/twilio/sms", "/twilio/status", "/twilio/voice"
ASKED = 3  # volunteers
NEIGHBORS, OLD, GIVING, CALLING = 212, 718, 585, 917  # area codes, so that nobody is two people


class Kind(StrEnum):
    """What one webhook of the mix is. In the order of the page."""

    FIRST = "a first text"
    ANSWER = "an answer: where"
    DETAILS = "what a helper should know"
    CONFIRM = "yes, that is right"
    WINS = "YES that wins"
    LATE = "YES that is late"
    NO = "NO"
    ASKER = "STATUS of who asked"
    VOLUNTEER = "STATUS of who helps"
    DONE = "DONE"
    UNCLEAR = "words that nobody understands"
    REPEAT = "a text brought again"
    SENT = "a report: sent"
    DELIVERED = "a report: delivered"
    CALL = "a call begins"
    STEP = "a key in a call"


@dataclass(frozen=True)
class Webhook:
    """One thing that the carrier brings. `holds` stands in a right answer; nobody of a scene says the next thing before
    the last was answered."""

    kind: Kind
    scene: int
    path: str
    form: Form
    holds: str


@dataclass(frozen=True)
class Cast:
    """Who is in the scene of a number."""

    scene: int

    @property
    def neighbors(self) -> tuple[str, str]:
        """Two who ask for the first time."""
        return phone(2 * self.scene, NEIGHBORS), phone(2 * self.scene + 1, NEIGHBORS)

    @property
    def waits(self) -> str:
        """Who asked before; about this request the volunteers were asked."""
        return phone(2 * self.scene, OLD)

    @property
    def passes_by(self) -> str:
        """Somebody whom we know."""
        return phone(2 * self.scene + 1, OLD)

    @property
    def volunteers(self) -> tuple[str, ...]:
        return tuple(phone(ASKED * self.scene + place, GIVING) for place in range(ASKED))

    @property
    def caller(self) -> str:
        return phone(self.scene, CALLING)

    def sent(self, place: int) -> str:
        """The carrier's id of the text by which that volunteer was asked."""
        return sid(f"sent {self.scene} {place}")


def scene(number: int, code: str, seed: int = SEED) -> list[Webhook]:
    """All of a scene in its order. `code` is what its volunteers were asked to text."""
    return [*_Scene(Cast(number), code, Random(f"{seed} {number}")).play()]


@dataclass
class _Scene:
    cast: Cast
    code: str
    dice: Random

    def play(self) -> Iterator[Webhook]:
        one, two = self.cast.neighbors
        wins, late, busy = self.cast.volunteers
        dice, code = self.dice, self.code
        yield self._text(Kind.FIRST, one, words.whole(dice), "intake.details")
        yield self._text(Kind.DETAILS, one, words.details(dice), "intake.confirm")
        yield self._text(Kind.CONFIRM, one, words.yes(dice), "intake.thanks")
        yield self._text(Kind.WINS, wins, words.taking(dice, code), "take.taken")
        yield self._text(Kind.LATE, late, words.taking(dice, code), "take.gone")
        yield self._text(Kind.NO, busy, words.not_now(dice, code), "decline.told")
        yield self._report(Kind.SENT, 0)
        yield self._report(Kind.DELIVERED, 0)
        yield self._text(Kind.FIRST, two, words.part(dice), "intake.area")
        yield self._text(Kind.ANSWER, two, words.place(dice), "intake.details")
        again = self._text(Kind.DETAILS, two, words.details(dice), "intake.confirm")
        yield again
        yield self._text(Kind.CONFIRM, two, words.yes(dice), "intake.thanks")
        yield self._text(Kind.ASKER, one, words.status(dice), "status.asked_open")
        yield self._text(Kind.VOLUNTEER, wins, words.status(dice), "status.in_hand")
        yield self._call(Kind.CALL, None, "")
        yield self._call(Kind.STEP, 1, "1")
        yield self._call(Kind.STEP, 2, "1")
        yield self._call(Kind.STEP, 3, dice.choice("123"))
        yield self._report(Kind.SENT, 1)
        yield self._report(Kind.DELIVERED, 1)
        yield self._text(Kind.UNCLEAR, self.cast.passes_by, words.unclear(dice), "intake.what")
        yield Webhook(Kind.REPEAT, again.scene, again.path, again.form, again.holds)
        yield self._text(Kind.DONE, wins, words.finished(dice, code), "done.told")
        yield self._report(Kind.SENT, 2)
        yield self._report(Kind.DELIVERED, 2)

    def _text(self, kind: Kind, sender: str, said: str, key: str) -> Webhook:
        id = sid(f"{self.cast.scene} {kind} {sender}")
        return Webhook(kind, self.cast.scene, TEXTS, form(id, sender, said), _wording(key))

    def _report(self, kind: Kind, place: int) -> Webhook:
        status = "delivered" if kind is Kind.DELIVERED else "sent"
        told = [(name, self.cast.sent(place)) for name in ("MessageSid", "SmsSid")]
        told += [(name, status) for name in ("MessageStatus", "SmsStatus")]
        told += [("To", self.cast.volunteers[place]), ("From", NUMBER), ("AccountSid", ACCOUNT)]
        return Webhook(kind, self.cast.scene, REPORTS, [*told, ("ApiVersion", "2010-04-01")], "")

    def _call(self, kind: Kind, turn: int | None, key: str) -> Webhook:
        told = [("CallSid", f"CA{self.cast.scene:032x}"), ("From", self.cast.caller), ("To", NUMBER)]
        told += [("AccountSid", ACCOUNT), ("Direction", "inbound"), ("CallStatus", "in-progress")]
        pressed = [("Digits", key)] if key else []
        path = CALLS if turn is None else f"{CALLS}?turn={turn}"
        return Webhook(kind, self.cast.scene, path, [*told, ("ApiVersion", "2010-04-01"), *pressed], "<Say")


@cache
def _wording(key: str) -> str:
    return wording(key)


STEPS = len(scene(0, "101"))
LEAD = sum(AT_ONCE // STEPS * (STEPS - 1 - step) for step in range(STEPS))
"""Webhooks until as many scenes are at each of their steps."""


def day(codes: Sequence[str] | Mapping[int, str], seed: int = SEED) -> Iterator[Webhook]:
    """The mix, for as long as there are codes. Of those scenes that go on beside each other one begins with each tick,
    so that all kinds come in the same proportions at any time, once `LEAD` has passed."""
    under_way: dict[int, list[Webhook]] = {}
    begun = count()
    for tick in count():
        for slot in range(AT_ONCE):
            if (tick - slot) % STEPS == 0:
                number = next(begun)
                if number >= len(codes):
                    return
                under_way[slot] = scene(number, codes[number], seed)
            if slot in under_way:
                yield under_way[slot][(tick - slot) % STEPS]


def enough(webhooks: int) -> int:
    """Scenes that so many webhooks need."""
    return webhooks // STEPS + 2 * AT_ONCE


def proportions() -> dict[Kind, float]:
    """The part of each kind."""
    kinds = [each.kind for each in scene(0, "101")]
    return {kind: kinds.count(kind) / len(kinds) for kind in Kind}
