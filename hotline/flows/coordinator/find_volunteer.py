"""Volunteer lookup: by first name, or by the last digits of a telephone number. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from hotline.engine.answers import Heard
from hotline.model.people import Volunteer

CODE_LAST = re.compile(r"(?P<name>.*\S)\s+#?(?P<code>[1-9]\d{2,3})", re.DOTALL)
DIGITS = 3  # the least digits of a telephone number that are looked up
NEAR = 0.6  # as difflib counts: one slip in three letters


def order(heard: Heard) -> tuple[str, str]:
    """(number of a need, name) of ASSIGN and APPROVE: "112 Ben", "Ben 112", "Ben"; "" for what was not said."""
    if heard.command == "approve":
        return "", f"{heard.code} {heard.tail}".strip()
    last = CODE_LAST.fullmatch(heard.tail)
    return (last["code"], last["name"]) if last and not heard.code else (heard.code, heard.tail)


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


def shown(who: Volunteer) -> tuple[str, ...]:
    """What tells one from another of the same name: where they help, and how their number ends."""
    return (who.name or "someone", *who.areas[:1], f"..{who.phone[-DIGITS:]}")


def _parts(name: str) -> tuple[str, ...]:
    flat = unicodedata.normalize("NFKD", name).casefold()
    return tuple(re.findall(r"[^\W_]+", "".join(letter for letter in flat if not unicodedata.combining(letter))))
