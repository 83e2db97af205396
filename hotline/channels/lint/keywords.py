"""Keyword check: the words that a text asks for are understood, have one meaning, and are not taken by carriers."""

from collections.abc import Iterator
from functools import cache

from hotline.channels.catalogue import WITHOUT_CALLS, languages, messages
from hotline.channels.lint.sample_towns import usual
from hotline.channels.lint.wordings import SOURCE, Finding, Said, has_capitals, texts
from hotline.channels.parsing.lexicon import phrases_of
from hotline.channels.parsing.parser import Hearing
from hotline.channels.parsing.tokens import tokens
from hotline.model.carrier_words import RESERVED

# Opt-out words of other languages and carriers, which a carrier may be set up to eat.
ALSO_EATEN = frozenset(("remove", "td", "opt-out", "alto", "parar", "baja", "cancelar", "arret"))
EATEN = RESERVED | ALSO_EATEN
OWN_WORDS = {
    "hello.first": {"stop"},
    "hello.how_to_end": {"stop"},
    "hello.wrong_number": {"stop"},
    "hello.opted_in": {"stop"},
    "hello.opted_out": {"start"},
    f"hello.opted_out/{WITHOUT_CALLS}": {"start"},
    "labels.cancelled_at_carrier": {"cancel"},
}
# There the carrier's words are named on purpose.
NO_CODE = frozenset(("unsure.several",))  # it says that a number goes with the yes
NOBODY_TEXTS = frozenset(("ok", "pin"))  # capitals, but nothing to text back
EXAMPLES = frozenset(("until", "monday", "days", "pm"))  # another language may give other examples
SECTIONS = ("words", "commands", "moments")


def eaten(language: str) -> Iterator[Finding]:
    """No word that we understand, and no label, is one that carriers act on themselves."""
    for section in SECTIONS:
        for name, phrases in messages(language).get(section, {}).items():
            for phrase in phrases:
                if phrase.casefold() in EATEN:
                    yield Finding(language, f"{section}.{name}", f"carriers eat {phrase!r}", "use another word")
    for each in texts(language):
        if (each.key.startswith("labels.") or "/" in each.key) and each.words.casefold() in EATEN:
            yield Finding(language, each.key, f"carriers eat {each.words!r}", "use another word")


def eaten_prompts(language: str) -> Iterator[Finding]:
    """No text asks for a word that carriers act on themselves."""
    for each in texts(language):
        for word in each.prompted:
            if "".join(tokens(word)) in EATEN - OWN_WORDS.get(each.key, set()):
                yield Finding(language, each.key, f"carriers eat {word}", "ask for another word")


def two_meanings(language: str) -> Iterator[Finding]:
    """All languages are understood at once: no word may mean something else in another, or in what people write."""
    for section in ("words", "commands"):
        here = messages(language).get(section, {})
        for name, phrase in ((name, phrase) for name, phrases in here.items() for phrase in phrases):
            for other, meaning in sorted(_meanings(section).get(tokens(phrase), set())):
                if meaning != name:
                    said = f"{phrase!r} means {meaning!r} in {other}"
                    yield Finding(language, f"{section}.{name}", said, "use another word")
    for name, phrases in messages(language).get("words", {}).items():
        for phrase in phrases:
            for meaning in sorted(set(phrases_of(language).get(tokens(phrase), ())) - {name}):
                said = f"{phrase!r} means {meaning!r} in vocabulary/{language}.toml"
                yield Finding(language, f"words.{name}", said, "use another word")


@cache
def _meanings(section: str) -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """What each phrase means, and in which language."""
    found: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for language in languages():
        for name, phrases in messages(language).get(section, {}).items():
            for phrase in phrases:
                found.setdefault(tokens(phrase), set()).add((language, name))
    return found


def not_understood(language: str) -> Iterator[Finding]:
    """A word that a text asks for means here what it means in English, in a community that speaks every language."""
    asked = {each.key: each for each in texts(SOURCE)}
    for each in texts(language):
        wanted = _asked_for(asked.get(each.key, each))
        if not has_capitals(language):
            yield from _not_named(language, each, wanted)
            continue
        for word in each.prompted:
            heard = meant(word)
            if _is_ours(each.key, word) and not heard & (wanted or heard):
                means = f"means {', '.join(sorted(heard))}" if heard else "is not understood"
                yield Finding(
                    language, each.key, f"{word} {means}", f"ask for {', '.join(sorted(wanted)) or 'nothing'}"
                )


def _is_ours(key: str, word: str) -> bool:
    return "".join(tokens(word)) not in OWN_WORDS.get(key, set()) | NOBODY_TEXTS


def _asked_for(source: Said) -> set[str]:
    """The names of the words that the English text asks for."""
    return {name for word in source.prompted if _is_ours(source.key, word) for name in meant(word)}


def _not_named(language: str, each: Said, wanted: set[str]) -> Iterator[Finding]:
    """A script without capitals: for each word that English asks for, one of its own words must be there."""
    for name in sorted((wanted & set(_own(language))) - EXAMPLES):
        if not any(phrase in each.words for phrase in _own(language)[name]):
            yield Finding(language, each.key, f"no word for {name!r}", f"such as {_own(language)[name][0]}")


@cache
def _own(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for section in SECTIONS:
        for name, phrases in messages(language).get(section, {}).items():
            found.setdefault(name, []).extend(phrases)
    return found


@cache
def _ear() -> Hearing:
    return Hearing(usual(languages()))


@cache
def meant(word: str) -> frozenset[str]:
    """All that a word alone means: names, a word of command, a time."""
    heard = _ear().hear(word)
    return frozenset((*heard.names, *heard.moments, *filter(None, (heard.command,))))


def yes_alone(language: str) -> Iterator[Finding]:
    """YES alone is a word by which people opt in: it always goes with a number."""
    for each in texts(language):
        for word in each.prompted:
            bare = f"{word} {{number}}" not in each.words and f"{word} {{code}}" not in each.words
            if "yes" in meant(word) and bare and each.key not in NO_CODE:
                yield Finding(language, each.key, f"{word} stands alone", f"write {word} {{number}}")


def first_text(language: str) -> Iterator[Finding]:
    """The first text says who this is, that it is not for emergencies, and how to reach a person or end it."""
    text = messages(language).get("hello", {}).get("first", {}).get("text", "")
    for part in ("{community}", "{emergency}", "STOP", "0"):
        if part not in text:
            yield Finding(language, "hello.first", f"{part} is not there", "say it in the first text")
