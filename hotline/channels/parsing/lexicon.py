"""Lexicon: what people write and what it means, from messages, messages/vocabulary and the community file."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from hotline.channels.catalogue import MESSAGES, languages, messages
from hotline.channels.parsing.tokens import tokens
from hotline.community.model import Community
from hotline.engine.answers import COPIED

VOCABULARY = MESSAGES.joinpath("vocabulary")
WORLD = "world.toml"
SECTIONS = ("words", "synonyms", "languages")
ENGLISH = "en"
CHOICE = re.compile(r"\(([^()]*)\)(\??)")

# Understood in every language of the world that we have words of, whatever the community offers.
UNIVERSAL = frozenset(
    (
        *("yes", "ok", "willing", "take", "no", "cannot", "right", "wrong", "came", "not_yet"),
        *("thanks", "polite", "sorry", "greeting", "1", "2", "3", "4"),
        *("against", "for_it", "laughs"),
    )
)


@dataclass(frozen=True)
class Word:
    """One phrase: its language where it tells one, what it means where it means something.

    ``as_written`` says that a word of its own counts only with its accents, as it stands.
    """

    phrase: str
    name: str = ""
    language: str = ""
    as_written: bool = False


def words_of(community: Community) -> Iterator[Word]:
    """Every phrase that is understood there, what matters most first."""
    others = [word for language in community.languages for word in _offered(language, community)]
    others += _elsewhere(community)
    others += _copied(community)  # last: what a line is called must not change what people mean by the same words
    taken = {word.phrase.casefold() for word in others if word.name in UNIVERSAL}
    yield from (each for each in map(partial(_beside, taken), _topics(community)) if each.phrase)
    yield Word(community.emergency, "emergency")
    yield from others


def _topics(community: Community) -> Iterator[Word]:
    """What needs and areas are called there."""
    for name, need in community.needs.items():
        yield from (Word(word, name) for word in need.words)
        yield from (Word(label, name, language) for language, label in need.labels.items())
    for name, area in community.areas.items():
        yield from (Word(word, name) for word in (*area.words, *area.labels.values()))


def _beside(taken: Set[str], word: Word) -> Word:
    """A label that is a yes or a no without its accents counts only with them: "Nò", the north. "No" counts as none."""
    bare = " ".join(tokens(word.phrase))
    if bare not in taken:
        return word
    same = word.phrase.casefold() == bare
    return Word("" if same else word.phrase, word.name, word.language, as_written=True)


def numbers_of(language: str) -> dict[str, list[str]]:
    """The words for numbers: "two" is 2."""
    return {name: phrases for name, phrases in _file(language).get("words", {}).items() if name.isdecimal()}


def phrases_of(language: str) -> dict[tuple[str, ...], set[str]]:
    """What the vocabulary of a language has, phrase by phrase, and what each means."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name, phrase in _entries(_file(language), "words"):
        found.setdefault(tokens(phrase), set()).add(name)
    return found


def every_vocabulary() -> list[Mapping[str, Any]]:
    """The vocabularies of all languages, those of the world too: phones and mail programs speak any of them."""
    return [*map(_file, sorted(shipped())), *_world().values()]


def turning_phrases(language: str, name: str) -> list[str]:
    """The phrases of a language that may turn a yes or a no: "words", "conditions"."""
    phrases: list[str] = _file(language).get("turning", {}).get(name, [])
    return phrases


def words_told(language: str) -> frozenset[str]:
    """All words that stand in the vocabulary of a language, and tell that someone writes it."""
    file = _file(language) or _world().get(language, {})
    phrases = (phrase for _, phrase in _entries(file, "words"))
    return frozenset(word for phrase in (*phrases, *file.get("telling", ())) for word in tokens(phrase))


def times_of(language: str) -> tuple[Mapping[str, list[str]], bool]:
    """The words of time of a language, by what they mean; and whether accents tell them apart."""
    section: Mapping[str, list[str]] = _file(language).get("times", {})
    return section, _is_as_written(_file(language))


def danger_sections() -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """(language, its words of danger by class) of every language that has any."""
    for language in sorted(shipped()):
        yield language, _file(language).get("danger", {})
    for language, file in sorted(_world().items()):
        yield language, file.get("danger", {})


def never_slips(community: Community) -> frozenset[str]:
    """Words that look like a slip of one of ours, and are none."""
    return frozenset(word for language in community.languages for word in _spelling(language).get("apart", ()))


