"""Reading keys: what a caller pressed and said. A secret is tried here and kept nowhere."""

from hotline.community.model import Community
from hotline.engine.answers import (
    BRIEF,
    NO_AREA_CODE,
    NO_SUCH_CODE,
    NOT_RUNG,
    OUR_OWN_NUMBER,
    WRONG,
    Code,
    Heard,
    PhoneNumber,
    Pin,
)
from hotline.engine.steps import Ask
from hotline.flows import question_of
from hotline.flows.coordinator.line import room
from hotline.flows.coordinator.record_prompts import studio
from hotline.flows.sharing.daily_rings.daily_ring import NAMED, daily
from hotline.inbound.access_code import PrivateWords, try_pin
from hotline.model import phone_numbers
from hotline.model.events import CallStep
from hotline.model.people import Person
from hotline.storage import Transaction

SHORT_WHILE = 20.0  # seconds after which a sound is looked for, should the carrier never say that it is there
SHORTEST_SECRET = 4  # digits
SHORTEST_NUMBER = 7  # digits


def read_keys(
    tx: Transaction, me: Person, step: CallStep, words: PrivateWords, community: Community, now: float
) -> Heard:
    """What was pressed and said; of a PIN or a word, only whether it was right."""
    country = community.country
    recorded_prompt, question = me.session.flow == studio.name, question_of(me.session)
    kind = question.answer if isinstance(question, Ask) else None
    recording = step.recording if recorded_prompt or not step.brief else ""  # a digit takes no longer than a second
    if recording:
        tx.recordings.begun(recording, me.phone, "prompt" if recorded_prompt else "words", now + SHORT_WHILE, now)
    if isinstance(kind, PhoneNumber) and len(step.keys) > 1:
        why_not = _not_rung(step.keys, step.line, country) or typed_number(me, step.keys, country)
        return Heard(keys="phone", names=(why_not,)) if why_not else Heard(keys=step.keys)
    if isinstance(kind, Code) and _names_nothing(tx, step.keys):
        return Heard(keys=step.keys, names=(NO_SUCH_CODE,))
    secret = isinstance(kind, Pin) and step.keys.isdecimal() and len(step.keys) > 1
    late = step.turn != me.session.turn and step.keys.isdecimal() and len(step.keys) >= SHORTEST_SECRET
    if late:  # typed where a PIN was asked for, perhaps: a text came in between
        tx.inbound.forget_keys(step.id)
    if not secret:
        return Heard(keys=step.keys, recording=recording, names=(BRIEF,) if recording and step.brief else ())
    tx.inbound.forget_keys(step.id)
    current = step.turn == me.session.turn
    return Heard(keys="pin", names=(_opens(tx, me, step.keys, words, community, now) if current else WRONG,))


def _names_nothing(tx: Transaction, keys: str) -> bool:
    typed = keys.rstrip("#")
    return typed.isdecimal() and tx.circles.of_code(int(typed)) is None


def typed_number(me: Person, typed: str, country: str) -> str:
    """Why the number of somebody else, where we asked for one, is not rung; "" if it is, or if none was asked for."""
    if me.session.flow != daily.name or not me.session.waiting or me.session.step not in NAMED:
        return ""
    digits = "".join(letter for letter in typed if letter.isdigit() or letter == "+")
    if len(digits) < SHORTEST_NUMBER:
        return ""
    own = phone_numbers.normalise(digits, country) == me.phone
    return NOT_RUNG if own else _not_rung(digits, "", country)


def _not_rung(keys: str, line: str, country: str) -> str:
    """Why a number to call back is not rung, "" if it is."""
    if phone_numbers.normalise(keys, country) == line:
        return OUR_OWN_NUMBER
    if phone_numbers.to_call(keys, country):
        return ""
    return NO_AREA_CODE if phone_numbers.lacks_area_code(keys, country) else NOT_RUNG


def _opens(tx: Transaction, me: Person, keys: str, words: PrivateWords, community: Community, now: float) -> str:
    if me.session.flow == room.name:
        return try_pin(tx, community, keys, me.phone, now)
    code = me.session.answers.get("need", "")
    need = tx.needs.of_code(int(code), me.phone) if code.isdecimal() else None
    return words.opens(tx, community, need.number if need else 0, keys, me.phone, now)
