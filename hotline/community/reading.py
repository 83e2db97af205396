"""Community file reader: TOML becomes a community. A mistake is one sentence with the key and the fix."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
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
    Operator,
    Retention,
)
from hotline.community.other_groups import GROUPS_FILE, groups, together
from hotline.community.toml_errors import explained
from hotline.community.validators import Mistakes, filled, label, name, phone, table, text, words
from hotline.model import phone_numbers
from hotline.model.calendar import WEEKDAYS
from hotline.model.carrier_words import RESERVED
from hotline.model.rules import Rules, SharingRules

TOP_KEYS = frozenset(
    (
        *("name", "languages", "country", "timezone", "emergency", "crisis", "needs", "areas"),
        *("dispatch", "volunteers", "coordinators", "groups", "retention", "recordings_days", "practice"),
        *("operator", "sharing"),
    )
)
KINDS = {each.name for each in fields(Retention)}
DISPATCH = {rule.name for rule in fields(Rules)} - {"timezone"}
RINGS = "rings_for_danger"
DAYS_OF_OFFERS = {"offer_days": (1, 30), "still_yes_days": (60, 90), "loan_days": (1, 30)}
KEEPER = "keeper"
SUMMARY = "daily_summary"
CRISIS_LINES = {"US": "988", "CA": "988"}  # called or texted, day and night
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
CLOCK_TIMES = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


def load(path: Path, known_languages: tuple[str, ...]) -> Community:
    """The community of a file, with the groups that were imported beside it. `known_languages` are those that the
    hotline has words in. Raises CommunityError."""
    try:
        raw = _table_of(path)
    except FileNotFoundError:
        raise CommunityError(
            f"COMMUNITY_FILE: there is no file {path} in {Path.cwd()}; go to the hotline's folder with cd, or make a "
            "new one with `hotline init`"
        ) from None
    try:
        here = from_table(raw, known_languages)
    except CommunityError as error:
        raise CommunityError(*(f"{path}: {sentence}" for sentence in error.all)) from None
    return _with_imported(here, path.with_name(GROUPS_FILE))


def _with_imported(here: Community, file: Path) -> Community:
    """The same, with the groups of that file, if there is one."""
    try:
        raw = _table_of(file)
        offered = {"needs": here.needs_offered, "areas": tuple(here.areas)}
        imported = groups(table(raw, "", {"groups"}).get("groups", []), offered, here.country)
    except FileNotFoundError:
        return here
    except CommunityError as error:
        again = "mend that, or import them again with `hotline groups import`"
        raise CommunityError(*(f"{file}: {sentence}; {again}" for sentence in error.all)) from None
    return replace(here, groups=together(here.groups, imported))


def _table_of(path: Path) -> dict[str, Any]:
    """What stands in a file. Raises FileNotFoundError, and CommunityError for one that cannot be read."""
    try:
        content = path.read_bytes()
        return tomllib.loads(content.decode("utf-8-sig"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CommunityError(f"COMMUNITY_FILE: {path} cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommunityError(f"{path}: {explained(error, content)}") from None


def from_table(raw: Mapping[str, Any], known_languages: tuple[str, ...]) -> Community:
    """The community that the file's table describes. Raises CommunityError, with all that is wrong."""
    found = Mistakes()
    found.of(table, raw, "", TOP_KEYS, instead=raw)
    languages = found.of(_languages, raw, known_languages, instead=())
    country = found.of(_country, raw, instead="US")
    raw_areas, raw_needs = (found.of(filled, raw, key, instead={}) for key in ("areas", "needs"))
    # Without languages nobody knows which labels there have to be.
    areas = found.of(_areas, raw_areas, languages, instead={}) if languages else {}
    needs = found.of(_needs, raw_needs, languages, instead={}) if languages else {}
    found.of(_no_name_twice, [*raw_needs, *raw_areas, *languages], instead=None)
    coordinators = found.of(_coordinators, raw, country, instead={})
    operator = found.of(_operator, raw, country, instead=Operator())
    offered = {"needs": (*raw_needs, OTHER), "areas": tuple(raw_areas)}
    name = found.of(text, raw, "name", 'name = "Eastside Mutual Aid"', LONGEST_NAME, instead="")
    emergency, crisis = found.of(_emergency, raw, instead=""), found.of(_crisis, raw, country, instead="")
    rules = found.of(_rules, raw, instead=Rules(ZoneInfo("UTC")))
    approval = found.of(_approval, raw, instead=True)
    recordings_days = found.of(
        _days, raw.get("recordings_days", Community.recordings_days), "recordings_days", instead=1
    )
    retention = found.of(_retention, raw, instead=Retention())
    rung = found.of(_those_who, RINGS, raw.get("coordinators", {}), coordinators, instead=frozenset())
    keepers = found.of(_those_who, KEEPER, raw.get("coordinators", {}), coordinators, instead=frozenset())
    summaries = found.of(_summaries, raw.get("coordinators", {}), coordinators, instead={})
    other_groups = found.of(groups, raw.get("groups", []), offered, country, instead=())
    practice = found.of(_practice, raw, country, instead=None)
    sharing = found.of(_sharing, raw, instead=SharingRules())
    found.raise_if_any()
    return Community(
        name=name,
        languages=languages,
        country=country,
        emergency=emergency,
        crisis=crisis,
        needs=needs,
        areas=areas,
        rules=rules,
        approval=approval,
        recordings_days=recordings_days,
        retention=retention,
        coordinators=coordinators,
        operator=operator,
        rung_for_danger=rung,
        keepers=keepers,
        summaries=summaries,
        groups=other_groups,
        practice=practice,
        sharing=sharing,
    )


