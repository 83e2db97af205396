"""Prompt clips: what is said in a call, in pieces that can each be a recording in the community's own voice.

A wording is split at its {placeholders}: "Number {number} is yours." is the piece "take.taken/0", the digits one by
one, and the piece "take.taken/1". Labels and digits are pieces of their own; a name or other free words are none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from hotline.channels import spoken_hours, time_labels
from hotline.channels.catalogue import Catalogue, Messages, digits_of, messages
from hotline.community.model import Community
from hotline.engine.session import Prompt
from hotline.model.recordings import Piece

DIGITS = "0123456789"
SHORTEST_TELEPHONE = 7  # digits
COUNTS = frozenset(("count", "have", "wanted"))  # a voice says "twelve"; what is typed or written down, digit by digit
BETWEEN = " ,.:;"  # what stands between two pieces and is not recorded
SOMEONE = "label.someone"
COORDINATORS = ("room", "studio", "shut", "lent_out")  # flows that only coordinators hear
NEWS_OF_SENDERS = (
    *(
        "news.texts_held",
        "news.calls_held",
        "news.no_clear_answer",
        "news.certificate_ends",
        "news.set_aside",
        "news.texts_again",
        "news.calls_again",
    ),
)
COORDINATORS_NEWS = (
    *(
        "news.coordinator",
        "news.look",
        "news.alarm",
        "news.waits_for_a_person",
        "news.danger_open",
        "news.danger_begun",
        *NEWS_OF_SENDERS,
    ),
    *("news.answer_about", "news.answer_by_call", "news.answer_person", "news.answer_hidden", "news.answer_cancelled"),
    *("news.answer_wrong_number", "news.answer_given_back", "news.answer_yes_with_words"),
    *("news.board_code", "news.board_password", "news.board_invited"),
)
WRITTEN = frozenset(  # labels that are only written, except in news for coordinators
    f"label.{name}"
    for name in (
        *("listen", "hear", "keep", "again", "record", "recorded", "no_words", "new"),
        *("emergency", "wants_a_person", "message", "not_understood", "spent_texts", "spent_calls"),
        *("cannot_be_asked", "nobody_says", "opted_out_asking", "pin_guessed", "wrong_pin", "word_guessed", "hung_up"),
        *("pins_shut", "words_shut", "hidden_calls", "wrong_pins"),
        *("cancelled_at_carrier", "wrong_number", "asked_the_carrier", "misread", "words_wait"),
        *("waits_for_yes", "hotline", "nobody", "approve", "yes_with_words", "not_yet", "dropped_twice"),
        *("recording_failed", "recording_late", "recording_lost", "recording_not_forgotten", "spoken_words"),
    )
)

LEFT_OUT = frozenset(
    ("label.your_voice", "label.both_said")
)  # of a line, where it is not recorded: the rest says enough


@dataclass(frozen=True)
class Part:
    """A part of a line. ``piece`` is the name of what can be recorded, "" for free words and what only separates.

    ``instead`` is the piece that stands for free words where nobody can say them.
    """

    words: str
    piece: str = ""
    instead: str = ""

    @property
    def sounds(self) -> bool:
        """Whether it is more than a comma."""
        return any(letter.isalnum() for letter in self.words)


@dataclass(frozen=True)
class Sounds:
    """What is recorded: by language the place of each piece's sound, the address that plays a place, and the languages
    in which everything is recorded that somebody hears who asks for something."""

    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    address: Callable[[str], str] = str
    complete: frozenset[str] = frozenset()


NO_SOUNDS = Sounds()

_read: dict[str, tuple[Messages, tuple[Piece, ...]]] = {}  # what can be recorded of a language, and of which wordings
Fill = Callable[[str], Iterable[Part]]
RECORDED, NOT_HERE_YET = ("recorded",), ("not_here_yet",)


def of_wording(prompt: Prompt, language: str, catalogue: Catalogue) -> list[Part]:
    """The wording of a prompt, its values filled in."""
    flow, step = prompt.key.split(".")
    here = catalogue.community
    values = {"community": here.name, "emergency": here.emergency, "crisis": here.crisis, **prompt.values}
    if not prompt.plays:  # what was said aloud is late, or lost
        values = {name: _not_here_yet(value) for name, value in values.items()}
    return list(_parts(prompt.key, str(messages(language)[flow][step]["voice"]), _filling(values, language, catalogue)))


def _not_here_yet(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return (*value[:-1], *NOT_HERE_YET) if isinstance(value, tuple) and value[-1:] == RECORDED else value


def of_again(language: str, catalogue: Catalogue) -> list[Part]:
    """What is said after an answer that was missed."""
    return list(
        _parts("general.again", catalogue.general("again", language, "voice"), _filling({}, language, catalogue))
    )


def of_option(prompt: Prompt, option: str, key: str, language: str, catalogue: Catalogue) -> list[Part]:
    """How an option is offered; a language that is offered in another one's words goes by its name."""
    flow, step = prompt.key.split(".")
    own = messages(language)[flow][step].get("voice_options", {}).get(option)
    label: Any = prompt.values.get(option) or (option,)
    name, template = (f"{prompt.key}.{option}", own) if own else ("general.option", _general("option", language))
    if option == language:
        name, template = "general.language", _general("language", language)
    written = messages(language)[flow][step].get("text_options", {}).get(option)
    filled = {"key": key, "label": written or label}
    return list(_parts(name, template, _filling(filled, language, catalogue)))


