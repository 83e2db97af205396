"""Parsed input, and the kinds of answer that a question accepts."""

from dataclasses import dataclass

from hotline.engine.plain import Plain, quick
from hotline.engine.plain_words import leads_elsewhere, plain_name

UNCOUNTED = "?"  # how many people, where only is said who
BESIDE_A_NUMBER = frozenset(("thanks", "greeting", "take"))  # "2 thanks", "give me 2"
# What is said of a number to call back that is not rung: no such number, no area code, our own.
NOT_RUNG, NO_AREA_CODE, OUR_OWN_NUMBER = "not_rung", "no_area_code", "our_own_number"
NO_SUCH_CODE = "no_such_code"  # of the number of a circle that is typed in a call
# What the second opinion suspects: that a human is asked for, that a request is to be closed, that what is in hand goes
# back, that somebody wants to help.
PERSON_WANTED, CLOSING_SUSPECTED = "person_wanted", "closing_suspected"
GIVING_BACK_SUSPECTED, JOINING_SUSPECTED = "giving_back_suspected", "joining_suspected"
# What became of a secret that was typed: after too many wrong ones (SHUT) even the right one is not tried.
RIGHT, WRONG, SHUT = "right", "wrong", "shut"
BRIEF = "brief"  # a recording of a second at most
WAS_ALL = "was_all"  # "nothing else": they say that this was all
CUT = "…"  # stands in `rest` for words that were left out: what remains is no clear yes, no or done
COPIED = "copied"  # a line was copied from a list; the names after it say from which question: "withdraw.sure/yes"


@dataclass(frozen=True)
class Stop:
    """A word of stopping, cancelling or not wanting, and what it is about.

    ``object`` is "texts" (all of ours), "calls", "hours" (not then, or not for a time), "by_text" and "by_call" (the
    one instead of the other), "request" (one is to be stopped), "unneeded" (a thing is not needed any more), "near"
    (stopping and our texts, and nobody knows how they belong together) or "unclear". ``number`` and ``thing`` name the
    request where the words do. ``sure`` says that the words can hardly be meant for somebody else, ``accounted`` that
    all that stands beside is understood, ``loose`` that they may be said to anybody ("leave me alone"); ``why`` is for
    people.
    """

    object: str
    number: str = ""
    thing: str = ""
    sure: bool = True
    why: str = ""
    accounted: bool = True
    loose: bool = False


@dataclass(frozen=True)
class TimeSaid(Plain):
    """A time as it was said, by whoever does not look at a calendar: "tomorrow at 4".

    ``day`` is "today", "tomorrow", "overmorrow", "monday", "next monday" (of next week), "12-15" (a month and its day),
    "15" (the day of a month), "+3" (days from now), or "". ``part`` is "morning", "noon", "afternoon" or "evening".
    ``how`` says what the clock means: "at", "by", "after", "between" (``begin`` and ``end``). A clock is "16:00", or
    "4:00?" where nobody said which half of the day. ``every`` are the weekdays on which it comes again, ``minutes``
    how long from now it is.
    """

    day: str = ""
    part: str = ""
    how: str = ""
    begin: str = ""
    end: str = ""
    every: tuple[str, ...] = ()
    minutes: int = 0