def _languages(raw: Mapping[str, Any], known: tuple[str, ...]) -> tuple[str, ...]:
    languages = raw.get("languages")
    if not isinstance(languages, list) or not languages:
        raise CommunityError('languages: write a list, the default first, such as languages = ["en", "es"]')
    unknown = [language for language in languages if language not in known]
    if unknown:
        there_are = f"there are {', '.join(known)}"
        raise CommunityError(*(f"languages: there are no words in {each!r} yet; {there_are}" for each in unknown))
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
    found, mistakes = {}, Mistakes()
    for key, raw in needs.items():
        where = f"needs.{key}"
        with mistakes.noted():
            mistakes.of(table, table(raw, where), where, {*languages, "words"}, instead=None)
            found[name(key, "needs")] = Need(_labels(raw, where, languages), _own_words(raw, where))
    mistakes.of(_no_label_twice, "needs", {key: need.labels for key, need in found.items()}, instead=None)
    mistakes.of(_no_word_twice, "needs", "words", found, instead=None)
    mistakes.raise_if_any()
    return found


def _areas(areas: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Area]:
    found, mistakes = {}, Mistakes()
    for key, raw in areas.items():
        where = f"areas.{key}"
        with mistakes.noted():
            mistakes.of(table, table(raw, where), where, {*languages, "words", "zips", "near"}, instead=None)
            known_as = (*_own_words(raw, where), *words(raw, "zips", where))
            near = mistakes.of(_near, raw, key, tuple(areas), instead=())
            found[name(key, "areas")] = Area(_labels(raw, where, languages), known_as, near)
    mistakes.of(_no_label_twice, "areas", {key: area.labels for key, area in found.items()}, instead=None)
    mistakes.of(_no_word_twice, "areas", "zips or words", found, instead=None)
    mistakes.raise_if_any()
    return found


def _near(raw: Mapping[str, Any], key: str, areas: tuple[str, ...]) -> tuple[str, ...]:
    where = f"areas.{key}"
    near, mistakes = words(raw, "near", where), Mistakes()
    for each in near:
        if each == key:
            mistakes.say(f"{where}.near: an area is not near itself; name another, or leave it out")
        elif each not in areas:
            mistakes.say(f"{where}.near: {each!r} is not an area; name one of {', '.join(areas)}")
    mistakes.raise_if_any()
    return near