def _general(key: str, language: str) -> str:
    return str(messages(language)["general"][key]["voice"])


def _parts(name: str, template: str, fill: Fill) -> Iterator[Part]:
    for place, (literal, value, _, __) in enumerate(Formatter().parse(template)):
        if literal:
            part = Part(literal)
            yield Part(literal, f"{name}/{place}") if part.sounds else part
        if value:
            yield from fill(value)


def _filling(values: Mapping[str, str | tuple[str, ...]], language: str, catalogue: Catalogue) -> Fill:
    def fill(name: str) -> Iterator[Part]:
        value = values.get(name) or (("someone",) if name == "name" else "")
        if name == "community":
            yield Part(str(value), "label.community")
        elif isinstance(value, tuple):
            yield from _labels(value, language, catalogue)
        elif digits := digits_of(value):
            yield from (Part(value),) if name in COUNTS and catalogue.has_voice(language) else _digits(digits)
        elif value:
            yield Part(value, instead=SOMEONE if name == "name" else "")

    return fill


def _labels(names: tuple[str, ...], language: str, catalogue: Catalogue) -> Iterator[Part]:
    for place, name in enumerate(names):
        if name == "recorded":  # what was said aloud is played, or stands under "my requests"
            continue
        if place:
            yield Part(", ")
        if set(name) <= {*DIGITS, " "}:
            yield from _digits(name.replace(" ", ""))
        elif time := time_labels.read(name, messages(language)["labels"], catalogue.today):
            yield from _time(time, language, catalogue)
        else:
            label = catalogue.label(name, language)
            said = spoken_hours.said(label, language, catalogue.community.languages)
            yield Part(said, f"label.{name}" if _is_label(name, language, catalogue) else "")


def _time(time: time_labels.Time, language: str, catalogue: Catalogue) -> Iterator[Part]:
    """Its own words, the names of months and days, and the numbers: a voice says "10", recordings their digits."""
    labels = messages(language)["labels"]
    if "{" not in labels[time.label]:
        yield Part(labels[time.label], f"label.{time.label}")
        return

    def fill(field: str) -> Iterator[Part]:
        if field in time.times:
            yield from _time(time.times[field], language, catalogue)
        elif field in time.names:
            for place, name in enumerate(time.names[field]):
                yield from (Part(", "),) if place else ()
                yield Part(labels[name], f"label.{name}")
        else:
            number = time.numbers[field]
            yield from (Part(number),) if catalogue.has_voice(language) else _digits(number.replace(":", ""))

    yield from _parts(f"label.{time.label}", labels[time.label], fill)


def _is_label(name: str, language: str, catalogue: Catalogue) -> bool:
    here = catalogue.community
    known = (here.needs, here.areas, here.languages, messages(language)["labels"], _of_groups(here))
    return any(name in names for names in known)


def _of_groups(community: Community) -> tuple[str, ...]:
    """What is said of other groups as their file has it, in every language: their names and hours."""
    return tuple(words for group in community.groups for words in (group.name, group.hours) if words)


