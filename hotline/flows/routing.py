"""What one reply means: opting out, a code, a fixed word, the last thing we asked, or a new request. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from hotline.engine.answers import Heard
from hotline.records import Facts, Need


class Kind(StrEnum):
    """All that a reply can mean."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    CARRIERS = "carriers"  # the carrier has answered already
    EMERGENCY = "emergency"
    TAKE = "take"
    DECLINE = "decline"
    DONE = "done"
    DROP = "drop"
    UNSURE = "unsure"  # a yes with words around it: no yes
    STATUS = "status"
    MENU = "menu"
    BACK = "back"
    PERSON = "person"
    SIGNUP = "signup"
    LANGUAGE = "language"
    GOODBYE = "goodbye"
    AGAIN = "again"
    ANSWER = "answer"
    THANKS = "thanks"
    NOTE = "note"  # words about a need that is under way
    NEW = "new"
    NOTHING_OPEN = "nothing_open"


@dataclass(frozen=True)
class Meaning:
    """What a reply means; `number` is the need it is about, "" where none was said; `name` the word that said it."""

    kind: Kind
    number: str = ""
    name: str = ""


FIRST_CODE = 101
LAST_CODE = 9999  # five digits are a ZIP code
VERBS = {"yes": Kind.TAKE, "no": Kind.DECLINE, "done": Kind.DONE, "drop": Kind.DROP, "status": Kind.STATUS}
FIXED = {
    "menu": Kind.MENU,
    "back": Kind.BACK,
    "status": Kind.STATUS,
    "person": Kind.PERSON,
    "volunteer": Kind.SIGNUP,
}
KEYS = {"*": Kind.BACK, "0": Kind.PERSON, "9": Kind.GOODBYE}


def meaning(heard: Heard, facts: Facts) -> Meaning:
    """The rules in their order; the first that knows an answer is right."""
    found = (
        _about_texting(heard, facts)
        or _code(heard, facts)
        or _fixed(heard, facts)
        or _last_asked(heard, facts)
        or _unasked(heard, facts)
    )
    return found or Meaning(Kind.NEW)


def _about_texting(heard: Heard, facts: Facts) -> Meaning | None:
    if "carrier_stop" in heard.names or "opt_out" in heard.names:
        return Meaning(Kind.OPT_OUT, name="carrier" if "carrier_stop" in heard.names else "")
    if "carrier_start" in heard.names:
        return Meaning(Kind.OPT_IN)
    if "carrier_help" in heard.names:
        return Meaning(Kind.CARRIERS)
    if "emergency" in heard.names:
        return Meaning(Kind.EMERGENCY)
    return None


def _code(heard: Heard, facts: Facts) -> Meaning | None:
    """YES 112, 112, DONE 112. A bare number is a code only where there is such a need."""
    codes = [number for number in heard.numbers if FIRST_CODE <= number <= LAST_CODE]
    if heard.keys or len(codes) != 1 or len(heard.numbers) != 1:
        return None
    code, verbs = str(codes[0]), [name for name in heard.names if name in VERBS]
    known = facts.need(code)
    if not verbs and not heard.rest and not heard.names and known:
        return Meaning(Kind.STATUS if known.neighbor == facts.me.phone else Kind.TAKE, code)
    if not verbs or set(heard.names) != set(verbs):
        return None
    if heard.rest or len(set(verbs)) > 1:
        return Meaning(Kind.UNSURE, code) if verbs[0] == "yes" and known else None
    return Meaning(VERBS[verbs[0]], code)


def _fixed(heard: Heard, facts: Facts) -> Meaning | None:
    if heard.keys:
        return Meaning(KEYS[heard.keys]) if heard.keys in KEYS else None
    if heard.digits == "0":
        return Meaning(Kind.PERSON)
    for name, kind in FIXED.items():
        if heard.only(name):
            return Meaning(kind)
    if facts.has_taken and (heard.only("done") or heard.only("drop")):
        return Meaning(VERBS[heard.names[0]], _the_one(facts.has_taken))
    asking = facts.me.session.waiting and facts.me.session.step == "language"
    for name in facts.offered.languages:
        if heard.only(name) and not asking:
            return Meaning(Kind.LANGUAGE, name=name)
    return None


def _last_asked(heard: Heard, facts: Facts) -> Meaning | None:
    """The newest question wins, a flow's or an alert's: a yes half-way through a form takes the need just offered."""
    waiting = facts.me.session.waiting
    if facts.alerts and (not waiting or facts.alerted_at > facts.me.asked_at):
        about_it = _about_alerts(heard, facts.alerts)
        if about_it:
            return about_it
    return Meaning(Kind.ANSWER) if waiting else None


def _the_one(needs: tuple[Need, ...]) -> str:
    """The number of the need that is meant when there is just one to mean."""
    return needs[0].code if len(needs) == 1 else ""


def _about_alerts(heard: Heard, alerts: tuple[Need, ...]) -> Meaning | None:
    number = _the_one(alerts)
    if heard.only("yes"):
        return Meaning(Kind.TAKE, number)
    if heard.only("no"):
        return Meaning(Kind.DECLINE, number)
    return Meaning(Kind.UNSURE, number) if "yes" in heard.names else None


def _unasked(heard: Heard, facts: Facts) -> Meaning | None:
    """Words that answer no question of ours."""
    if heard.only("thanks"):
        return Meaning(Kind.THANKS)
    if any(heard.only(verb) for verb in VERBS):
        return Meaning(Kind.NOTHING_OPEN)
    asks = set(heard.names) & set(facts.offered.needs)
    if (facts.has_taken or facts.asked_for) and heard.words and not asks:
        return Meaning(Kind.NOTE)
    return None
