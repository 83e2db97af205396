"""What one reply means: opting out, a code, a fixed word, the last thing we asked, or a new request. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.senses import AS_A_VERB, DEEDS, NO, SMALL, YES, asks_for_news, says_nothing, wants_something
from hotline.records import Facts, Need, Status


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
    WITHDRAW = "withdraw"
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
    UNCLEAR = "unclear"  # nothing to go by, and nothing open


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


def meaning(heard: Heard, facts: Facts, question: Question | None) -> Meaning:
    """The rules in their order; the first that knows an answer is right. `question` is what we wait to hear about."""
    found = (
        about_texting(heard, question)
        or _code(heard, facts, question)
        or _fixed(heard, facts, question)
        or _last_asked(heard, facts, question)
        or _unasked(heard, facts)
    )
    return found or Meaning(Kind.NEW)


def about_texting(heard: Heard, question: Question | None) -> Meaning | None:
    """What ends or begins our texts, and what no conversation may keep waiting."""
    if "carrier_stop" in heard.names:
        return Meaning(Kind.OPT_OUT, name="carrier")
    if "crisis" in heard.names:  # someone who wants to end it all is not left alone
        return Meaning(Kind.EMERGENCY, name="crisis")
    if "opt_out" in heard.names or heard.only("opt_out_alone"):
        return Meaning(Kind.OPT_OUT)
    if "carrier_start" in heard.names:
        return Meaning(Kind.OPT_IN)
    if "carrier_help" in heard.names:
        return Meaning(Kind.CARRIERS)
    if "danger" in heard.names or heard.only("danger_alone"):
        return Meaning(Kind.EMERGENCY)
    if "emergency" in heard.names and not _says_more(heard, question):
        return Meaning(Kind.EMERGENCY)
    return None


def _says_more(heard: Heard, question: Question | None) -> bool:
    """An emergency number that stands in an address, or beside a need: an answer or a request, with a warning."""
    other = set(heard.names) - {"emergency", "greeting", "wants", *VERBS, *AS_A_VERB}
    return bool(other) or (isinstance(question, Ask) and bool(heard.rest))


def _code(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """YES 112, 112, DONE 112."""
    codes = [number for number in heard.numbers if FIRST_CODE <= number <= LAST_CODE]
    if heard.keys or len(codes) != 1 or len(heard.numbers) != 1:
        return None
    said = {AS_A_VERB.get(name, name) for name in heard.names}
    said -= {"yes"} if "done" in said else set()
    code, verbs = str(codes[0]), said & set(VERBS)
    if not heard.names and not heard.rest:
        return _bare_number(code, heard, facts, question)
    if not verbs or said != verbs:
        return None
    if verbs == {"status"}:
        return Meaning(Kind.STATUS, code)  # asking does no harm, whatever stands around it
    if heard.rest or heard.asks or len(verbs) > 1:
        return Meaning(Kind.UNSURE, code) if facts.need(code) else None
    return _about_a_need(VERBS[verbs.pop()], code, facts)


def _bare_number(code: str, heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A number alone: a choice we offered, one's own need, or one to take. Never an answer in free words."""
    if isinstance(question, Choose) and code in question.names(facts):
        return Meaning(Kind.ANSWER)
    need = facts.need(code)
    own = need is not None and need.neighbor == facts.me.phone
    asked = need in facts.alerts or need in facts.has_taken
    if heard.asks and not own:
        return Meaning(Kind.UNSURE, code) if asked else None
    offered = need in facts.alerts and facts.alerted_at > facts.me.asked_at
    if isinstance(question, Ask) and not offered:
        return None
    if own:
        return Meaning(Kind.STATUS, code)
    if need is None:
        return Meaning(Kind.TAKE, code) if facts.me.gives and question is None else None
    if facts.me.gives and need.status is Status.OPEN and not asked:
        return Meaning(Kind.UNSURE, code)  # a number alone takes only what one was asked about
    return Meaning(Kind.TAKE, code)


def _about_a_need(kind: Kind, code: str, facts: Facts) -> Meaning:
    """NO about a need in hand gives it back; about one's own, it is not needed any more."""
    if kind is not Kind.STATUS and kind is not Kind.TAKE and any(need.code == code for need in facts.asked_for):
        return Meaning(Kind.WITHDRAW, code)
    holds = any(need.code == code for need in facts.has_taken)
    return Meaning(Kind.DROP if kind is Kind.DECLINE and holds else kind, code)


