"""The message files: complete, alike in every language, plain in texts, and without a word that a carrier eats."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hotline.carriers.webhooks import RESERVED
from hotline.channels.catalogue import languages, messages
from hotline.channels.segments import costly_letters
from hotline.channels.tokens import tokens
from hotline.channels.vocabulary import words_of
from hotline.engine.steps import Ask, Choose, End
from hotline.flows import FLOWS
from hotline.records import Status
from tests.house.code import modules
from tests.unit.build import community

LANGUAGES = languages()
VOCABULARY = (
    "words",
    "synonyms",
    "commands",
    "moments",
    "languages",
    "telling",
    "name",
    "voice_language",
)  # what is heard, not said
OWN_WORDS = {"hello.first": {"stop"}, "hello.opted_out": {"start"}}  # the carrier's words are named here on purpose
VALUES = {
    *("community", "emergency", "number", "what", "area", "details", "name", "gives", "areas", "reason"),
    *("time", "until", "begin", "end", "times", "have", "wanted", "day", "crisis"),
    *("count", "page", "age", "status", "phone", "names", "words", "who"),
}
OF_TIMES = {  # a name of a time fills these in
    *("labels.am", "labels.pm", "labels.date", "labels.every", "labels.helpers"),
}
MAY_BE_SILENT = ("menu.language", "intake.language", "signup.language")  # in a call each language offers itself
# Opt-out words of other languages and carriers (CARRIER.md section 3), which a carrier may be set up to eat.
ALSO_EATEN = {"remove", "td", "opt-out", "alto", "parar", "baja", "cancelar", "arret"}


def _wordings(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for flow, steps in messages(language).items():
        if flow not in (*VOCABULARY, "labels"):
            yield from ((f"{flow}.{step}", wording) for step, wording in steps.items())


def _said(language: str) -> Iterator[tuple[str, str, str]]:
    """(key, channel, template) of everything that is ever said."""
    for key, wording in _wordings(language):
        for channel in ("text", "voice"):
            yield key, channel, wording[channel]
            for option, words in wording.get(f"{channel}_options", {}).items():
                yield f"{key}/{option}", channel, words
    yield from ((f"labels.{name}", "text", label) for name, label in messages(language)["labels"].items())


def _shape(value: Any) -> Any:
    return {key: _shape(inner) for key, inner in value.items()} if isinstance(value, dict) else type(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    first, other = ({k: v for k, v in messages(each).items() if k != "languages"} for each in ("en", language))
    assert _shape(first) == _shape(other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_every_language(language: str) -> None:
    assert set(messages(language)["languages"]) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fills_in_the_same_values(language: str) -> None:
    def holes(which: str) -> dict[tuple[str, str], set[str]]:
        return {(key, channel): set(re.findall(r"{(\w*)}", words)) for key, channel, words in _said(which)}

    assert holes(language) == holes("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_is_misspelled(language: str) -> None:
    """One that nobody gives would be filled in with nothing, and nobody would notice."""
    for key, _, words in _said(language):
        given = {"key", "label"} if key.startswith("general.") or "/" in key else VALUES
        given = {"time", "month", "day", "number"} if key in OF_TIMES else given
        assert set(re.findall(r"{(\w*)}", words)) <= given, key
        assert words.count("{") == words.count("}") == len(re.findall(r"{\w+}", words)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_unsaid(language: str) -> None:
    for key, channel, words in _said(language):
        assert words == words.strip(), key
        assert words or (channel == "voice" and key in MAY_BE_SILENT), key


def _used() -> set[str]:
    """All wordings that the conversations and the code name."""
    questions = (Choose, Ask)
    of_flows = {
        f"{flow.name}.{step.name}"
        for flow in FLOWS.values()
        for step in flow.steps
        if isinstance(step, questions) or (isinstance(step, End) and not step.says)
    }
    return of_flows | {key for module in modules() for key in _named(module.tree)} | _by_status()


def _by_status() -> set[str]:
    shown = (Status.DRAFT, Status.OPEN, Status.TAKEN)  # those in which a need is not over
    remarks = ("thanks", "note", "nothing_open")  # kinds of meaning that have words of their own
    return {f"status.asked_{status}" for status in shown} | {f"hello.{kind}" for kind in remarks}


def _named(tree: ast.Module) -> set[str]:
    """The keys written out in the code: strings such as "flow.step" whose flow has words."""
    written = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    flows = "|".join({key.split(".")[0] for key, _ in _wordings("en")} - {"general"})
    return {text for text in written if re.fullmatch(rf"({flows})\.[a-z_]*[a-z]", text)}


def test_everything_that_can_be_said_has_words() -> None:
    assert _used() - {key for key, _ in _wordings("en")} == set()


def test_no_words_are_left_over() -> None:
    said = {key for key, _ in _wordings("en") if not key.startswith("general.")}
    assert said - _used() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_a_step_has_a_label(language: str) -> None:
    for flow in FLOWS.values():
        for step in flow.steps:
            if isinstance(step, Choose) and not callable(step.options):
                wording = messages(language)[flow.name][step.name]
                common = set(messages(language)["labels"])
                assert set(step.options) <= {*wording.get("text_options", ()), *common}, f"{flow.name}.{step.name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_made_of_letters_that_cost_nothing_extra(language: str) -> None:
    costly = {key: costly_letters(words) for key, channel, words in _said(language) if channel == "text"}
    assert {key: letters for key, letters in costly.items() if letters} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_named_after_what_it_does(language: str) -> None:
    """ "For food, press 1": the ear forgets the number if it comes first."""
    for key, channel, words in _said(language):
        if channel == "voice" and "{key}" in words:
            assert words.rstrip(".!").endswith("{key}"), key
            assert len(words.split("{key}")[0]) > 5, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_that_we_understand_is_one_that_carriers_eat(language: str) -> None:
    phrases = {phrase for phrases in messages(language)["words"].values() for phrase in phrases}
    labels = ((key, words) for key, channel, words in _said(language) if channel == "text")
    shown = {words.lower() for key, words in labels if key.startswith("labels.") or "/" in key}
    assert {phrase for phrase in phrases | shown if phrase in RESERVED | ALSO_EATEN} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_prompts_for_a_word_that_carriers_eat(language: str) -> None:
    """A word to text back stands in capital letters. YES alone is an opt-in word too: it always goes with a number."""
    for key, channel, words in _said(language):
        if channel == "text":
            prompted = {word.lower() for word in re.findall(r"\b[A-ZÁÉÍÓÚÑ]{2,}\b", words)}
            assert prompted & (RESERVED | ALSO_EATEN) == OWN_WORDS.get(key, set()) & prompted, key
            assert not re.search(r"\b(YES|SI)\b(?! \{number\})(?! (and|y) )", words), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_we_prompt_for_is_one_that_we_understand(language: str, tmp_path: Path) -> None:
    sections = (messages(language)[section] for section in ("words", "commands", "moments"))
    known = {tokens(phrase) for section in sections for phrases in section.values() for phrase in phrases}
    known |= {tokens(word.phrase) for word in words_of(community(tmp_path)) if word.name}
    for key, channel, words in _said(language):
        if channel == "text" and key not in OWN_WORDS:
            for word in re.findall(r"\b[A-Z]{2,}\b", words):
                assert tokens(word) in known or word == "OK", f"{key}: {word}"


def test_no_word_means_two_things() -> None:
    """Over all languages at once, since all are understood at once."""
    meanings: dict[tuple[str, ...], set[str]] = {}
    for language in LANGUAGES:
        for name, phrases in messages(language)["words"].items():
            for phrase in phrases:
                meanings.setdefault(tokens(phrase), set()).add(name)
    assert {phrase: names for phrase, names in meanings.items() if len(names) > 1} == {}


def test_the_first_text_says_who_this_is_and_what_it_is_not() -> None:
    for language in LANGUAGES:
        text, automatic = messages(language)["hello"]["first"]["text"], {"en": "automatic", "es": "automatic"}
        assert all(part in text for part in ("{community}", "{emergency}", "STOP", " 0", automatic.get(language, "")))
