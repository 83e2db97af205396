"""The community file: what a neighborhood decides. A mistake in it is one sentence with the key and the fix."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hotline import phones
from hotline.dispatch import Rules

LONGEST_LABEL = 24  # letters; longer ones push a text over its segment
LONGEST_NAME = 40
OTHER = "other"  # always offered last: nobody is sent away because their need has no name


class CommunityError(ValueError):
    """A mistake in the community file, said in one sentence."""


@dataclass(frozen=True)
class Need:
    """Something people ask for: its label in each language, and other words for it."""

    labels: Mapping[str, str]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """A part of the neighborhood: labels, ZIP codes, and where to look next when nobody here can."""

    labels: Mapping[str, str]
    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Community:
    """A neighborhood, as its file describes it."""

    name: str
    languages: tuple[str, ...]
    country: str
    emergency: str
    needs: Mapping[str, Need]
    areas: Mapping[str, Area]
    rules: Rules
    approval: bool = False
    coordinators: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_offered(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.needs, OTHER]))


def load(path: Path, known_languages: tuple[str, ...]) -> Community:
    """Reads and checks the file. `known_languages` are those that the hotline has words in."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CommunityError(
            f"COMMUNITY_FILE: there is no file {path}; `hotline demo` shows one to start from"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommunityError(f"{path}: it cannot be read as TOML ({error})") from None
    try:
        return _community(raw, known_languages)
    except CommunityError as error:
        raise CommunityError(f"{path}: {error}") from None


TOP_KEYS = frozenset(
    (
        "name",
        "languages",
        "country",
        "timezone",
        "emergency",
        "needs",
        "areas",
        "dispatch",
        "volunteers",
        "coordinators",
        "groups",
    )
)


def _community(raw: Mapping[str, Any], known_languages: tuple[str, ...]) -> Community:
    _only(raw, TOP_KEYS, "")
    languages = _languages(raw, known_languages)
    country = _text(raw, "country", 'country = "US"')
    areas = _areas(_table(raw, "areas"), languages)
    needs = _needs(_table(raw, "needs"), languages)
    _no_name_twice([*needs, *areas, *languages])
    return Community(
        name=_short(_text(raw, "name", 'name = "Eastside Mutual Aid"'), "name", LONGEST_NAME),
        languages=languages,
        country=country,
        emergency=_text(raw, "emergency", 'emergency = "911"'),
        needs=needs,
        areas=areas,
        rules=_rules(raw.get("dispatch", {}), _timezone(raw)),
        approval=bool(_only(raw.get("volunteers", {}), {"approval"}, "volunteers").get("approval", False)),
        coordinators=_coordinators(raw.get("coordinators", {}), country),
    )


def _languages(raw: Mapping[str, Any], known: tuple[str, ...]) -> tuple[str, ...]:
    languages = raw.get("languages")
    if not isinstance(languages, list) or not languages:
        raise CommunityError('languages: write a list, the default first, such as languages = ["en", "es"]')
    for language in languages:
        if language not in known:
            raise CommunityError(f"languages: there are no words in {language!r} yet; there are {', '.join(known)}")
    return tuple(languages)


def _timezone(raw: Mapping[str, Any]) -> ZoneInfo:
    name = _text(raw, "timezone", 'timezone = "America/New_York"')
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CommunityError(f"timezone: {name!r} is no time zone; write one such as America/New_York") from None


def _needs(table: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Need]:
    needs = {}
    for name, raw in table.items():
        _only(raw, {*languages, "words"}, f"needs.{name}")
        needs[_name(name, "needs")] = Need(
            _labels(raw, f"needs.{name}", languages), _list(raw, "words", f"needs.{name}")
        )
    return needs


def _areas(table: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Area]:
    areas = {}
    for name, raw in table.items():
        where = f"areas.{name}"
        _only(raw, {*languages, "words", "zips", "near"}, where)
        words = (*_list(raw, "words", where), *_list(raw, "zips", where))
        areas[_name(name, "areas")] = Area(_labels(raw, where, languages), words, _list(raw, "near", where))
    for name, area in areas.items():
        for near in area.near:
            if near not in areas:
                raise CommunityError(f"areas.{name}.near: {near!r} is not an area; name one of {', '.join(areas)}")
    return areas


def _labels(raw: Mapping[str, Any], where: str, languages: tuple[str, ...]) -> dict[str, str]:
    for language in languages:
        if not isinstance(raw.get(language), str) or not raw[language].strip():
            raise CommunityError(f'{where}.{language}: say it in that language, such as {language} = "food"')
        _short(raw[language], f"{where}.{language}", LONGEST_LABEL)
    return {language: raw[language].strip() for language in languages}


def _rules(raw: Mapping[str, Any], timezone: ZoneInfo) -> Rules:
    _only(raw, {rule.name for rule in fields(Rules)} - {"timezone"}, "dispatch")
    for key, value in raw.items():
        if key != "quiet_hours" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise CommunityError(f"dispatch.{key}: write a whole number of 1 or more, not {value!r}")
    rules = Rules(timezone, **raw)
    try:
        _ = rules.quiet
    except (ValueError, AttributeError):
        raise CommunityError('dispatch.quiet_hours: write two times, such as "21:00-08:00"') from None
    return rules


def _coordinators(table: Mapping[str, Any], country: str) -> dict[str, str]:
    people = {}
    for name, raw in table.items():
        phone = phones.normalise(str(_only(raw, {"phone"}, f"coordinators.{name}").get("phone", "")), country)
        if phone is None:
            raise CommunityError(f'coordinators.{name}.phone: write a number such as "+12125550199"')
        people[name] = phone
    return people


def _only(raw: Any, keys: frozenset[str] | set[str], where: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise CommunityError(f"{where}: write it as a table, [{where}]")
    for key in raw:
        if key not in keys:
            dotted = f"{where}.{key}".lstrip(".")
            raise CommunityError(f"{dotted}: there is no such key; there are {', '.join(sorted(keys))}")
    return raw


def _table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = raw.get(key)
    if not isinstance(table, dict) or not table:
        raise CommunityError(f"{key}: name at least one, such as [{key}.{'food' if key == 'needs' else 'north'}]")
    return table


def _name(name: str, where: str) -> str:
    if not name.isascii() or not name.replace("_", "").isalpha() or not name.islower():
        raise CommunityError(f"{where}.{name}: use small letters a to z for the name; its label may be anything")
    return name


def _no_name_twice(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise CommunityError(f"{name}: a need, an area and a language cannot share one name; rename one of them")


def _text(raw: Mapping[str, Any], key: str, example: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CommunityError(f"{key}: write it, such as {example}")
    return value.strip()


def _list(raw: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise CommunityError(f'{where}.{key}: write a list of words in quotes, such as {key} = ["one", "two"]')
    return tuple(value)


def _short(value: str, key: str, limit: int) -> str:
    if len(value) > limit:
        raise CommunityError(f"{key}: {value!r} has {len(value)} letters; {limit} at most, so that texts stay short")
    return value
