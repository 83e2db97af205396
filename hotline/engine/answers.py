"""Parsed input, and the kinds of answer that a question accepts."""

from dataclasses import dataclass

from hotline.engine.plain import Plain

NOT_RUNG = "not_rung"  # of what was typed where a number to call back is asked for: we ring nobody there
COPIED = "copied"  # a line was copied from a list; the names after it say from which question: "withdraw.sure/yes"


@dataclass(frozen=True)
class Heard(Plain):
    """What the caller just said, already read: words as they came, and the names of what they mean.

    ``names`` are things we know (needs, areas, languages, fixed words) in the order they were said, ``numbers`` every
    number in them, ``rest`` the words that mean nothing to us. ``keys`` are telephone keys; ``recording`` is the
    carrier's id of a spoken answer, ``asks`` whether there is a question mark. Nothing at all is silence.

    ``command`` names the word of command that a text begins with ("pause"), ``code`` the number of a need that follows
    it or begins the text itself, ``tail`` everything after them as it came. ``moments`` are the names of times in the
    order they were said: weekdays, "today", "days". ``told`` is every word after command and code: the name of a time,
    digits ("17", "5:30"), or the bare word itself.
    """

    words: str = ""
    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    rest: tuple[str, ...] = ()
    keys: str = ""
    recording: str = ""
    language: str = ""
    command: str = ""
    code: str = ""
    tail: str = ""
    moments: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    asks: bool = False

    @property
    def silent(self) -> bool:
        return not (self.words or self.keys or self.recording)

    @property
    def digits(self) -> str:
        """The digits of an answer that is a number and nothing else: keys, or "1", "#2", "(3)" in a text."""
        if self.keys:
            return self.keys
        return "" if self.rest or self.names or self.asks else "".join(map(str, self.numbers))

    def only(self, *names: str) -> bool:
        """Whether one or more of these were said, and nothing else: "yes but after 5" is not a yes, nor is "yes?"."""
        return set(self.names) <= set(names) and bool(self.names) and not (self.rest or self.numbers or self.asks)


@dataclass(frozen=True)
class Words:
    """Free words, at most `limit` letters; by phone a recording. Silence, "no" or `#` skips it."""

    limit: int

    def read(self, heard: Heard) -> str | None:
        return "" if heard.only("no", "nothing") else heard.words[: self.limit]


@dataclass(frozen=True)
class Digits:
    """Exactly `count` digits."""

    count: int

    def read(self, heard: Heard) -> str | None:
        return heard.digits if heard.digits.isdigit() and len(heard.digits) == self.count else None


@dataclass(frozen=True)
class PhoneNumber:
    """A telephone number to call back, seven digits or more; `#` alone leaves none. Whether such a number is rung is
    found out before any conversation hears of it."""

    def read(self, heard: Heard) -> str | None:
        if heard.only(NOT_RUNG):
            return None
        if heard.keys == "#" or heard.silent:  # `#` ends the number, so `#` alone arrives as silence
            return ""
        digits = "".join(letter for letter in heard.keys or heard.words if letter.isdigit())
        return digits if 7 <= len(digits) <= 15 else None


@dataclass(frozen=True)
class Pin:
    """A secret number. It is checked before the flow runs; the flow hears only whether it was right."""

    def read(self, heard: Heard) -> str | None:
        return "right" if heard.only("pin_right") else None


@dataclass(frozen=True)
class Number:
    """A number of at most `most` digits; `#` alone is none."""

    most: int

    def read(self, heard: Heard) -> str | None:
        if heard.keys == "#" or heard.silent:
            return ""
        return heard.digits if heard.digits.isdecimal() and len(heard.digits) <= self.most else None


Answer = Words | Digits | PhoneNumber | Pin | Number