def _fixed(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    if heard.keys:
        return Meaning(KEYS[heard.keys]) if heard.keys in KEYS else None
    if heard.digits == "0":
        return Meaning(Kind.PERSON)
    for name, kind in FIXED.items():
        if heard.but(asks=False).only(name):
            return Meaning(kind)
    if heard.only("thanks") and isinstance(question, Ask):
        return Meaning(Kind.AGAIN)
    if heard.only("greeting") and question is not None:
        return Meaning(Kind.AGAIN)
    for verb in ("done", "drop"):
        if facts.has_taken and verb in heard.names and heard.only(verb, "yes", "ok"):
            return Meaning(VERBS[verb], _the_one(facts.has_taken))
    asking = question is not None and question.name == "language"
    for name in facts.offered.languages:
        if heard.but(asks=False).only(name) and not asking:
            return Meaning(Kind.LANGUAGE, name=name)
    return None


def _last_asked(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """The newest question wins, a flow's or an alert's: a yes half-way through a form takes the need just offered."""
    if facts.alerts and question is None:
        return _about_alerts(heard, facts.alerts) or _beside_alerts(heard, facts)
    if facts.alerts and facts.alerted_at > facts.me.asked_at:
        about_it = _about_alerts(heard, facts.alerts)
        if about_it:
            return about_it
    return Meaning(Kind.ANSWER) if question is not None else None


def _the_one(needs: tuple[Need, ...]) -> str:
    """The number of the need that is meant when there is just one to mean."""
    return needs[0].code if len(needs) == 1 else ""


def _about_alerts(heard: Heard, alerts: tuple[Need, ...]) -> Meaning | None:
    number = _the_one(alerts)
    if heard.only(*YES):
        return Meaning(Kind.TAKE, number)
    if heard.only(*NO):
        return Meaning(Kind.DECLINE, number)
    return Meaning(Kind.UNSURE, number) if {*YES, *NO} & set(heard.names) else None


def _beside_alerts(heard: Heard, facts: Facts) -> Meaning | None:
    """Words of someone who was asked to give, and said neither yes nor no."""
    if heard.only("thanks"):
        return Meaning(Kind.THANKS)
    if wants_something(heard, facts):
        return Meaning(Kind.NEW)
    if asks_for_news(heard):
        return Meaning(Kind.STATUS)
    return None if facts.has_taken or facts.asked_for else Meaning(Kind.UNSURE, _the_one(facts.alerts))


def _unasked(heard: Heard, facts: Facts) -> Meaning | None:
    """Words that answer no question of ours."""
    if "thanks" in heard.names and heard.only("thanks", "ok"):
        return Meaning(Kind.THANKS)
    if heard.only("yes") and facts.settled:
        return Meaning(Kind.TAKE, facts.settled.code)
    if facts.has_taken or facts.asked_for:
        return _under_way(heard, facts)
    if any(heard.only(verb) for verb in VERBS):
        return Meaning(Kind.NOTHING_OPEN)
    if asks_for_news(heard):
        return Meaning(Kind.STATUS)
    if heard.but(asks=False).only("can_help") or "gives" in heard.names:
        return Meaning(Kind.SIGNUP)
    return Meaning(Kind.UNCLEAR) if says_nothing(heard, facts) else None


def _under_way(heard: Heard, facts: Facts) -> Meaning | None:
    """Words beside a need that is under way: a further request, or something to tell the other side."""
    someone_is_there = facts.has_taken or any(need.takers for need in facts.asked_for)
    if wants_something(heard, facts) or (not someone_is_there and set(heard.names) & set(facts.offered.needs)):
        return Meaning(Kind.NEW)
    if facts.has_taken and DEEDS & set(heard.names):
        return Meaning(Kind.UNSURE, _the_one(facts.has_taken))
    if asks_for_news(heard) and not facts.has_taken:
        return Meaning(Kind.STATUS)
    if heard.only(*SMALL) and not someone_is_there:
        return Meaning(Kind.NOTHING_OPEN)
    if "not_needed" in heard.names and facts.asked_for:
        return Meaning(Kind.WITHDRAW, _the_one(facts.asked_for))
    return Meaning(Kind.NOTE) if heard.words else None
