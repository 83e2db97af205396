"""Community file reader: TOML becomes a community. A mistake is one sentence with the key and the fix."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hotline.community.model import (
    LONGEST_LABEL,
    LONGEST_NAME,
    OTHER,
    Area,
    Community,
    CommunityError,
    Need,
    Retention,
)
from hotline.community.other_groups import groups
from hotline.community.validators import filled, label, name, phone, table, text, words
from hotline.model import phone_numbers
from hotline.model.rules import Rules

TOP_KEYS = frozenset(
    (
        *("name", "languages", "country", "timezone", "emergency", "crisis", "needs", "areas"),
        *("dispatch", "volunteers", "coordinators", "groups", "retention", "recordings_days"),
    )
)
RINGS = "rings_for_danger"
CRISIS_LINES = {"US": "988", "CA": "988"}  # called or texted, day and night
CLOCK_TIMES = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


def load(path: Path, known_languages: tuple[str, ...]) -> Community:
    """The community of a file. `known_languages` are those that the hotline has words in. Raises CommunityError."""
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise CommunityError(
            f"COMMUNITY_FILE: there is no file {path}; copy hotline/demo.toml and make it yours"
        ) from None
    except OSError as error:
        raise CommunityError(f"COMMUNITY_FILE: {path} cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommunityError(f"{path}: it cannot be read as TOML ({error})") from None
    try:
        return from_table(raw, known_languages)
    except CommunityError as error:
        raise CommunityError(f"{path}: {error}") from None


def from_table(raw: Mapping[str, Any], known_languages: tuple[str, ...]) -> Community:
    """The community that the file's table describes. Raises CommunityError."""
    table(raw, "", TOP_KEYS)
    languages = _languages(raw, known_languages)
    country = _country(raw)
    areas, needs = _areas(filled(raw, "areas"), languages), _needs(filled(raw, "needs"), languages)
    _no_name_twice([*needs, *areas, *languages])
    coordinators = _coordinators(table(raw.get("coordinators", {}), "coordinators"), country)
    offered = {"needs": (*needs, OTHER), "areas": tuple(areas)}
    return Community(
        name=text(raw, "name", 'name = "Eastside Mutual Aid"', LONGEST_NAME),
        languages=languages,
        country=country,
        emergency=_emergency(raw),
        crisis=_crisis(raw, country),
        needs=needs,
        areas=areas,
        rules=_rules(table(raw.get("dispatch", {}), "dispatch"), _timezone(raw)),
        approval=_approval(table(raw.get("volunteers", {}), "volunteers", {"approval"})),
        recordings_days=_days(raw.get("recordings_days", Community.recordings_days), "recordings_days"),
        retention=_retention(table(raw.get("retention", {}), "retention", {each.name for each in fields(Retention)})),
        coordinators=coordinators,
        rung_for_danger=_rung_for_danger(raw.get("coordinators", {}), coordinators),
        groups=groups(raw.get("groups", []), offered, country),
    )


def _languages(raw: Mapping[str, Any], known: tuple[str, ...]) -> tuple[str, ...]:
    languages = raw.get("languages")
    if not isinstance(languages, list) or not languages:
        raise CommunityError('languages: write a list, the default first, such as languages = ["en", "es"]')
    for language in languages:
        if language not in known:
            raise CommunityError(f"languages: there are no words in {language!r} yet; there are {', '.join(known)}")
    return tuple(languages)


def _country(raw: Mapping[str, Any]) -> str:
    country = text(raw, "country", 'country = "US"', 20)
    if not phone_numbers.is_country(country):
        raise CommunityError(f"country: {country!r} is no country; write its two letters, such as US")
    return country


def _emergency(raw: Mapping[str, Any]) -> str:
    number = text(raw, "emergency", 'emergency = "911"', 200)
    if not number.isdecimal() or len(number) > 6:
        raise CommunityError(f"emergency: {number!r} is no short number; write it in digits, such as 911")
    return number


def _crisis(raw: Mapping[str, Any], country: str) -> str:
    number = raw.get("crisis", CRISIS_LINES.get(country, ""))
    if not isinstance(number, str) or not (number == "" or number.isdecimal()) or len(number) > 15:
        raise CommunityError(f'crisis: {number!r} is no number; write it in digits, such as crisis = "988", or ""')
    return number