@quick
@dataclass(frozen=True)
class Heard(Plain):
    """What the caller just said, already read: words as they came, and the names of what they mean.

    ``names`` are things we know (needs, areas, languages, fixed words) in the order they were said, ``numbers`` every
    number in them, ``rest`` the words that mean nothing to us. ``keys`` are telephone keys; ``recording`` is the
    carrier's id of a spoken answer, ``asks`` whether there is a question mark. Nothing at all is silence.

    ``command`` names the word of command that a text begins with ("pause"), ``code`` the number of a need that follows
    it or begins the text itself, ``tail`` everything after them as it came. ``moments`` are the names of times in the
    order they were said: weekdays, "today", "days". ``told`` is every word after command and code: the name of a time,
    digits ("17", "5:30"), or the bare word itself. Behind a command, ``codes`` are the numbers of needs that stand
    together, first or last ("assign 102 and 103 to Ben", "assign Ben 102 103"), ``after`` is what else is said.

    ``stops`` are the words of stopping and their objects; ``beside`` is what was heard in each of the other clauses,
    where there are any: "stop texting me, but my mother needs food" is both.

    All that is read in ``own``, the writer's own words: without reactions, quotations of ours, signatures and the like,
    which stand in ``asides``. ``reaction`` says that nothing was written besides a phone's "Liked “…”", ``machine``
    names the kind of machine that wrote: "reply", "blocked", "notice". ``leads`` is the "yes" or "no" that a text
    begins with, where nothing behind it takes it back: enough wherever a yes costs nothing.
    ``nearly`` is the text with its first word as a command, where it is one but for a letter: "aprove ben";
    ``nearly_command`` is the name of that command.
    ``precise`` says that a need is named by more than its label: "insulin" is more than "medicine".
    ``danger`` is "certain" where somebody's life, limb or safety is in danger now, "possible" where it may be;
    ``crisis`` says that someone may want to end their life, ``why`` the rules that said so, for people to read.
    ``conduct`` says that it tells how somebody behaves to somebody, or presses somebody: "he asked me for money".
    ``when`` is the time that the words are about, where they name one and are clear. ``has`` is what they say that they
    have: "oranges" of "I have oranges". ``lending`` names what the words say of a tool: "borrow" (they ask for one),
    "who" (who has one), "lend", "broken", "back", "bringing", and "other" for no tool ("lend a hand"); ``thing`` are
    the words beside that: "ladder". ``people`` is the number of a text that only says how many: "20" of "about 20
    people"; UNCOUNTED where it only says who: "me and my 3 kids". ``invites`` is to what they say that they
    invite: "a meal on Saturday" of "I want to invite neighbors to a meal on Saturday". ``denied`` are the needs and
    areas that they name as not meant: "not northside". ``inquires`` says that it begins as a question does, whatever it
    ends with: "what address do i put". ``daily`` are the classes of words about a daily call: "ends",
    "call", "daily", "away", "well", "safety"; ``daily_told`` what is said beside them, as in ``told``.
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
    codes: tuple[str, ...] = ()
    after: str = ""
    moments: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    asks: bool = False
    own: str = ""
    asides: tuple[str, ...] = ()
    reaction: bool = False
    machine: str = ""
    leads: str = ""
    stops: tuple[Stop, ...] = ()
    beside: "tuple[Heard, ...]" = ()
    nearly: str = ""
    nearly_command: str = ""
    precise: bool = False
    danger: str = ""
    crisis: bool = False
    conduct: bool = False
    why: tuple[str, ...] = ()
    when: TimeSaid | None = None
    has: str = ""
    lending: tuple[str, ...] = ()
    thing: str = ""
    people: str = ""
    invites: str = ""
    denied: frozenset[str] = frozenset()
    daily: tuple[str, ...] = ()
    daily_told: tuple[str, ...] = ()
    inquires: bool = False

    @property
    def ends_texts(self) -> bool:
        """Whether a word of stopping is about our texts."""
        return any(stop.object == "texts" for stop in self.stops)

    @property
    def silent(self) -> bool:
        return not (self.words or self.keys or self.recording)

    @property
    def digits(self) -> str:
        """The digits of an answer that is a number and nothing else: keys, or "1", "#2", "(3)" in a text."""
        if self.keys:
            return self.keys
        plain = BESIDE_A_NUMBER.issuperset(self.names) and not (self.rest or self.asks)
        return "".join(map(str, self.numbers)) if plain else ""

    def only(self, *names: str) -> bool:
        """Whether one or more of these were said, and nothing else: "yes but after 5" is not a yes, nor is "yes?"."""
        return set(self.names) <= set(names) and bool(self.names) and not (self.rest or self.numbers or self.asks)


@dataclass(frozen=True)
class Words:
    """Free words, at most `limit` letters; by phone a recording. Silence, "no" or `#` skips it; any other key before
    the tone asks to hear the question again."""

    limit: int

    def read(self, heard: Heard) -> str | None:
        if heard.keys.isdecimal() and not heard.recording:
            return None
        return "" if heard.only("no", "nothing", WAS_ALL) else heard.words[: self.limit]


class Told(Words):
    """Free words that others will read: a question of whoever should tell them is no answer ("what is a tanda"), and
    a link or a telephone number is not said in our voice."""

    def read(self, heard: Heard) -> str | None:
        elsewhere = leads_elsewhere(heard.words) and not heard.recording
        return None if heard.inquires or elsewhere else super().read(heard)


class Name(Told):
    """What somebody is called: a few words of letters alone, since others read it in our voice. What was typed around
    it falls away; a sentence, a list, a link or a number is no name, and a number typed here answers something else."""

    def read(self, heard: Heard) -> str | None:
        if not (said := super().read(heard)):
            return said
        name = plain_name(heard.words)
        return name[: self.limit].strip() if name else None


@dataclass(frozen=True)
class Digits:
    """Exactly `count` digits."""

    count: int

    def read(self, heard: Heard) -> str | None:
        return heard.digits if heard.digits.isdigit() and len(heard.digits) == self.count else None


NONE = "1"  # typed instead of a telephone number: there is none


@dataclass(frozen=True)
class PhoneNumber:
    """A telephone number to call back, seven digits or more; 1 alone leaves none. Whether such a number is rung is
    found out before any conversation hears of it. Silence is no answer, and `#` alone arrives as silence."""

    def read(self, heard: Heard) -> str | None:
        if heard.only(NOT_RUNG, NO_AREA_CODE, OUR_OWN_NUMBER):
            return None
        if heard.digits == NONE or heard.only("no", "nothing", WAS_ALL):
            return ""
        digits = "".join(letter for letter in heard.keys or heard.words if letter.isdigit())
        return digits if 7 <= len(digits) <= 15 else None


@dataclass(frozen=True)
class Pin:
    """A secret number. It is checked before the flow runs; the flow hears only RIGHT, WRONG or SHUT."""

    def read(self, heard: Heard) -> str | None:
        return RIGHT if heard.only(RIGHT) else None


@dataclass(frozen=True)
class Number:
    """A number of at most `most` digits; `#` alone, which arrives as silence, is none unless one is `needed`."""

    most: int
    needed: bool = False

    def read(self, heard: Heard) -> str | None:
        if heard.keys == "#" or heard.silent:
            return None if self.needed else ""
        return heard.digits if heard.digits.isdecimal() and len(heard.digits) <= self.most else None


class Code(Number):
    """The number of something that is there; NO_SUCH_CODE says that nothing has it."""

    def read(self, heard: Heard) -> str | None:
        return None if NO_SUCH_CODE in heard.names else super().read(heard)


class Count(Number):
    """How many, 1 or more; "no", or `#` alone, is that nobody counts. None is no count."""

    def read(self, heard: Heard) -> str | None:
        if heard.only("no", "nothing", WAS_ALL):
            return ""
        said = heard.people.isdecimal() and len(heard.people) <= self.most and not (heard.asks or heard.keys)
        count = heard.people if said else super().read(heard)
        return None if count and not int(count) else count


HALF_UNKNOWN = "?"  # behind a time of which nobody said in which half of the day it is: "08:30?"


class Clock(Number):
    """A time of the day: "8:30 pm", "20:30", or by keys "830". Saved as "20:30", or "08:30?" where it may be either."""

    def __init__(self) -> None:
        super().__init__(4, needed=True)

    def read(self, heard: Heard) -> str | None:
        if heard.when and heard.when.begin and not heard.when.end:
            return heard.when.begin
        digits = super().read(heard) or ""
        if not digits:
            return None
        hour, minute = (digits, "00") if len(digits) < 3 else (digits[:-2], digits[-2:])
        if int(hour) > 23 or int(minute) > 59 or digits == "0":
            return None
        either = 1 <= int(hour) <= 11 and not hour.startswith("0")
        return f"{int(hour):02}:{minute}" + (HALF_UNKNOWN if either else "")


Answer = Words | Digits | PhoneNumber | Pin | Number
