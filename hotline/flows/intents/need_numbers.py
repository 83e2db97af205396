"""Need numbers in a reply: YES 112, 112 alone, DONE 112. Pure."""

import re
from collections.abc import Sequence

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.small_words import AS_A_VERB
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status, is_code

FORM = "intake"  # the form of a request that is being written
SEVERAL = ("take", "done", "drop", "decline")  # what can be said of several at once
SIDE_BY_SIDE = re.compile(r"[^\W_]*(?:[\s,;.+&/#،、，]+[^\W_]+)*\W?")  # "112, 115", and no "112-115"
VERBS = {"yes": Kind.TAKE, "no": Kind.DECLINE, "done": Kind.DONE, "drop": Kind.DROP, "status": Kind.STATUS}


def by_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A number of a need, alone or with a verb; beside anything else it is no command."""
    codes = list(filter(is_code, heard.numbers))
    if heard.keys or not codes or len(codes) != len(heard.numbers):
        return None
    if len(codes) > 1:
        return _several([str(code) for code in dict.fromkeys(codes)], heard, facts)
    said = {AS_A_VERB.get(name, name) for name in heard.names}
    said -= {"yes"} if "done" in said else set()
    code, verbs = str(codes[0]), said & set(VERBS)
    if _is_the_form(code, facts) and isinstance(question, Choose) and verbs and not heard.rest:
        return Meaning(Kind.ANSWER, said=heard.but(numbers=(), code=""))  # "yes 101" where it is read back
    if not heard.names and not heard.rest:
        return _bare_number(code, heard, facts, question)
    if said == {"ok"} and not (heard.rest or heard.asks or isinstance(question, Ask)) and _is_offered(code, facts):
        return Meaning(Kind.TAKE, code)  # "103 ok", as "ok" alone takes the only one that is open
    if not verbs or said != verbs:
        return None
    if verbs == {"status"}:
        return Meaning(Kind.STATUS, code)  # asking does no harm, whatever stands around it
    if heard.rest or heard.asks or len(verbs) > 1:
        return Meaning(Kind.UNSURE, code) if facts.need(code) else None
    return _about_a_need(VERBS[verbs.pop()], code, facts)


def _is_offered(code: str, facts: Facts) -> bool:
    return any(need.code == code for need in facts.alerts.open)


def _several(codes: Sequence[str], heard: Heard, facts: Facts) -> Meaning | None:
    """ "YES 101 102", "done 101 and 102": each by itself, where each of them is known and nothing else is said."""
    said = {AS_A_VERB.get(name, name) for name in heard.names}
    known = [need for need in map(facts.need, codes) if need and not need.is_of(facts.me.phone)]
    if not said and SIDE_BY_SIDE.fullmatch(heard.own) and all(need in facts.alerts.open for need in known):
        said = {"yes"}  # numbers alone take what was just offered
    if len(said) != 1 or heard.rest or heard.asks or len(known) < len(codes) or not said <= {"yes", "no", *VERBS}:
        return None
    return each([_about_a_need(VERBS[min(said)], code, facts) for code in codes])


def of_those_asked(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """ "Both", "all of them" and "101 and 102", where it was asked which one: each by itself."""
    session = facts.me.session
    if not isinstance(question, Choose) or question.name != "which" or session.flow not in SEVERAL:
        return None
    options = question.names(facts)
    every = heard.only("all") or (heard.only("both") and len(options) == 2)
    named = options if every else tuple(dict.fromkeys(map(str, heard.numbers)))
    if len(named) < 2 or not set(named) <= set(options) or (heard.rest and not every) or heard.asks:
        return None
    return each([Meaning(Kind(session.flow), code) for code in named])


def each(meanings: Sequence[Meaning]) -> Meaning:
    """Several things in one text, one beside the other."""
    first, *others = meanings
    return first.but(beside=each(others)) if others else first


def _bare_number(code: str, heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A number alone: a choice we offered, one's own need, or one to take. Never an answer in free words."""
    if isinstance(question, Choose) and code in question.names(facts):
        return Meaning(Kind.ANSWER)
    need = facts.need(code)
    own = need is not None and need.is_of(facts.me.phone)
    asked = need in facts.alerts.open or need in facts.mine.has_taken
    if heard.asks and not own:
        return Meaning(Kind.UNSURE, code) if asked else None
    offered = need in facts.alerts.open and facts.alerts.asked_at > facts.me.asked_at
    if isinstance(question, Ask) and not offered:
        return None
    if own and need:
        return _goes_on(need, facts) or Meaning(Kind.STATUS, code)
    if need is None:
        return Meaning(Kind.TAKE, code) if facts.me.gives and question is None else None
    if facts.me.gives and need.status is Status.OPEN and not asked:
        return Meaning(Kind.UNSURE, code)  # a number alone takes only what one was asked about
    return Meaning(Kind.TAKE, code)


def _about_a_need(kind: Kind, code: str, facts: Facts) -> Meaning:
    """NO about a need in hand gives it back; about one's own, it is not needed any more."""
    own = facts.need(code)
    if own and own.is_of(facts.me.phone) and (found := _about_ones_own(kind, own, facts)):
        return found
    if kind is not Kind.STATUS and kind is not Kind.TAKE and any(need.code == code for need in facts.mine.asked_for):
        return Meaning(Kind.WITHDRAW, code)
    holds = any(need.code == code for need in facts.mine.has_taken)
    return Meaning(Kind.DROP if kind is Kind.DECLINE and holds else kind, code)


def _goes_on(need: Need, facts: Facts) -> Meaning | None:
    """A form that was set aside is gone on with; the one that stands is asked again."""
    if need.status is not Status.DRAFT:
        return None
    return Meaning(Kind.AGAIN) if _is_the_form(need.code, facts) else command("finish", need.code)


def _is_the_form(code: str, facts: Facts) -> bool:
    """Whether it is the number of the form whose question stands."""
    session, draft = facts.me.session, facts.mine.draft
    return session.waiting and session.flow == FORM and draft is not None and draft.code == code


def _about_ones_own(kind: Kind, need: Need, facts: Facts) -> Meaning | None:
    """YES, DONE and NO about what someone asked for themself: did it happen, is it needed?"""
    if kind is Kind.TAKE and (found := _goes_on(need, facts)):
        return found
    if kind is Kind.TAKE and need.active and (need.begun or not need.asks(facts.now)):
        return Meaning(Kind.STATUS, need.code)
    if kind is Kind.DONE and need.active and (need.takers or need.helped):
        return command("happened", need.code, happened="yes")
    if need.status is Status.DONE and kind is Kind.DECLINE:
        return command("happened", need.code)
    if need.status is Status.DONE and kind in (Kind.TAKE, Kind.DONE):
        return command("happened", need.code, happened="yes")
    if need.status is Status.EXPIRED and kind is Kind.TAKE:
        return command("still_needed", need.code, needed="yes")
    return None


def the_one(needs: tuple[Need, ...]) -> str:
    """The number of the need that is meant when there is just one to mean."""
    return needs[0].code if len(needs) == 1 else ""
