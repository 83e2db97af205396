"""Lexicon: what people write and what it means, from messages, messages/vocabulary and the community file."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from functools import cache, partial
from itertools import chain, product
from typing import Any, NamedTuple

from hotline.channels.catalogue import MESSAGES, languages, messages
from hotline.channels.parsing.tokens import Phrase, tokens
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


class Word(NamedTuple):
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
    for name, bare in _bare(language, "words"):
        found.setdefault(bare, set()).add(name)
    return found


def every_vocabulary() -> list[Mapping[str, Any]]:
    """The vocabularies of all languages, those of the world too: phones and mail programs speak any of them."""
    return [*map(_file, sorted(shipped())), *_world().values()]


def turning_phrases(language: str, name: str) -> list[str]:
    """The phrases of a language that may turn a yes or a no: "words", "conditions"."""
    phrases: list[str] = _file(language).get("turning", {}).get(name, [])
    return phrases


@cache
def words_told(language: str) -> frozenset[str]:
    """All words that stand in the vocabulary of a language, and tell that someone writes it."""
    file = _of(language)
    return frozenset(chain(*map(tokens, file.get("telling", ())), *(bare for _, bare in _bare(language, "words"))))


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


def elsewhere(community: Community) -> dict[Phrase, frozenset[str]]:
    """Words for a need in one language that are everyday words of others there, and those languages."""
    found: dict[Phrase, frozenset[str]] = {}
    of = {language: {bare for _, bare in _bare(language, "synonyms")} for language in community.languages}
    for language, things in of.items():
        for bare in (each for each in things if len(each) == 1):
            others = {other for other in of if other != language and bare[0] in words_told(other)}
            if named := frozenset(other for other in others if bare not in of[other]):
                found[bare] = found.get(bare, frozenset()) | named
    return found


def exceptions(language: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """What is said before a choice that is not meant, "anything but", and what is said behind it."""
    section = _file(language).get("clauses", {})
    before, behind = (frozenset(tokens(phrase) for phrase in section.get(name, ())) for name in ("except", "excepted"))
    return before, behind


def stopping_phrases(language: str) -> Iterator[tuple[str, Phrase, str, bool]]:
    """(kind, bare words, need, everywhere) of all that a language says about stopping.

    Its own words come first, then those of English that people write in every language ("stop", "unsubscribe"):
    `everywhere` says so. `need` is the name of a need, where the phrase names one.
    """
    if language in shipped():
        yield from ((name, bare, "", False) for name, bare in _bare(language, "stopping"))
    yield from ((name, bare, "", True) for name, bare in _bare(ENGLISH, "stopping_everywhere"))
    if language not in shipped():
        yield from ((name, bare, "", False) for name, bare in _whole(language))
    else:
        yield from (("kind", bare, name, False) for name, bare in _bare(language, "synonyms"))


def _whole(language: str) -> Iterator[tuple[str, Phrase]]:
    """What we have of a language of the world: whole sentences; a word alone counts only where nothing else is said."""
    for name, phrase in _bare(language, "words"):
        if name == "opt_out":
            yield ("unsubscribe" if len(phrase) > 1 else "alone"), phrase
        elif name in ("polite", "thanks", "sorry", "greeting", "no"):
            yield "filler", phrase


def alternatives(phrase: str) -> Iterator[str]:
    """ "stop (text|send)ing" is two phrases, "(please)? stop" as well."""
    choice = CHOICE.search(phrase) if "(" in phrase else None
    if choice is None:
        yield phrase
        return
    before, *behind = CHOICE.split(phrase)  # behind: each choice, its sign, and the words up to the next
    if any("(" in words for words in (before, *behind[2::3])):  # a choice in a choice: the inner one first
        for part in _parts(choice[1], choice[2]):
            yield from alternatives(f"{phrase[: choice.start()]}{part}{phrase[choice.end() :]}")
        return
    ways = [[before]]
    for inside, sign, words in zip(behind[::3], behind[1::3], behind[2::3], strict=True):
        ways += [_parts(inside, sign), [words]]
    yield from map("".join, product(*ways))


def _parts(choice: str, sign: str) -> list[str]:
    return list(dict.fromkeys((*choice.split("|"), *([""] if sign else []))))


def _offered(language: str, community: Community) -> Iterator[Word]:
    """All that is written in a language that the community offers."""
    wordings: Mapping[str, Any] = messages(language) if language in languages() else {}
    if wordings:
        yield Word(wordings["name"], language)
    written = _is_as_written(_file(language))
    for file, section_of in ((wordings, _of_messages), (_file(language), _own)):
        for name, phrase in section_of(language, "words"):
            yield Word(_here(phrase, community), name, language, written)
        for name, phrase in section_of(language, "synonyms"):
            if name in community.needs_offered:
                yield Word(phrase, name, language, written)
        for name, phrase in section_of(language, "wants"):
            if name in community.needs_offered:
                yield Word(phrase, f"wants {name}", language, written)
        for name, phrase in section_of(language, "languages"):
            if name in community.languages:
                yield Word(phrase, name)
        yield from (Word(word, "", language) for word in file.get("telling", ()))


def _elsewhere(community: Community) -> Iterator[Word]:
    """Yes, no, danger and the like in all other languages."""
    for language in sorted({*shipped(), *_world()} - set(community.languages)):
        written = _is_as_written(_of(language))
        for name, phrase in _own(language, "words"):
            if name in UNIVERSAL:
                yield Word(_here(phrase, community), name, "", written)


def _here(phrase: str, community: Community) -> str:
    return phrase.replace("{emergency}", community.emergency)


def _is_as_written(file: Mapping[str, Any]) -> bool:
    return bool(file.get("spelling", {}).get("as_written", False))


Entries = tuple[tuple[str, str], ...]  # names, and each phrase that means them


@cache
def _own(language: str, section: str) -> Entries:
    """A section of the vocabulary of that language, shipped or of the world, every choice written out."""
    return _written_out(_of(language), section)


@cache
def _bare(language: str, section: str) -> tuple[tuple[str, Phrase], ...]:
    """The same in bare words."""
    return tuple((name, tokens(phrase)) for name, phrase in _own(language, section))


def _of_messages(language: str, section: str) -> Entries:
    """The same of its message file, in which a community may have words of its own."""
    return _written_out(messages(language) if language in languages() else {}, section)


def _written_out(file: Mapping[str, Any], section: str) -> Entries:
    named = file.get(section, {}).items()
    return tuple((name, said) for name, phrases in named for phrase in phrases for said in alternatives(phrase))


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


def _of(language: str) -> Mapping[str, Any]:
    """The vocabulary of a language, shipped or of the world; empty where there is none."""
    return _file(language) or _world().get(language, {})


@cache
def _world() -> Mapping[str, Any]:
    """The words for yes, no and the like in languages that the hotline does not speak, by language."""
    return tomllib.loads(VOCABULARY.joinpath(WORLD).read_text("utf-8"))
