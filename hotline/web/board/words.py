"""Words of the board: what its pages say in English and in Spanish, and how times and names are shown there."""

import tomllib
from collections.abc import Mapping
from datetime import tzinfo
from functools import cache
from importlib import resources
from typing import Any

from hotline.channels.catalogue import Catalogue
from hotline.model import calendar
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.phone_numbers import is_shown

LANGUAGES = ("en", "es")
HERE = resources.files("hotline").joinpath("web", "board", "words")
SHOWN = 4  # digits of a number


@cache
def wordings(language: str) -> Mapping[str, Any]:
    """All that the board says in one language: "overview.title" is `title` under [overview]."""
    return tomllib.loads(HERE.joinpath(f"{language}.toml").read_text("utf-8"))


class Words:
    """What pages say in one language, at one moment, on the clocks of the community."""

    def __init__(self, language: str, catalogue: Catalogue, now: float) -> None:
        self.language, self.now = language, now
        self._catalogue = catalogue.on(now)
        self._zone: tzinfo = catalogue.community.rules.timezone

    def __call__(self, key: str, **values: object) -> str:
        section, _, name = key.partition(".")
        return str(wordings(self.language)[section][name]).format_map(values)

    def has(self, key: str) -> bool:
        section, _, name = key.partition(".")
        return name in wordings(self.language).get(section, {})

    def label(self, name: str) -> str:
        """What people call a need, an area, a language, a reason."""
        return self._catalogue.label(name, self.language) if name else ""

    def labelled(self, names: tuple[str, ...]) -> str:
        return self._catalogue.labelled(names, self.language)

    def title(self, what: str, area: str, code: str = "") -> str:
        """What a request is called: its number, what it is about, and where."""
        about = ", ".join(filter(None, (self.label(what) or self("card.something"), self.label(area))))
        return f"{code} {about}".strip()

    def ago(self, at: float) -> str:
        """How long ago: 20 min, 3 h, 2 days."""
        seconds = max(0.0, self.now - at)
        if seconds < HOUR:
            return self("time.minutes", count=int(seconds // MINUTE))
        if seconds < 2 * DAY:
            return self("time.hours", count=int(seconds // HOUR))
        return self("time.days", count=int(seconds // DAY))

    def clock(self, at: float) -> str:
        """The time of the day; with its date where that is not today."""
        then, today = calendar.local(at, self._zone), calendar.local(self.now, self._zone).date()
        if then.date() == today:
            return f"{then:%H:%M}"
        return f"{self.day(at)} {then:%H:%M}"

    def day(self, at: float) -> str:
        """The date: Mar 10."""
        then = calendar.local(at, self._zone)
        return self("time.date", day=then.day, month=wordings(self.language)["time"]["months"][then.month - 1])

    def to_the_second(self, at: float) -> str:
        """The time of the day, for what is over within a minute."""
        return f"{calendar.local(at, self._zone):%H:%M:%S}"

    def machine(self, at: float) -> str:
        """The same for <time datetime="...">."""
        return calendar.local(at, self._zone).isoformat(timespec="minutes")


def ending(phone: str) -> str:
    """All that is shown of a number unless somebody asks for it: …0112."""
    return f"…{phone[-SHOWN:]}" if is_shown(phone) else ""
