"""New files: the `.env` and the community file of a hotline that begins, with a remark at everything."""

import json
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hotline.channels.lint import sample_towns
from hotline.commands import Wrong

EMERGENCY = {"US": "911", "CA": "911", "PR": "911"}
EUROPES = "112"  # also on most mobile phones elsewhere


@dataclass(frozen=True)
class New:
    """What somebody said about the hotline that begins. Telephone numbers are in E.164; what was not said is ""."""

    name: str
    country: str
    languages: tuple[str, ...]
    timezone: str
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    """Each a name, and behind it the ZIP codes: "Northside 11216 11238"."""
    coordinator: str
    coordinator_phone: str
    phones: tuple[str, ...]
    settings: Mapping[str, str]
    """Of `.env`, by name: the carrier, the address of this machine, what the carrier needs, our number."""


COMMUNITY = """\
# What your neighborhood decides. Change what you like, then: hotline check. It counts from the next start.

name = {name}
languages = {languages}            # in this order; the first is the usual one
country = {country}                # numbers of no other country are texted or called
timezone = {timezone}
emergency = {emergency}            # what everybody is told to call in danger

# What people may ask for, in this order. "Something else" is always offered last.
{needs}
# The parts of your neighborhood. near: where to look next when nobody there can. zips: its ZIP codes.
{areas}
[dispatch]
wave_size = 3                      # so many are asked at a time,
wave_minutes = 10                  # and the next so many minutes later
quiet_hours = "21:00-08:00"        # nobody is asked then, unless it cannot wait
asks_per_week = 5                  # at most, each volunteer

[volunteers]
approval = true                    # you say yes to whoever signs up, before they are asked anything

[sharing]
offers = true                      # neighbors offer what they have to each other: OFFER oranges
offer_days = 2                     # so long one is there that says nothing of its end
tools = false                      # true: neighbors lend each other things: LEND ladder, BORROW ladder
loan_days = 7                      # for so many days, if who lends it says nothing else
days = false                       # true: neighbors invite each other: DAY garden work Saturday 10am
circles = false                    # true: neighbors put in together, each with a turn: TANDA
# tools_come_back = ["saturday"]   # the weekdays on which they come back; left out: every day
rings = false                      # true: whoever asks for it is rung each day, for company or for safety: DAILY 8:30
listening = false                  # true: you may ask who agrees to it what is missing here, four times a year: ROUND

{coordinator}
# Before it is open only these phones are texted and called; everybody else reads that it is not open yet.
# What they would have got: hotline outbox shown. To open it: hotline go-live.
[practice]
phones = {phones}

# Who else helps here, a table for each: offered in the menu, and when nobody is free.
# [[groups]]
# name = "Northside Pantry"
# phone = "+12125550155"
# hours = "Tue and Fri 10-2"
"""
COORDINATOR = """# Who is texted when a person must look; one table for each of you.
[coordinators.{key}]
phone = {phone}
rings_for_danger = true            # and is rung, at any hour, when somebody is in danger
keeper = true                      # may do everything at the board; others what is about requests
# daily_summary = "08:00"          # and reads each day at that time what waits
"""
NO_COORDINATOR = """\
# Who is texted when a person must look; one table for each of you. Without one, nobody hears of danger.
# [coordinators.rosa]
# phone = "+12125550199"
# rings_for_danger = true
"""
ENV = """# Settings of the hotline. Keep this file to yourself: whoever has the token can speak as your hotline.

{said}
# Where everything is kept, and what your neighborhood decides.
DATABASE_URL=sqlite:///hotline.db
COMMUNITY_FILE={community_file}

# Signs the addresses at which recordings are played. Made for you; nobody needs to know it.
SECRET_KEY={secret_key}

# All others, each with a sentence: docs/reference.md
"""