def joints(language: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """The words of a language that begin a new clause: those like "but", and those like "and"."""
    section = _file(language).get("clauses", {})
    but, and_ = (frozenset(tokens(phrase) for phrase in section.get(name, ())) for name in ("but", "and"))
    return but, and_


def exceptions(language: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """What is said before a choice that is not meant, "anything but", and what is said behind it."""
    section = _file(language).get("clauses", {})
    before, behind = (frozenset(tokens(phrase) for phrase in section.get(name, ())) for name in ("except", "excepted"))
    return before, behind


def stopping_phrases(language: str) -> Iterator[tuple[str, str, str, bool]]:
    """(kind, phrase, need, everywhere) of all that a language says about stopping.

    Its own words come first, then those of English that people write in every language ("stop", "unsubscribe"):
    `everywhere` says so. `need` is the name of a need, where the phrase names one.
    """
    for section, everywhere in (
        (_file(language).get("stopping", {}), False),
        (_file(ENGLISH)["stopping_everywhere"], True),
    ):
        for name, phrases in section.items():
            yield from ((name, words, "", everywhere) for phrase in phrases for words in alternatives(phrase))
    if language not in shipped():
        yield from ((name, phrase, "", False) for name, phrase in _whole(_world()[language]))
    for name, phrase in _entries(_file(language), "synonyms"):
        yield "kind", phrase, name, False


def _whole(file: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What we have of a language of the world: whole sentences; a word alone counts only where nothing else is said."""
    for name, phrase in _entries(file, "words"):
        if name == "opt_out":
            yield ("unsubscribe" if len(tokens(phrase)) > 1 else "alone"), phrase
        elif name in ("polite", "thanks", "sorry", "greeting", "no"):
            yield "filler", phrase


def alternatives(phrase: str) -> Iterator[str]:
    """ "stop (text|send)ing" is two phrases, "(please)? stop" as well."""
    choice = CHOICE.search(phrase)
    if choice is None:
        yield phrase
        return
    for part in dict.fromkeys((*choice[1].split("|"), *([""] if choice[2] else []))):
        yield from alternatives(f"{phrase[: choice.start()]}{part}{phrase[choice.end() :]}")


def _offered(language: str, community: Community) -> Iterator[Word]:
    """All that is written in a language that the community offers."""
    wordings: Mapping[str, Any] = messages(language) if language in languages() else {}
    if wordings:
        yield Word(wordings["name"], language)
    for file in (wordings, _file(language)):
        for name, phrase in _entries(file, "words"):
            yield _word(phrase, name, language, community)
        for name, phrase in _entries(file, "synonyms"):
            if name in community.needs_offered:
                yield _word(phrase, name, language, community)
        for name, phrase in _entries(file, "wants"):
            if name in community.needs_offered:
                yield _word(phrase, f"wants {name}", language, community)
        for name, phrase in _entries(file, "languages"):
            if name in community.languages:
                yield Word(phrase, name)
        yield from (Word(word, "", language) for word in file.get("telling", ()))


def _elsewhere(community: Community) -> Iterator[Word]:
    """Yes, no, danger and the like in all other languages."""
    for language in sorted({*shipped(), *_world()} - set(community.languages)):
        file = _file(language) if language in shipped() else _world()[language]
        for name, phrase in _entries(file, "words"):
            if name in UNIVERSAL:
                yield _word(phrase, name, "", community, _is_as_written(file))


def _word(phrase: str, name: str, language: str, community: Community, as_written: bool | None = None) -> Word:
    written = _is_as_written(_file(language)) if as_written is None else as_written
    return Word(phrase.replace("{emergency}", community.emergency), name, language, written)


def _is_as_written(file: Mapping[str, Any]) -> bool:
    return bool(file.get("spelling", {}).get("as_written", False))


def _entries(file: Mapping[str, Any], section: str) -> Iterator[tuple[str, str]]:
    for name, phrases in file.get(section, {}).items():
        yield from ((name, said) for phrase in phrases for said in alternatives(phrase))


def _copied(community: Community) -> Iterator[Word]:
    """The wordings of options: whoever copies a line of a list means that option. What stands for a yes or a no there,
    such as "close it", is none at any other question: its name says where it stands, "copied withdraw.sure/yes"."""
    spoken = [language for language in community.languages if language in languages()]
    lines = [(language, *line) for language in spoken for line in _lines(messages(language))]
    places: dict[str, set[str]] = {}
    for _, place, name, phrase in lines:
        if name in ("yes", "no"):
            places.setdefault(" ".join(tokens(phrase)), set()).add(f"{place}/{name}")
    for language, _, name, phrase in lines:
        own = places.get(" ".join(tokens(phrase)), ())
        yield Word(phrase, " ".join((COPIED, *sorted(own))) if own else name, language)


def _lines(file: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """("withdraw.sure", "yes", "close it") of every option that has words of its own."""
    for flow, steps in file.items():
        for step, wording in steps.items() if isinstance(steps, dict) else ():
            options = wording.get("text_options", {}) if isinstance(wording, dict) else {}
            yield from ((f"{flow}.{step}", name, phrase) for name, phrase in options.items())


def _spelling(language: str) -> Mapping[str, Any]:
    spelling: Mapping[str, Any] = _file(language).get("spelling", {})
    return spelling


def understood() -> frozenset[str]:
    """The languages that we have any words of."""
    return shipped() | frozenset(_world())


@cache
def shipped() -> frozenset[str]:
    """The languages that have a vocabulary of their own."""
    names = (file.name for file in VOCABULARY.iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml") and name != WORLD)


@cache
def _file(language: str) -> Mapping[str, Any]:
    if language not in shipped():
        return {}
    return tomllib.loads(VOCABULARY.joinpath(f"{language}.toml").read_text("utf-8"))


@cache
def _world() -> Mapping[str, Any]:
    """The words for yes, no and the like in languages that the hotline does not speak, by language."""
    return tomllib.loads(VOCABULARY.joinpath(WORLD).read_text("utf-8"))
