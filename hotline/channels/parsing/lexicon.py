"""Lexicon: what people write and what it means, from messages, messages/vocabulary and the community file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain, groupby, product
from operator import itemgetter
from typing import Any

from hotline.channels.catalogue import MESSAGES, languages, messages
from hotline.channels.catalogue import shipped as as_shipped
from hotline.channels.parsing.prepared import kept, lasting
from hotline.channels.parsing.tokens import Phrase, accents, tokens
from hotline.channels.parsing.tokens import bare as bare_word
from hotline.channels.parsing.word_tables import Word, WordTable, merged, table
from hotline.community.model import Community
from hotline.engine.answers import COPIED

VOCABULARY = MESSAGES.joinpath("vocabulary")
WORLD = "world.toml"
SECTIONS = ("words", "synonyms", "languages")
ENGLISH = "en"
PEOPLE = ("who", "child")  # classes of the words of danger
CHOICE = re.compile(r"\(([^()]*)\)(\??)")

Kind = tuple[str, str]
Languages = tuple[str, ...]
UNIVERSAL_WORDS, OTHER_WORDS, TELLING = ("words", "universal"), ("words", ""), ("telling", "")
FILES = "vocabularies"  # what they are called where they are prepared
MOST_TOWNS = 2  # whose words are remembered beside those of the one that is served

# Understood in every language of the world that we have words of, whatever the community offers.
UNIVERSAL = frozenset(
    (
        *("yes", "ok", "willing", "take", "no", "cannot", "right", "wrong", "came", "not_yet"),
        *("thanks", "polite", "sorry", "greeting", "1", "2", "3", "4"),
        *("against", "for_it", "laughs"),
    )
)


def words_of(community: Community) -> WordTable:
    """Every phrase that is understood there, what matters most first: needs and areas, then what each language has."""
    own = any(messages(each) is not as_shipped(each) for each in {*community.languages} & {*languages()})
    words = _all_words if own else _shipped_words
    others = words(tuple(community.languages), tuple(community.needs_offered), community.emergency)
    topics = (_beside(others, word) for word in _topics(community))
    return merged([table((*topics, Word(community.emergency, "emergency"))), others])


def _all_words(spoken: Languages, needs: tuple[str, ...], emergency: str) -> WordTable:
    """What is understood wherever these languages are spoken and these needs are named."""
    with lasting():
        tables = [each for language in spoken for each in _offered(language, spoken, needs, emergency)]
        tables += [each for language in sorted(understood() - set(spoken)) for each in _elsewhere(language)]
        tables.append(table(_copied(spoken)))  # last: what a line is called must not change what people mean by it
        return merged(tables)


_shipped_words = lru_cache(MOST_TOWNS)(_all_words)


def _topics(community: Community) -> Iterator[Word]:
    """What needs and areas are called there."""
    for name, need in community.needs.items():
        yield from (Word(word, name) for word in need.words)
        yield from (Word(label, name, language) for language, label in need.labels.items())
    for name, area in community.areas.items():
        yield from (Word(word, name) for word in (*area.words, *area.labels.values()))


def _beside(others: WordTable, word: Word) -> Word:
    """A label that is a yes or a no without its accents counts only with them: "Nò", the north. "No" counts as none."""
    bare = tokens(word.phrase)
    if others.names.get(bare) not in UNIVERSAL:
        return word
    same = word.phrase.casefold() == " ".join(bare)
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


def greetings(language: str) -> frozenset[Phrase]:
    """With what a text may begin before it says anything."""
    return frozenset(map(tokens, _file(language).get("words", {}).get("greeting", ())))


@cache
def household(language: str, name: str) -> tuple[Phrase, ...]:
    """The phrases by which a language says who and how many: "words", "numbers", "beside_a_number", "alone"."""
    phrases: list[str] = _file(language).get("household", {}).get(name, [])
    return tuple(map(tokens, phrases))


@cache
def words_told(language: str) -> frozenset[str]:
    """All words that stand in the vocabulary of a language, and tell that someone writes it."""
    return frozenset(chain.from_iterable(_bare_phrases(language, "words", "telling")))


def _bare_phrases(language: str, *sections: str) -> Iterator[Phrase]:
    """The phrases of these sections, whatever they mean."""
    for (section, _), found in _tables(language):
        if section in sections:
            yield from chain(found.names, found.nameless, zip(found.single, strict=True))


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


def danger_phrases(language: str, name: str) -> Iterator[Phrase]:
    """The phrases of one class among the words of danger of a language."""
    for phrase in _of(language).get("danger", {}).get(name, ()):
        yield from map(tokens, alternatives(phrase))


def never_slips(community: Community) -> frozenset[str]:
    """Words that look like a slip of one of ours, and are none."""
    return frozenset(word for language in community.languages for word in _spelling(language).get("apart", ()))


def joints(language: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """The words of a language that begin a new clause: those like "but", and those like "and"."""
    section = _file(language).get("clauses", {})
    but, and_ = (frozenset(tokens(phrase) for phrase in section.get(name, ())) for name in ("but", "and"))
    return but, and_


@lru_cache(MOST_TOWNS)
def elsewhere(offered: Languages) -> Mapping[Phrase, frozenset[str]]:
    """Words for a need in one language that are everyday words of others there, and those languages."""
    found: dict[Phrase, frozenset[str]] = {}
    of = {language: {*_bare_phrases(language, "synonyms")} for language in offered}
    for language, things in of.items():
        for bare in (each for each in things if len(each) == 1):
            others = {other for other in of if other != language and bare[0] in words_told(other)}
            if named := frozenset(other for other in others if bare not in of[other]):
                found[bare] = found.get(bare, frozenset()) | named
    return found


def exceptions(language: str) -> tuple[frozenset[Phrase], ...]:
    """What is said before a choice that is not meant, "anything but", what is said behind it, and what counts behind
    it only where nothing follows but another choice: "comida no, medicina"."""
    section = _file(language).get("clauses", {})
    names = ("except", "excepted", "excepted_last")
    return tuple(frozenset(map(tokens, section.get(name, ()))) for name in names)


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


def told_apart(language: str) -> Mapping[str, frozenset[Phrase]]:
    """The words of stopping, bare, that are told apart by their accents, and the accents of each."""
    found: dict[str, frozenset[Phrase]] = {}
    for word in _spelling(language).get("told_apart", ()):
        found[bare_word(word)] = found.get(bare_word(word), frozenset()) | {accents(word)}
    return found


def reasons(offered: Languages) -> frozenset[str]:
    """The words by which somebody says why they want no more texts: "moved"."""
    return frozenset(
        word
        for language in offered
        for phrase in _file(language).get("stopping", {}).get("reason", ())
        for word in tokens(phrase)
    )


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


def _offered(language: str, spoken: Languages, needs: tuple[str, ...], emergency: str) -> Iterator[WordTable]:
    """All that is written in a language that a community offers beside others."""
    kinds = {
        UNIVERSAL_WORDS,
        OTHER_WORDS,
        TELLING,
        *product(("synonyms", "wants"), needs),
        *product(["languages"], spoken),
    }
    if language in languages():  # in its message file a community may have words of its own
        file, written = messages(language), _is_as_written(_file(language))
        words = (word for kind, word in _words_in(file, language, written) if kind in kinds)
        here = (word._replace(phrase=word.phrase.replace("{emergency}", emergency)) for word in words)
        yield table((Word(file["name"], language), *here))
    yield from (each for kind, each in _tables(language) if kind in kinds)


def _elsewhere(language: str) -> Iterator[WordTable]:
    """Yes, no and the like in a language that the community does not offer: none is taken to speak it."""
    yield from (replace(each, languages={}) for kind, each in _tables(language) if kind == UNIVERSAL_WORDS)


@cache
def _tables(language: str) -> list[tuple[Kind, WordTable]]:
    """What the vocabulary of a language has, kind by kind in its own order."""
    return kept(of_words(language), lambda: tables_in(language))


def of_words(language: str) -> str:
    """What the tables of a language are called where they are prepared."""
    return f"words {language}"


def tables_in(language: str) -> list[tuple[Kind, WordTable]]:
    """The same, read from the vocabulary."""
    words = _words_in(_of(language), language, _is_as_written(_of(language)))
    return [(kind, table(word for _, word in some)) for kind, some in groupby(words, key=itemgetter(0))]


def _words_in(file: Mapping[str, Any], language: str, written: bool) -> Iterator[tuple[Kind, Word]]:
    """All phrases of a file, each with its kind: what they stand for, where only some communities have it."""
    for name, phrase in _written_out(file, "words"):
        yield (UNIVERSAL_WORDS if name in UNIVERSAL else OTHER_WORDS), Word(phrase, name, language, written)
    for need, phrase in _written_out(file, "synonyms"):
        yield ("synonyms", need), Word(phrase, need, language, written)
    for need, phrase in _written_out(file, "wants"):
        yield ("wants", need), Word(phrase, f"wants {need}", language, written)
    for other, phrase in _written_out(file, "languages"):
        yield ("languages", other), Word(phrase, other)
    yield from ((TELLING, Word(phrase, "", language)) for phrase in file.get("telling", ()))


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


def _copied(offered: Languages) -> Iterator[Word]:
    """The wordings of options: whoever copies a line of a list means that option. What stands for a yes or a no there,
    such as "close it", is none at any other question: its name says where it stands, "copied withdraw.sure/yes"."""
    spoken = [language for language in offered if language in languages()]
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


def _file(language: str) -> Mapping[str, Any]:
    return _files().get(language, {}) if language in shipped() else {}


def _of(language: str) -> Mapping[str, Any]:
    """The vocabulary of a language, shipped or of the world; empty where there is none."""
    return _file(language) or _world().get(language, {})


def _world() -> Mapping[str, Any]:
    """The words for yes, no and the like in languages that the hotline does not speak, by language."""
    return _files()[WORLD.removesuffix(".toml")]


@cache
def _files() -> Mapping[str, Mapping[str, Any]]:
    return kept(FILES, vocabularies)


def vocabularies() -> dict[str, dict[str, Any]]:
    """All vocabulary files, by their names."""
    files = (file for file in VOCABULARY.iterdir() if file.name.endswith(".toml"))
    return {file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8")) for file in files}