REMARKS = {
    "CARRIER": "Who moves texts and calls: docs/carriers.md",
    "PUBLIC_URL": "Where the carrier reaches this machine, exactly as it calls it.",
    "TWILIO_ACCOUNT_SID": "From the carrier's console.",
    "TWILIO_API_URL": "Where its API is.",
    "TWILIO_SIGNING_KEY": "What it signs its webhooks with, if that is not the token.",
    "TWILIO_PHONE_NUMBER": "The number that people text and call.",
    "ANDROID_URL": "The app on the phone, and what it shows.",
    "ANDROID_PHONE_NUMBER": "The number of the card in the phone.",
}


def community_toml(new: New) -> str:
    """The community file of what was said. Raises Wrong where a name cannot be made of it."""
    asked = COORDINATOR if new.coordinator_phone else NO_COORDINATOR
    return COMMUNITY.format(
        name=_quoted(new.name),
        languages=_list(new.languages),
        country=_quoted(new.country),
        timezone=_quoted(new.timezone),
        emergency=_quoted(EMERGENCY.get(new.country, EUROPES)),
        needs="\n".join(_needs(new)),
        areas="\n".join(_areas(new)),
        coordinator=asked.format(key=_key(new.coordinator or "coordinator"), phone=_quoted(new.coordinator_phone)),
        phones=_list(new.phones),
    )


def dotenv(new: New, community_file: str) -> str:
    """The `.env` of what was said, with a key of its own."""
    lines: list[str] = []
    for name, value in new.settings.items():
        lines += ["", f"# {REMARKS[name]}"] if name in REMARKS else []
        lines.append(f"{name}={_plain(value)}")
    said = "\n".join([*lines[1:], ""])
    return ENV.format(said=said, community_file=_plain(community_file), secret_key=secrets.token_urlsafe(32))


def _needs(new: New) -> Iterator[str]:
    known = sample_towns.needs_called()
    keys: set[str] = set()
    for said in new.needs:
        name = known.get(said.casefold(), "")
        key = _unused(name or _key(said), keys)
        labels = {each: sample_towns.label(name, each) if name else said for each in new.languages}
        yield _topic("needs", key, labels, unsure=not name and len(new.languages) > 1)


def _areas(new: New) -> Iterator[str]:
    """Each is near all others, until somebody says otherwise: then whoever can is found."""
    labels = [re.sub(r"\s*\b\d{4,6}\b", "", said).strip() for said in new.areas]
    used: set[str] = set()
    keys = [_unused(_key(label), used) for label in labels]
    for key, label, said in zip(keys, labels, new.areas, strict=True):
        zips, near = tuple(re.findall(r"\b\d{4,6}\b", said)), tuple(each for each in keys if each != key)
        more = {"zips": zips, "near": near}
        yield _topic("areas", key, dict.fromkeys(new.languages, label), unsure=False) + "".join(
            f"{name} = {_list(words)}\n" for name, words in more.items() if words
        )


def _topic(part: str, key: str, labels: dict[str, str], *, unsure: bool) -> str:
    remark = "                # say it in this language" if unsure else ""
    lines = (f"{language} = {_quoted(label)}{remark * (at > 0)}" for at, (language, label) in enumerate(labels.items()))
    return f"[{part}.{key}]\n" + "\n".join(lines) + "\n"


def _key(said: str) -> str:
    """A name for the file, in small plain letters: "Calle Ocho" is calle_ocho."""
    flat = unicodedata.normalize("NFKD", said).casefold()
    return (
        re.sub(r"[^a-z]+", "_", "".join(each for each in flat if not unicodedata.combining(each))).strip("_") or "one"
    )


def _unused(key: str, keys: set[str]) -> str:
    while key in keys:
        key += "_b"
    keys.add(key)
    return key


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _list(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _plain(value: str) -> str:
    """As `.env` is read again: in quotes where it is not plain."""
    if "\n" in value or "\r" in value:
        raise Wrong("a setting is one line; leave out the line break")
    if not value or re.fullmatch(r"[\w@%+=:,./-]+", value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
