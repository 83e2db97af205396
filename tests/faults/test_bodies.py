"""Whatever stands in a text, at every step of every conversation: a document the carrier takes, and nobody waits."""

import asyncio
import random
import sys
import time
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hotline.channels.segments import segments
from hotline.engine.session import Prompt, Session
from hotline.engine.steps import Ask, Choose
from hotline.flows import FLOWS
from hotline.inbound.admission import Limits
from hotline.model.needs import Need
from hotline.model.people import Volunteer
from hotline.storage import Transaction
from tests.faults.conftest import Size
from tests.faults.texting import AWAKE_COMMUNITY, Wire, phones, wire, wording
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.web.test_texts import POISON, messages
from tests.world import ACCOUNT, NUMBER, World, world

STEPS = [(flow.name, step.name) for flow in FLOWS.values() for step in flow.steps if isinstance(step, Choose | Ask)]
ANSWERS = {"words": "food", "what": "food", "area": "north", "details": "two bags", "language": "en"}
ANSWERS |= {"gives": "food", "areas": "north", "name": "Ben"}
ALONE = ("", "")  # no conversation at all
SLOW = 2.0  # seconds of a processor, with all steps at once: far more than they need
PIECES = ["yes", "no", "101", "102", "food", "DONE 101", "stop", "0", "{x}", "%s", "<a>", "&amp;", "\n", "\t", "\x00"]
PIECES += ["(" * 40, "a" * 500, " " * 300, "9" * 60, "-" * 99, "é" * 9, "😀", "\ud800", "\u202e", "\u0300" * 50]
PIECES += ["'", '"', "\u0661\u0660\u0661"]  # the last: 101 in Arabic digits


def bodies(many: int) -> list[str]:
    """The known ones first, then whatever dice make of letters of all kinds."""
    dice = random.Random(23)
    made = [*POISON.values(), *(_made(dice) for _ in range(many))]
    return dice.sample(made, len(made))[:many]


def _made(dice: random.Random) -> str:
    match dice.randrange(4):
        case 0:
            return "".join(dice.choice(LETTERS) for _ in range(dice.randrange(1, 1600)))
        case 1:
            return dice.choice(["", " "]).join(dice.choice(PIECES) for _ in range(dice.randrange(1, 40)))[:1600]
        case 2:
            return dice.choice(PIECES) * dice.randrange(1, 60)
    return " ".join(dice.choice([dice.choice(PIECES), dice.choice(LETTERS)]) for _ in range(200))[:1600]


def _letters() -> list[str]:
    """One of each few hundred letters, of every kind that Unicode knows."""
    dice = random.Random(1)
    kinds: dict[str, list[str]] = {}
    for code in range(0, sys.maxunicode, 7):
        kinds.setdefault(unicodedata.category(chr(code)), []).append(chr(code))
    return [letter for each in kinds.values() for letter in dice.choices(each, k=12)]


LETTERS = _letters()


@dataclass
class Seen:
    """What came back."""

    answers: int = 0
    false: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_other: float = 0.0

    async def poison(self, line: Wire, sid: str, phone: str, body: str) -> None:
        began = time.process_time()
        code, answer = await line.post("/twilio/sms", _text(sid, phone, body))
        self.slowest = max(self.slowest, time.process_time() - began)
        self.answers += 1
        if code != 200 or not _is_kind(answer):
            self.false.append(f"{code} {answer[:300]} to {body[:60]!r}")

    async def other(self, line: Wire, sid: str) -> None:
        began = time.process_time()
        await line.text(sid, "+13105552000", "STATUS")
        self.slowest_other = max(self.slowest_other, time.process_time() - began)


def _text(sid: str, phone: str, body: str) -> list[tuple[str, str]]:
    return [("MessageSid", sid), ("AccountSid", ACCOUNT), ("From", phone), ("To", NUMBER), ("Body", body)]


def _is_kind(answer: str) -> bool:
    """Texts that a phone can show, each of two segments at most, and no stumbling."""
    texts = messages(answer)
    return wording("hello.set_aside") not in answer and all(text.strip() and segments(text) <= 2 for text in texts)


