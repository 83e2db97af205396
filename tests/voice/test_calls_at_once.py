"""Two phones of one number call and text at once, in any order: each caller hears what they would hear alone."""

import os
import re
import sqlite3
from itertools import count

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from hotline.carriers.twilio.forms import Webhook
from hotline.carriers.twilio.parse import call_step
from hotline.channels.catalogue import Catalogue
from hotline.community.reading import from_table
from hotline.inbound import admission
from hotline.inbound.call_ended import hung_up
from hotline.inbound.call_steps import CallSteps
from hotline.inbound.switchboard import Switchboard
from hotline.model.events import Text
from hotline.model.needs import Status
from hotline.storage import Transaction
from hotline.storage.sqlite import _executor
from hotline.storage.sqlite_file import migrate
from tests.unit.build import plain
from tests.voice.documents import Document
from tests.world import NOON

NUMBER, LINE = "+12125550113", "+12125550100"
URLS = ("https://a.org/twilio/voice", "https://a.org/twilio/recording")
UNBOUNDED = admission.Limits(heard_per_hour=1_000_000, fruitless=1_000_000)
WORDS = Catalogue(from_table(plain(), ("en", "es")))
NEEDS, AREAS = ("food", "ride", "medicine"), ("north", "downtown")
ASKED = 5  # keys after which what is heard depends on what the number has asked for before: language to details
TEXTS = ("hi", "status", "1", "food", "2", "thank you", "menu", "no")
TWO = (("1", "1"), ("1", "2"), ("2", "1"))
DIGITS = re.compile(r"\b\d \d \d\b")


class House:
    """A hotline in memory, and a number whose owners call it from several phones."""

    def __init__(self) -> None:
        self.now, self._ids = NOON, count()
        connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(connection)
        self.tx = Transaction(_executor(connection))
        self._calls = CallSteps(WORDS, lambda: self.now, *URLS, limits=UNBOUNDED, secret="nobody's")
        self._texts = Switchboard(WORDS, lambda: self.now, limits=UNBOUNDED)

    def step(self, call: str, before: Document | None, keys: str) -> Document:
        self.now += 1
        fields = {"CallSid": call, "Direction": "inbound", "From": NUMBER, "To": LINE}
        fields |= {"Digits": keys} if keys else {}
        return Document(
            self._calls.answer(self.tx, call_step(Webhook(fields), "US", before.next_step if before else {}, ""))
        )

    def text(self, words: str) -> None:
        self.now += 1
        self._texts.answer_text(self.tx, Text(f"SM{next(self._ids)}", NUMBER, words))

    def hang_up(self, call: str) -> None:
        hung_up(self.tx, self.tx.people.get(NUMBER, self.now), call, self.now)
        self.tx.calls.ended(call, NUMBER, "completed", 9, self.now)


class Caller:
    """Asks for one thing in one place, beside a caller who does the same alone."""

    def __init__(self, house: House, call: str, language: str, what: int, area: int) -> None:
        self.house, self.call, self.alone = house, call, House()
        self.keys = [language, "1", str(what + 1), str(area + 1), "#"]
        self.wants, self.shares = (NEEDS[what], AREAS[area]), False
        self.here, self.there = house.step(call, None, ""), self.alone.step(call, None, "")

    @property
    def over(self) -> bool:
        return not self.here.waits_for

    def press(self) -> None:
        """The next key; once the details are asked, 1 to everything: it is right."""
        key = self.keys.pop(0) if self.keys else "1"
        was_asked = bool(self.keys)
        self.here = self.house.step(self.call, self.here, key)
        if not self.shares and was_asked:
            self.there = self.alone.step(self.call, self.there, key)
            assert masked(self.here) == masked(self.there), self.call


def masked(document: Document) -> str:
    return DIGITS.sub("N", document.words)


class OneNumber(RuleBasedStateMachine):
    """Two phones that call, and one of them that texts."""

    @initialize(wants=st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 1))] * 2), languages=st.sampled_from(TWO))
    def both_call(self, wants: tuple[tuple[int, int], ...], languages: tuple[str, str]) -> None:
        self.house = House()
        self.calls = tuple(
            Caller(self.house, f"CA{at}", key, *want)
            for at, (key, want) in enumerate(zip(languages, wants, strict=True))
        )
        self.spoke_last = self.calls[1]

    @rule(which=st.integers(0, 1), keys=st.integers(1, 3))
    def presses(self, which: int, keys: int) -> None:
        for _ in range(min(keys, len(self.calls[which].keys))):
            self.spoke_last = self.calls[which]
            self.spoke_last.press()

    @rule(words=st.sampled_from(TEXTS))
    def texts(self, words: str) -> None:
        """A text goes on with what was asked last: with the call that spoke last, as it does with one phone."""
        self.spoke_last.shares = True
        self.house.text(words)

    def teardown(self) -> None:
        """Whoever nobody texted for gets what they asked for, and no call is ever shut out of its own."""
        if not hasattr(self, "calls"):
            return
        for _ in range(ASKED + 3):
            for caller in self.calls:
                if not caller.over and not (caller.shares or self._has_asked(caller)):
                    caller.press()
        needs = self.house.tx.needs.asked_for(NUMBER)
        assert all(caller.shares or self._has_asked(caller) for caller in self.calls), needs

    def _has_asked(self, caller: Caller) -> bool:
        needs = self.house.tx.needs.asked_for(NUMBER)
        alike = [each for each in self.calls if each.wants == caller.wants and not each.shares]
        sent = [each for each in needs if each.status is not Status.DRAFT and (each.what, each.area) == caller.wants]
        return len(sent) >= len(alike)


def test_whatever_two_phones_of_one_number_do() -> None:
    run_state_machine_as_test(
        OneNumber,
        settings=settings(
            max_examples=int(os.environ.get("LIVES", "25")),
            stateful_step_count=20,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_each_hears_their_own_question_and_what_broke_off_goes_on() -> None:
    """The first call ends in the middle of its form while the second one goes on; the next call may finish it."""
    house = House()
    one, two = Caller(house, "CA1", "1", 0, 0), Caller(house, "CA2", "1", 1, 1)
    for caller in (one, two, two, one, one, two, two):
        caller.press()
    house.hang_up("CA1")
    for _ in range(4):
        two.press()
    house.hang_up("CA2")
    assert {need.what: need.status for need in house.tx.needs.asked_for(NUMBER)} == {
        "food": Status.DRAFT,
        "ride": Status.OPEN,
    }
    assert "You began something" in house.step("CA3", None, "").words
