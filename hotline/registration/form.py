"""Registration form: what the carrier's form asks about a number in the US, filled in from the community.

A number with an area code is registered as a brand and a campaign (10DLC), a toll-free one is verified.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from hotline.channels.catalogue import Catalogue
from hotline.channels.print.card import word_for
from hotline.channels.print.public_pages import agreement
from hotline.model import phone_numbers
from hotline.model.carrier_words import STOP_WORDS
from hotline.registration.texts import Samples

TOLL_FREE = ("800", "888", "877", "866", "855", "844", "833")
DESCRIPTION = (
    "We are {name}, neighbors in {areas} who help each other. People who need {needs} text or call {number} first, and "
    "we text them what becomes of their own request: who takes it, a reminder, whether it happened. Volunteers who "
    "joined by texting {word} or on our paper list get a text when somebody near them needs what they said they can "
    "give, up to {times} a week, never between {quiet}. We sell nothing, ask for no money and give nobody a number."
)
FLOW = (
    "People opt in by texting {number} first. The number stands on our flyers and at {url}/{page}opt-in, beside these "
    'words: "{agreement}" Volunteers opt in by texting {word} to {number} and answering three questions, or by signing '
    "our paper list, which has the same words above the signatures; whoever is on that list gets one text that asks, "
    "and nothing more before their own yes. Everybody may get help without any text, by calling. Privacy: "
    "{url}/{page}privacy. Terms: {url}/{page}terms."
)


@dataclass(frozen=True)
class Field:
    """One thing that a form asks for. ``write`` is to be copied; ``advice`` says what only those know who register.
    ``part`` is the heading that begins with it."""

    asks: str
    write: str = ""
    advice: str = ""
    part: str = ""


def is_toll_free(number: str) -> bool:
    return number.startswith("+1") and number[2:5] in TOLL_FREE


def fields(catalogue: Catalogue, number: str, url: str, samples: Samples) -> tuple[Field, ...]:
    """All that the form for that number asks. `url` is PUBLIC_URL."""
    values = _values(catalogue, number, url, samples)
    return tuple(
        Field(**{name: words.format(**values) for name, words in each.items()})
        for each in said()["tollfree" if is_toll_free(number) else "local"]["fields"]
    )


@cache
def said() -> Mapping[str, Any]:
    """The words of the forms and of what is refused."""
    return tomllib.loads(resources.files("hotline").joinpath("registration/registration.toml").read_text("utf-8"))


def _values(catalogue: Catalogue, number: str, url: str, samples: Samples) -> dict[str, str]:
    here, language = catalogue.community, samples.language
    quiet = (f"{each:%H:%M}" for each in here.rules.quiet)
    values = {
        "name": here.name,
        "areas": _listed(catalogue.label(each, language) for each in here.areas),
        "needs": _listed(catalogue.label(each, language) for each in here.needs),
        "need": catalogue.label(next(iter(here.needs)), language).upper(),
        "number": phone_numbers.show(number),
        "url": url.rstrip("/"),
        "page": "" if language == here.languages[0] else f"{language}/",
        "word": word_for("volunteer", language),
        "times": str(here.rules.asks_per_week),
        "quiet": " and ".join(quiet),
        "emergency": here.emergency,
        "agreement": _plain(agreement(catalogue, language, number)),
        "has_numbers": "yes, of other groups that help" if here.groups else "no",
        "stop_words": ", ".join(sorted(map(str.upper, STOP_WORDS))),
        **{f"sample_{name}": getattr(samples, name) for name in ("first", "joined", "offer", "taken", "reminder")},
        "sample_invitation": samples.invitation,
    }
    return values | {"description": DESCRIPTION.format(**values), "flow": FLOW.format(**values)}


def _plain(words: str) -> str:
    """Without the marks that keep a number from being turned around: a form may not take them."""
    return words.replace("\u2066", "").replace("\u2069", "")


def _listed(words: Iterator[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