def _timezone(raw: Mapping[str, Any]) -> ZoneInfo:
    zone = text(raw, "timezone", 'timezone = "America/New_York"', 60)
    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        raise CommunityError(f"timezone: {zone!r} is no time zone; write one such as America/New_York") from None


def _needs(needs: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Need]:
    found = {}
    for key, raw in needs.items():
        where = f"needs.{key}"
        table(raw, where, {*languages, "words"})
        found[name(key, "needs")] = Need(_labels(raw, where, languages), words(raw, "words", where))
    _no_label_twice("needs", {key: need.labels for key, need in found.items()})
    return found


def _areas(areas: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Area]:
    found = {}
    for key, raw in areas.items():
        where = f"areas.{key}"
        table(raw, where, {*languages, "words", "zips", "near"})
        known_as = (*words(raw, "words", where), *words(raw, "zips", where))
        found[name(key, "areas")] = Area(_labels(raw, where, languages), known_as, words(raw, "near", where))
    for key, near in ((key, near) for key, area in found.items() for near in area.near):
        if near not in found:
            raise CommunityError(f"areas.{key}.near: {near!r} is not an area; name one of {', '.join(found)}")
    _no_label_twice("areas", {key: area.labels for key, area in found.items()})
    return found


def _labels(raw: Mapping[str, Any], where: str, languages: tuple[str, ...]) -> dict[str, str]:
    return {language: label(raw, where, language, LONGEST_LABEL) for language in languages}


def _no_label_twice(where: str, labels: Mapping[str, Mapping[str, str]]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for key, own in labels.items():
        for language, words_said in own.items():
            other = seen.setdefault((language, words_said.casefold()), key)
            if other != key:
                raise CommunityError(
                    f"{where}.{key}.{language}: {where}.{other} is called the same; rename one of them"
                )


def _no_name_twice(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in names:
        if each in seen:
            raise CommunityError(f"{each}: a need, an area and a language cannot share one name; rename one of them")
        seen.add(each)


def _rules(raw: Mapping[str, Any], timezone: ZoneInfo) -> Rules:
    table(raw, "dispatch", {rule.name for rule in fields(Rules)} - {"timezone"})
    for key, value in raw.items():
        if key != "quiet_hours" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise CommunityError(f"dispatch.{key}: write a whole number of 1 or more, not {value!r}")
    quiet = raw.get("quiet_hours", Rules.quiet_hours)
    if not isinstance(quiet, str) or not CLOCK_TIMES.fullmatch(quiet):
        raise CommunityError('dispatch.quiet_hours: write two times, such as "21:00-08:00"')
    return Rules(timezone, **raw)


def _approval(raw: Mapping[str, Any]) -> bool:
    approval = raw.get("approval", True)
    if not isinstance(approval, bool):
        raise CommunityError("volunteers.approval: write true or false, without quotes")
    return approval


def _retention(raw: Mapping[str, Any]) -> Retention:
    return Retention(**{key: _days(days, f"retention: {key}") for key, days in raw.items()})


def _days(days: Any, where: str) -> int:
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 3650:
        raise CommunityError(f"{where}: write a whole number of days, such as 30, not {days!r}")
    return days


def _coordinators(people: Mapping[str, Any], country: str) -> dict[str, str]:
    found = {}
    for key, raw in people.items():
        where = f"coordinators.{key}"
        given = str(table(raw, where, {"phone", RINGS}).get("phone", ""))
        found[key] = phone(given, f"{where}.phone", country)
    return found


def _rung_for_danger(people: Mapping[str, Any], phones: Mapping[str, str]) -> frozenset[str]:
    """Those who are rung, at any hour, when somebody is in danger."""
    wanted = {key: raw.get(RINGS, False) for key, raw in people.items()}
    for key, rings in wanted.items():
        if not isinstance(rings, bool):
            raise CommunityError(f"coordinators.{key}.{RINGS}: write true or false, without quotes")
    return frozenset(phones[key] for key, rings in wanted.items() if rings)
