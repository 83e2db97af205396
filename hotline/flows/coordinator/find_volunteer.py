"""Volunteer lookup: by first name, or by the last digits of a telephone number. Pure."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from hotline.engine.answers import Heard
from hotline.engine.session import Values
from hotline.engine.steps import Answers
from hotline.model.facts import Facts
from hotline.model.needs import is_code
from hotline.model.people import Volunteer, folded

DOTS = " ."  # as a number is shown: "..111"
DIGITS, SHOWN = 3, 4  # the least digits of a telephone number that are looked up, and as many as are shown
MOST_SHOWN = 2  # of what somebody gives
NEAR = 0.6  # as difflib counts: one slip in three letters


def name_said(heard: Heard) -> str:
    """The name in ASSIGN and APPROVE: "112 Ben", "Ben 112", "112 and 113 to Ben"; a number may stand for a person."""
    if heard.command == "approve":
        return f"{heard.code} {heard.tail}".strip(DOTS)
    return heard.after.strip(DOTS) or (heard.codes[-1] if len(heard.codes) > 1 else "")


def numbers_said(heard: Heard) -> tuple[str, ...]:
    """The needs in ASSIGN. Where nothing but numbers is said, the last one is the end of somebody's."""
    return heard.codes if heard.after or len(heard.codes) < 2 else heard.codes[:-1]


def several_orders(heard: Heard) -> bool:
    """ "112 to Ben and 113 to Cho": a further number stands behind a name, and a name behind that."""
    further = [word.strip(DOTS) for word in heard.tail.split()[:-1]]
    return any(word.isdecimal() and is_code(int(word)) and word not in heard.codes for word in further)


def exactly(people: Iterable[Volunteer], name: str) -> tuple[Volunteer, ...]:
    """Volunteers of that name, without regard to case and accents, or whose number ends in these digits."""
    if name.isdecimal():
        return tuple(who for who in people if len(name) >= DIGITS and who.phone.endswith(name))
    said = _parts(name)
    whole = tuple(who for who in people if said and _parts(who.name) == said)
    return whole or tuple(who for who in people if said and _parts(who.name)[:1] in (said[:1], said[-1:]))


def nearly(people: Iterable[Volunteer], name: str) -> tuple[Volunteer, ...]:
    """Volunteers whose name is spelled almost like this; the coordinator confirms which one is meant."""
    first = {who.phone: (_parts(who.name) or ("",))[0] for who in people}
    near = {each for part in _parts(name)[:2] for each in get_close_matches(part, set(first.values()), 4, NEAR)}
    return tuple(who for who in people if first[who.phone] in near)


def meant(people: tuple[Volunteer, ...], name: str) -> tuple[Volunteer, ...]:
    """All who may be meant."""
    return exactly(people, name) or nearly(people, name)


def chosen(answers: Answers, facts: Facts) -> Volunteer | None:
    """The one who was chosen, or the only one of exactly that name."""
    if "who" in answers:
        return next((who for who in facts.team.people if who.phone == answers["who"]), None)
    found = exactly(facts.team.people, answers.get("name", ""))
    return found[0] if len(found) == 1 else None


def shown(who: Volunteer) -> tuple[str, ...]:
    """What tells one from another of the same name: what they give, how their number ends, whether they wait for a
    yes."""
    waits = ("waits_for_yes",) if who.status == "waiting" else ()
    return (who.name or "someone", *who.needs[:MOST_SHOWN], f"..{who.phone[-SHOWN:]}", *waits)


def told_apart(_: Answers, facts: Facts) -> Values:
    return {who.phone: shown(who) for who in facts.team.people}


def _parts(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", folded(name)))
