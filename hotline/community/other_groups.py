"""Other groups: the directory in the community file, each group in a table of its own, [[groups]], and those that were
imported, in a file beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hotline.community.model import LONGEST_GROUP, LONGEST_HOURS, LONGEST_STREET, CommunityError
from hotline.community.validators import Mistakes, phone, short, table, words
from hotline.model import phone_numbers
from hotline.model.rules import Group

GROUPS_FILE = "directory.toml"  # beside the community file
KEYS = frozenset(("name", "phone", "hours", "needs", "areas", "where", "checked"))
EXAMPLES = {
    "name": "Northside Pantry",
    "phone": "+12125550155",
    "hours": "Tue and Fri 10-2",
    "where": "12 Elm Street",
    "checked": "2026-03-10",
}
MAY_BE_EMPTY = frozenset(("hours", "where", "checked"))


def groups(raw: Any, offered: Mapping[str, tuple[str, ...]], country: str) -> tuple[Group, ...]:
    """The groups in the order of the file. `offered` are the names that there are of "needs" and of "areas"."""
    if not isinstance(raw, list) or not all(isinstance(group, dict) for group in raw):
        raise CommunityError("groups: write each group as a table of its own, [[groups]]")
    mistakes, found = Mistakes(), dict[str, Group]()
    for place, each in enumerate(raw, 1):
        with mistakes.noted():
            group = _group(each, f"groups.{place}", offered, country)
            if group.name in found:
                mistakes.say(f"groups.{place}.name: {group.name!r} stands there twice; say what is different")
            found[group.name] = group
    mistakes.raise_if_any()
    return tuple(found.values())


def _group(raw: Mapping[str, Any], where: str, offered: Mapping[str, tuple[str, ...]], country: str) -> Group:
    table(raw, where, KEYS)
    return Group(
        name=short(_line(raw, where, "name"), f"{where}.name", LONGEST_GROUP),
        phone=_phone(_line(raw, where, "phone"), where, country),
        hours=short(_line({"hours": "", **raw}, where, "hours"), f"{where}.hours", LONGEST_HOURS),
        needs=_names(raw, where, "needs", offered),
        areas=_names(raw, where, "areas", offered),
        where=short(_line({"where": "", **raw}, where, "where"), f"{where}.where", LONGEST_STREET),
        checked=_date(_line({"checked": "", **raw}, where, "checked"), f"{where}.checked"),
    )


def _date(given: str, where: str) -> str:
    """A day as 2026-03-10, "" for none."""
    try:
        return date.fromisoformat(given).isoformat() if given else ""
    except ValueError:
        raise CommunityError(f'{where}: write the day, such as checked = "{EXAMPLES["checked"]}"') from None


def together(own: Sequence[Group], imported: Sequence[Group]) -> tuple[Group, ...]:
    """Both, the community's own first: of two with one name its own is told."""
    names = {group.name.casefold() for group in own}
    return (*own, *(replace(each, imported=True) for each in imported if each.name.casefold() not in names))


def _line(raw: Mapping[str, Any], where: str, key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or "\n" in value or (key not in MAY_BE_EMPTY and not value.strip()):
        raise CommunityError(f'{where}.{key}: write it on one line, such as {key} = "{EXAMPLES[key]}"')
    return value.strip()


def _phone(given: str, where: str, country: str) -> str:
    """As people dial it: "(212) 555-0155", "211"."""
    if phone_numbers.SHORT_CODE.fullmatch(given):  # 211, 311
        return given
    return phone_numbers.show(phone(given, f"{where}.phone", country))


def _names(raw: Mapping[str, Any], where: str, key: str, offered: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    named = words(raw, key, where)
    for name in named:
        if name not in offered[key]:
            raise CommunityError(f"{where}.{key}: there is no {name!r}; there are {', '.join(offered[key])}")
    return named