def _own_words(raw: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Other words for it; none that the carrier acts on itself: those never reach us."""
    own, mistakes = words(raw, "words", where), Mistakes()
    for each in own:
        if each.strip().casefold() in RESERVED:
            mistakes.say(f"{where}.words: {each!r} is a word that the carrier acts on itself; use another")
    mistakes.raise_if_any()
    return own


def _labels(raw: Mapping[str, Any], where: str, languages: tuple[str, ...]) -> dict[str, str]:
    mistakes = Mistakes()
    labels = {each: mistakes.of(label, raw, where, each, LONGEST_LABEL, instead="") for each in languages}
    mistakes.raise_if_any()
    return labels


def _no_word_twice(where: str, key: str, topics: Mapping[str, Need] | Mapping[str, Area]) -> None:
    """A word, or a ZIP code, that means two of them would be read as the first, whoever says it."""
    mistakes, seen = Mistakes(), dict[str, str]()
    for name_, topic in topics.items():
        for word in dict.fromkeys(each.strip().casefold() for each in topic.words):
            other = seen.setdefault(word, name_)
            if other != name_:
                mistakes.say(f"{where}.{name_}: {word!r} stands in the {key} of {where}.{other} too; keep it in one")
    for name_, topic in topics.items():
        for said in dict.fromkeys(each.casefold() for each in topic.labels.values()):
            if seen.get(said, name_) != name_:
                mistakes.say(f"{where}.{seen[said]}: {said!r} is what {where}.{name_} is called; take it out there")
    mistakes.raise_if_any()


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


def _rules(raw: Mapping[str, Any]) -> Rules:
    mistakes = Mistakes()
    timezone = mistakes.of(_timezone, raw, instead=ZoneInfo("UTC"))
    given = mistakes.of(table, raw.get("dispatch", {}), "dispatch", DISPATCH, instead={})
    for key, value in given.items():
        if key == "tell_early":
            if not isinstance(value, bool):
                mistakes.say("dispatch.tell_early: write true or false, without quotes")
        elif key != "quiet_hours" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            mistakes.say(f"dispatch.{key}: write a whole number of 1 or more, not {value!r}")
    quiet = given.get("quiet_hours", Rules.quiet_hours)
    if not isinstance(quiet, str) or not CLOCK_TIMES.fullmatch(quiet):
        mistakes.say('dispatch.quiet_hours: write two times, such as "21:00-08:00"')
    mistakes.raise_if_any()
    return Rules(timezone, **given)


def _approval(raw: Mapping[str, Any]) -> bool:
    approval = table(raw.get("volunteers", {}), "volunteers", {"approval"}).get("approval", True)
    if not isinstance(approval, bool):
        raise CommunityError("volunteers.approval: write true or false, without quotes")
    return approval


def _retention(raw: Mapping[str, Any]) -> Retention:
    given, mistakes = (
        table(raw.get("retention", {}), "retention", {each.name for each in fields(Retention)}),
        Mistakes(),
    )
    days = {key: mistakes.of(_days, days, f"retention: {key}", instead=1) for key, days in given.items()}
    mistakes.raise_if_any()
    return Retention(**days)


def _sharing(raw: Mapping[str, Any]) -> SharingRules:
    """What neighbors share, and for how long."""
    given = dict(table(raw.get("sharing", {}), "sharing", {each.name for each in fields(SharingRules)}))
    mistakes = Mistakes()
    for key, value in tuple(given.items()):
        if isinstance(getattr(SharingRules, key), bool):
            if not isinstance(value, bool):
                mistakes.say(f"sharing.{key}: write true or false, without quotes")
            continue
        if key == "tools_come_back":
            if not isinstance(value, list) or not all(each in WEEKDAYS for each in value):
                mistakes.say(f"sharing.{key}: write weekdays in a list, like ['tuesday', 'saturday'], not {value!r}")
            else:
                given[key] = tuple(value)
            continue
        least, most = DAYS_OF_OFFERS[key]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            mistakes.say(f"sharing.{key}: write a whole number of days from {least} to {most}, not {value!r}")
    mistakes.raise_if_any()
    return SharingRules(**given)


def _practice(raw: Mapping[str, Any], country: str) -> frozenset[str] | None:
    """The phones that are texted and called before the hotline is open; None where it does not practice."""
    if "practice" not in raw:
        return None
    given, mistakes = words(table(raw["practice"], "practice", {"phones"}), "phones", "practice"), Mistakes()
    phones = frozenset(mistakes.of(phone, each, "practice.phones", country, instead="") for each in given)
    mistakes.raise_if_any()
    return phones


def _days(days: Any, where: str) -> int:
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 3650:
        raise CommunityError(f"{where}: write a whole number of days, such as 30, not {days!r}")
    return days


def _operator(whole: Mapping[str, Any], country: str) -> Operator:
    """Whoever runs the hotline; nobody where there is no such table."""
    if "operator" not in whole:
        return Operator()
    raw = table(whole["operator"], "operator", {"phone", "tests", "backups"})
    tests, backups = raw.get("tests", []), raw.get("backups", True)
    if not isinstance(tests, list) or not all(isinstance(each, str) and CLOCK_TIME.fullmatch(each) for each in tests):
        raise CommunityError('operator.tests: write times of day, such as tests = ["09:00", "18:00"]')
    if not isinstance(backups, bool):
        raise CommunityError("operator.backups: write true or false, without quotes")
    minutes = tuple(sorted(set(map(_minute, tests))))
    return Operator(phone(str(raw.get("phone", "")), "operator.phone", country), minutes, backups)


def _coordinators(whole: Mapping[str, Any], country: str) -> dict[str, str]:
    found, mistakes = {}, Mistakes()
    for key, raw in table(whole.get("coordinators", {}), "coordinators").items():
        where = f"coordinators.{key}"
        with mistakes.noted():
            given = str(table(raw, where, {"phone", RINGS, KEEPER, SUMMARY}).get("phone", ""))
            found[key] = phone(given, f"{where}.phone", country)
    mistakes.raise_if_any()
    return found


def _those_who(name: str, people: Mapping[str, Any], phones: Mapping[str, str]) -> frozenset[str]:
    """The numbers of those coordinators of whom the file says so: who are rung in danger, who are keepers."""
    wanted = {key: people[key].get(name, False) for key in phones}  # where a number is wrong, that is said
    for key, is_so in wanted.items():
        if not isinstance(is_so, bool):
            raise CommunityError(f"coordinators.{key}.{name}: write true or false, without quotes")
    return frozenset(phones[key] for key, is_so in wanted.items() if is_so)


def _summaries(people: Mapping[str, Any], phones: Mapping[str, str]) -> dict[str, int]:
    """Those who want a text each day about what waits, and the minute of the day."""
    wanted = {key: people[key][SUMMARY] for key in phones if SUMMARY in people[key]}
    for key, at in wanted.items():
        if not isinstance(at, str) or not CLOCK_TIME.fullmatch(at):
            raise CommunityError(f'coordinators.{key}.{SUMMARY}: write a time of day, such as {SUMMARY} = "08:00"')
    return {phones[key]: _minute(at) for key, at in wanted.items()}


def _minute(at: str) -> int:
    """Of the day: 90 for "01:30"."""
    return int(at[:2]) * 60 + int(at[3:])