def _digits(number: str) -> Iterator[Part]:
    """Digit by digit; a telephone number in groups, with a pause between them, as people write it down."""
    ends = _group_ends(len(number))
    for place, digit in enumerate(number):
        if place:
            yield Part(", " if place in ends else " ")
        yield Part(digit, f"digit.{digit}" if digit in DIGITS else "")


def _group_ends(many: int) -> tuple[int, ...]:
    """Before which digits a pause is made: the last four, and threes before them."""
    return tuple(range(many - 4, 0, -3)) if many >= SHORTEST_TELEPHONE else ()


def all_pieces(language: str, catalogue: Catalogue) -> tuple[Piece, ...]:
    """Everything that can be recorded in one language: first what makes it a language of the phone; pieces that only
    coordinators hear come last."""
    first = path(language, catalogue)
    return tuple(
        sorted(_all(language, catalogue), key=lambda each: (is_for_coordinators(each), each.name not in first))
    )


def _all(language: str, catalogue: Catalogue) -> tuple[Piece, ...]:
    return (*_names(language, catalogue), *_wordings(language))


def sheet(language: str, catalogue: Catalogue) -> tuple[Piece, ...]:
    """The pieces to record: words that stand in several places are recorded once."""
    once: dict[str, Piece] = {}
    for piece in all_pieces(language, catalogue):
        once.setdefault(piece.words, piece)
    return tuple(once.values())


PATH = (  # what somebody hears who asks for something and leaves it at that
    *("hello.line", "hello.call", "hello.anything_else", "hello.goodbye", "menu.what_next", "menu.star"),
    *("intake.what", "intake.area", "intake.details", "intake.number", "intake.confirm", "intake.change"),
    *("intake.thanks", "intake.thanks_urgent", "reach.how", "person.message", "person.told"),
    *("general.again", "general.option", "general.language"),
)


def path(language: str, catalogue: Catalogue) -> frozenset[str]:
    """The names of the pieces without which a language is not offered by phone: digits, needs, areas and `PATH`."""
    here = catalogue.community
    labels = {f"label.{name}" for name in ("community", "more", "other", "today", *here.needs, *here.areas)}
    return frozenset(piece.name for piece in _all(language, catalogue) if piece.name in labels or _is_on_path(piece))


def _is_on_path(piece: Piece) -> bool:
    key = piece.name.split("/")[0]
    return key.startswith("digit.") or ".".join(key.split(".")[:2]) in PATH


def is_for_coordinators(piece: Piece) -> bool:
    """Whether only coordinators hear it."""
    key = piece.name.split("/")[0]
    return key.split(".")[0] in COORDINATORS or key in COORDINATORS_NEWS or key in WRITTEN


def _names(language: str, catalogue: Catalogue) -> Iterator[Piece]:
    yield from (Piece(f"digit.{digit}", digit) for digit in DIGITS)
    yield Piece("label.community", catalogue.community.name)
    for name in (*catalogue.community.needs, *catalogue.community.areas):
        yield Piece(f"label.{name}", catalogue.label(name, language))
    for name, label in messages(language)["labels"].items():
        yield from _fixed(f"label.{name}", label) if "{" in label else (Piece(f"label.{name}", label),)
    yield from (Piece(f"label.{words}", words) for words in dict.fromkeys(_of_groups(catalogue.community)))


def _wordings(language: str) -> tuple[Piece, ...]:
    """Read once; and once more where the community has come to say something else."""
    said = messages(language)
    if language not in _read or _read[language][0] is not said:
        _read[language] = said, tuple(_of_messages(said))
    return _read[language][1]


def _of_messages(said: Messages) -> Iterator[Piece]:
    for flow, steps in said.items():
        spoken = steps.items() if isinstance(steps, dict) else ()
        for step, wording in spoken:
            if isinstance(wording, dict) and "voice" in wording:
                yield from _fixed(f"{flow}.{step}", wording["voice"])
                for option, words in wording.get("voice_options", {}).items():
                    yield from _fixed(f"{flow}.{step}.{option}", words)


def _fixed(name: str, template: str) -> Iterator[Piece]:
    yield from (
        Piece(part.piece, part.words.strip(BETWEEN)) for part in _parts(name, template, lambda _: ()) if part.piece
    )
