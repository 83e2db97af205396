"""Sample communities for trying wordings: a usual one, and those with the shortest and the longest names."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from hotline.community.model import LONGEST_GROUP, LONGEST_HOURS, LONGEST_LABEL, LONGEST_NAME, Community
from hotline.community.reading import from_table

SOURCE = "en"
NEEDS = ("food", "ride", "medicine", "diapers", "repair", "childcare")
AREAS = ("north", "south", "west", "hill", "harbor", "downtown")
KEPT = ("zips", "near")


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("hotline.channels.lint").joinpath("sample_towns.toml").read_text("utf-8"))


def label(name: str, language: str) -> str:
    """The label of a need or an area in the usual community; in English where it is not translated yet."""
    topic: dict[str, str] = {**_file()["needs"], **_file()["areas"]}[name]
    return str(topic.get(language, topic[SOURCE]))


def known_label(name: str, language: str) -> str:
    """The same, or "" for one that the usual community does not have, or not in that language."""
    return str({**_file()["needs"], **_file()["areas"]}.get(name, {}).get(language, ""))


def needs_called() -> dict[str, str]:
    """The names of the usual community's needs by what they are called in English."""
    return {str(labels[SOURCE]): name for name, labels in _file()["needs"].items()}


@cache
def usual(languages: tuple[str, ...]) -> Community:
    """The usual one, speaking these languages."""
    topics = {
        part: {
            name: {key: topic[key] for key in KEPT if key in topic}
            | {language: label(name, language) for language in languages}
            for name, topic in _file()[part].items()
        }
        for part in ("needs", "areas")
    }
    return from_table({**_file(), **topics, "languages": list(languages)}, languages)


def longest(languages: tuple[str, ...], name: str = "E" * LONGEST_NAME, letter: str = "l") -> Community:
    """One in which everything is as long as its file may be; `letter` fills the labels up."""

    def filled(label: str) -> str:
        return (label[:1].upper() + label[1:] + " " + letter * LONGEST_LABEL)[:LONGEST_LABEL]

    return _made(languages, name, filled, ("G" * LONGEST_GROUP, "h" * LONGEST_HOURS))


def shortest(languages: tuple[str, ...]) -> Community:
    """One in which everything is short."""
    return _made(languages, "East", lambda label: label[:4].title(), ("Pantry", ""))


def _made(languages: tuple[str, ...], name: str, call: Callable[[str], str], group: tuple[str, str]) -> Community:
    def topics(names: tuple[str, ...]) -> dict[str, dict[str, str]]:
        return {each: {language: call(each) for language in languages} for each in names}

    groups = [{"name": group[0][:-1] + str(n), "phone": "+12125550155", "hours": group[1]} for n in range(4)]
    raw = {"name": name, "languages": list(languages), "needs": topics(NEEDS), "areas": topics(AREAS), "groups": groups}
    return from_table({key: _file()[key] for key in ("country", "timezone", "emergency")} | raw, languages)