@pytest.mark.first_on("sqlite")
def test_any_body_at_every_step(tmp_path: Path, database_url: str, size: Size, figures: Figures) -> None:
    each = bodies(size(6, 1000))

    async def play() -> Seen:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
            place.hotline.inbound.texts._limits = Limits(10**6, 10**6, 10**6)
            async with wire(place.exchange.public_url) as line:
                return await _all_steps(place, line, each)

    seen = asyncio.run(play())
    stumbled = ask(database_url, "SELECT words FROM flags WHERE why = 'stumbled'")
    note = f"slowest {seen.slowest:.2f} s, others {seen.slowest_other:.2f} s"
    what = f"poison bodies at {len(STEPS) + 1} steps"
    figures.note(Figure(what, kind(database_url), seen.answers, 0, 0, len(seen.false) + len(stumbled), note))
    assert seen.false == []
    assert stumbled == []
    assert max(seen.slowest, seen.slowest_other) < SLOW


async def _all_steps(place: World, line: Wire, each: list[str]) -> Seen:
    seen = Seen()
    people = dict(zip([ALONE, *STEPS], phones(len(STEPS) + 1, 646), strict=True))
    await place.hotline.store.run(_prepare, list(people.values()), place.clock.now)
    for turn, body in enumerate(each):
        await place.hotline.store.run(_back_to_the_step, people, place.clock.now)
        said = (seen.poison(line, f"SM{turn}-{phone}", phone, body) for phone in people.values())
        await asyncio.gather(*said, seen.other(line, f"SMother{turn}"))
    return seen


def _prepare(tx: Transaction, people: list[str], now: float) -> None:
    """Everyone asked for something, gives something, and was asked about two needs of others."""
    needs = [_need(tx, neighbor, now) for neighbor in phones(2)]
    for phone in people:
        tx.people.introduce(phone, "Ben", "en", now)
        tx.volunteers.enroll(phone, ("food",), ("north",), "active", now)
        for need in needs:
            offer = Prompt("alerts.offer", values={"number": need.code})
            tx.alerts.send(need, Volunteer(phone), 1, [offer], now, now + 3600)


def _need(tx: Transaction, neighbor: str, now: float) -> Need:
    tx.people.introduce(neighbor, "", "en", now)
    number = tx.needs.draft(neighbor, "food", now)
    story = {"what": "food", "area": "north", "details": "two bags", "recording": "", "callback": ""}
    tx.needs.record(number, story, now)
    need = tx.needs.get(number)
    assert need
    return need


def _back_to_the_step(tx: Transaction, people: dict[tuple[str, str], str], now: float) -> None:
    for (flow, step), phone in people.items():
        me = tx.people.get(phone, now)
        if not me.volunteer:
            tx.people.opt_in(phone)
        session = Session(phone, flow, step, "en", ANSWERS if flow else {}, turn=me.session.turn)
        tx.people.keep_session(session, now + 1, (1, now), True, now)
        tx.people.opt_in(phone)


def test_any_keys_and_fields_of_a_call(tmp_path: Path, database_url: str, size: Size, figures: Figures) -> None:
    each = bodies(size(30, 1000))

    async def play() -> list[str]:
        async with world(tmp_path, AWAKE_COMMUNITY, database_url=database_url) as place:
            place.hotline.inbound.texts._limits = Limits(10**6, 10**6, 10**6)
            async with wire(place.exchange.public_url) as line:
                return [wrong for at, body in enumerate(each) for wrong in await _call(line, at, body)]

    wrong = asyncio.run(play())
    stumbled = ask(database_url, "SELECT words FROM flags WHERE why = 'stumbled'")
    figures.note(Figure("poison fields of calls", kind(database_url), 2 * len(each), 0, 0, len(wrong) + len(stumbled)))
    assert wrong == []
    assert stumbled == []


async def _call(line: Wire, at: int, body: str) -> list[str]:
    """Picks up, then presses and says whatever it is."""
    call: dict[str, Any] = {"CallSid": f"CA{at}", "AccountSid": ACCOUNT, "From": phones(at + 1)[at], "To": NUMBER}
    odd = {"Digits": body[:400], "SpeechResult": body[:400], "RecordingSid": body[:99], "CallerName": body[:99]}
    wrong = []
    for path, fields in (("/twilio/voice", call), ("/twilio/voice?turn=1", call | odd)):
        code, answer = await line.post(path, list(fields.items()))
        if code != 200 or "<Response>" not in answer or wording("hello.set_aside", channel="voice") in answer:
            wrong.append(f"{code} {answer[:300]} to {body[:60]!r}")
    return wrong
