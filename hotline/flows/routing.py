"""What one reply means: opting out, a code, a fixed word, the last thing we asked, or a new request. Pure."""

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows import calling, coordinating, relaying, volunteering
from hotline.flows.meanings import Kind, Meaning, command
from hotline.records import Facts, Need, Status

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
        or _command(heard, facts, question)
        or _code(heard, facts, question)
        or _fixed(heard, facts, question)
        or _last_asked(heard, facts, question)
        or _unasked(heard, facts)
    )
    return found or Meaning(Kind.NEW)


def _command(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Words of command mean something only to those whom they concern, and only where they are whole."""
    if heard.keys or not (heard.command or heard.code):
        return None
    return (
        coordinating.meant(heard, facts)
        or volunteering.meant(heard, facts)
        or calling.meant(heard, facts)
        or relaying.meant(heard, facts, question)
    )


def about_texting(heard: Heard, question: Question | None) -> Meaning | None:
    """What ends or begins our texts, and what no conversation may keep waiting."""
    if "carrier_stop" in heard.names:
        return Meaning(Kind.OPT_OUT, name="carrier")
    if "opt_out" in heard.names or heard.only("opt_out_alone"):
        return Meaning(Kind.OPT_OUT)
    if "carrier_start" in heard.names:
        return Meaning(Kind.OPT_IN)
    if "carrier_help" in heard.names:
        return Meaning(Kind.CARRIERS)
    if "emergency" in heard.names and not _says_more(heard, question):
        return Meaning(Kind.EMERGENCY)
    return None


def _says_more(heard: Heard, question: Question | None) -> bool:
    """An emergency number that stands in an address, or beside a need: an answer or a request, with a warning."""
    other = set(heard.names) - {"emergency", "greeting", *VERBS}
    return bool(other) or (isinstance(question, Ask) and bool(heard.rest))


def _code(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """YES 112, 112, DONE 112."""
    codes = [number for number in heard.numbers if FIRST_CODE <= number <= LAST_CODE]
    if heard.keys or len(codes) != 1 or len(heard.numbers) != 1:
        return None
    code, verbs = str(codes[0]), {name for name in heard.names if name in VERBS}
    if not heard.names and not heard.rest:
        return _bare_number(code, facts, question)
    if not verbs or set(heard.names) != verbs:
        return None
    if heard.rest or len(verbs) > 1:
        return Meaning(Kind.UNSURE, code) if "yes" in verbs and facts.need(code) else None
    return _about_a_need(VERBS[verbs.pop()], code, facts)


def _bare_number(code: str, facts: Facts, question: Question | None) -> Meaning | None:
    """A number alone: a choice we offered, one's own need, or one to take. Never an answer in free words."""
    if isinstance(question, Choose) and code in question.names(facts):
        return Meaning(Kind.ANSWER)
    need = facts.need(code)
    offered = need in facts.alerts and facts.alerted_at > facts.me.asked_at
    if isinstance(question, Ask) and not offered:
        return None
    if need is None:
        return Meaning(Kind.TAKE, code) if facts.me.gives and question is None else None
    return Meaning(Kind.STATUS if need.neighbor == facts.me.phone else Kind.TAKE, code)


def _about_a_need(kind: Kind, code: str, facts: Facts) -> Meaning:
    """NO about a need in hand gives it back; about one's own, it is not needed any more."""
    own = facts.need(code)
    if own and own.neighbor == facts.me.phone and (found := _about_ones_own(kind, own)):
        return found
    if kind is not Kind.STATUS and kind is not Kind.TAKE and any(need.code == code for need in facts.asked_for):
        return Meaning(Kind.WITHDRAW, code)
    holds = any(need.code == code for need in facts.has_taken)
    return Meaning(Kind.DROP if kind is Kind.DECLINE and holds else kind, code)


def _about_ones_own(kind: Kind, need: Need) -> Meaning | None:
    """YES, DONE and NO about what someone asked for themself: did it happen, is it needed?"""
    if kind is Kind.DONE and need.active and (need.takers or need.helped):
        return command("happened", need.code, happened="yes")
    if need.status is Status.DONE and kind in (Kind.TAKE, Kind.DONE, Kind.DECLINE):
        return (
            command("happened", need.code) if kind is Kind.DECLINE else command("happened", need.code, happened="yes")
        )
    if need.status is Status.EXPIRED and kind is Kind.TAKE:
        return command("still_needed", need.code, needed="yes")
    return None


def _fixed(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    if heard.keys:
        return Meaning(KEYS[heard.keys]) if heard.keys in KEYS else None
    if heard.digits == "0":
        return Meaning(Kind.PERSON)
    for name, kind in FIXED.items():
        if heard.only(name):
            return Meaning(kind)
    for name in ("by_call", "by_text"):
        if heard.only(name):
            return command(name)
    if heard.only("thanks") and isinstance(question, Ask):
        return Meaning(Kind.AGAIN)
    if heard.only("greeting") and question is not None:
        return Meaning(Kind.AGAIN)
    if facts.has_taken and (heard.only("done") or heard.only("drop")):
        return Meaning(VERBS[heard.names[0]], _the_one(facts.has_taken))
    asking = question is not None and question.name == "language"
    for name in facts.offered.languages:
        if heard.only(name) and not asking:
            return Meaning(Kind.LANGUAGE, name=name)
    return None


def _last_asked(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """The newest question wins, a flow's or an alert's: a yes half-way through a form takes the need just offered."""
    newest = question is None or facts.alerted_at > facts.me.asked_at
    if facts.alerts and newest:
        about_it = _about_alerts(heard, facts.alerts)
        if about_it:
            return about_it
    return Meaning(Kind.ANSWER) if question is not None else None


def _the_one(needs: tuple[Need, ...]) -> str:
    """The number of the need that is meant when there is just one to mean."""
    return needs[0].code if len(needs) == 1 else ""


def _about_alerts(heard: Heard, alerts: tuple[Need, ...]) -> Meaning | None:
    number = _the_one(alerts)
    if heard.only("yes"):
        return Meaning(Kind.TAKE, number)
    if heard.only("no"):
        return Meaning(Kind.DECLINE, number)
    return Meaning(Kind.UNSURE, number) if {"yes", "no"} & set(heard.names) else None


def _unasked(heard: Heard, facts: Facts) -> Meaning | None:
    """Words that answer no question of ours."""
    thanked = relaying.thanks(heard, facts)
    if thanked or heard.only("thanks"):
        return thanked or Meaning(Kind.THANKS)
    if heard.only("yes") and facts.settled:
        return Meaning(Kind.TAKE, facts.settled.code)
    talk = relaying.unasked(heard, facts)
    if talk:
        return talk
    if any(heard.only(verb) for verb in VERBS):
        return Meaning(Kind.NOTHING_OPEN)
    asks = set(heard.names) & set(facts.offered.needs)
    if (facts.has_taken or facts.asked_for or facts.alerts) and heard.words and not asks:
        return Meaning(Kind.NOTE)
    return None
