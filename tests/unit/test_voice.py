"""Calls: every document is valid, waits where it asks, says the key last, and never holds an empty line."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from hotline.channels import voice
from hotline.channels.catalogue import Catalogue, languages
from hotline.channels.lint.fill_values import LONG, everything, filled, of_flows, of_the_house, title
from hotline.channels.lint.sample_towns import longest
from hotline.engine.answers import PhoneNumber, Words
from hotline.engine.run import MORE
from hotline.engine.session import Prompt
from hotline.engine.steps import Ask, Choose
from hotline.flows import FLOWS

ACTION, RECORDING = "https://a.org/twilio/voice?turn=7&x=1", "https://a.org/twilio/recording"
HERE = longest(languages(), "E & <friends> 'all'")
EVERYTHING = everything(HERE)


@pytest.fixture(scope="module")
def words() -> Catalogue:
    return Catalogue(HERE)


def document(words: Catalogue, *prompts: Prompt, language: str = "en") -> ElementTree.Element:
    return ElementTree.fromstring(voice.render(prompts, language, words, ACTION, RECORDING).encode())


def answers_of_flows() -> list[Prompt]:
    """The questions as the engine puts them: with the kind of answer they take."""
    steps = [(flow.name, step) for flow in FLOWS.values() for step in flow.steps if isinstance(step, Ask)]
    return [
        Prompt(f"{name}.{step.name}", waits=True, values=filled(HERE, LONG), answer=step.answer) for name, step in steps
    ]


SINGLE = [*of_flows(HERE), *of_the_house(HERE), *answers_of_flows()]


@pytest.mark.parametrize("language", languages())
def test_every_document_is_whole_and_keeps_the_carrier_s_rules(words: Catalogue, language: str) -> None:
    for prompts in [*((prompt,) for prompt in SINGLE), *EVERYTHING]:
        response = document(words, *prompts, language=language)
        assert response.tag == "Response", title(prompts)
        for said in response.iter("Say"):
            assert (said.text or "").strip(), title(prompts)
            assert len(said.text or "") < 3000, title(prompts)
            assert said.get("language"), title(prompts)
        for gather in response.iter("Gather"):
            assert gather.get("action") == ACTION
            before_a_tone = response.find("Record") is not None  # then the tone comes next
            assert gather.get("actionOnEmptyResult") == (None if before_a_tone else "true")
            assert {inner.tag for inner in gather} <= {"Say", "Play", "Pause"}
            assert before_a_tone or 8 <= int(gather.get("timeout", "5")) <= 10


@pytest.mark.parametrize("language", languages())
def test_a_call_always_knows_how_to_go_on(words: Catalogue, language: str) -> None:
    """The last thing waits, leads on, or hangs up: a document that just ends would cut the caller off."""
    for prompts in EVERYTHING:
        last = list(document(words, *prompts, language=language))[-1]
        assert last.tag in ("Gather", "Redirect", "Hangup"), title(prompts)


def test_the_answer_is_waited_for_once_and_at_the_end(words: Catalogue) -> None:
    for prompts in EVERYTHING:
        waiting = [verb.tag for verb in document(words, *prompts) if verb.tag in ("Gather", "Record")]
        assert len(waiting) <= 1 or waiting == ["Gather", "Record"], title(prompts)


@pytest.mark.parametrize("language", languages())
def test_a_choice_has_four_keys_at_most_and_each_is_said_after_what_it_does(words: Catalogue, language: str) -> None:
    for prompt in of_flows(HERE):
        more_tongues = MORE in prompt.options and set(prompt.options) & set(languages())
        if prompt.options and not more_tongues:  # more languages are offered in each of them
            clauses = [said.text or "" for said in document(words, prompt, language=language).iter("Say")]
            keyed = clauses[-len(prompt.options) :]
            assert len(keyed) <= 4
            steps = (step for flow in FLOWS.values() for step in flow.steps if isinstance(step, Choose))
            fixed = {option: key for step in steps for key, option in step.keys.items()}
            for key, clause in zip((fixed.get(o, k) for k, o in enumerate(prompt.options, 1)), keyed, strict=True):
                assert re.search(rf"\D{key}\W*$", clause), clause
                assert len(clause) > len("X, 1.")


def test_one_key_answers_a_choice_and_pound_is_a_key_like_others(words: Catalogue) -> None:
    gather = document(words, Prompt("intake.what", ("food", "ride"), True)).find("Gather")
    assert gather is not None
    assert (gather.get("numDigits"), gather.get("finishOnKey")) == ("1", "")


def test_many_keys_answer_the_rest_up_to_pound(words: Catalogue) -> None:
    several = (
        Prompt("signup.gives", ("food", "ride"), True, many=True),
        Prompt("intake.callback", waits=True, answer=PhoneNumber()),
    )
    for prompt in several:
        gather = document(words, prompt).find("Gather")
        assert gather is not None
        assert (gather.get("numDigits"), gather.get("finishOnKey")) == (None, "#")


def test_words_are_recorded_and_silence_goes_on(words: Catalogue) -> None:
    response = document(words, Prompt("intake.details", waits=True, answer=Words(300)))
    record, onward = list(response)[-2:]
    assert (record.tag, onward.tag, onward.text) == ("Record", "Redirect", ACTION)
    assert (record.get("action"), record.get("recordingStatusCallback")) == (ACTION, RECORDING)
    assert set("#*0") <= set(record.get("finishOnKey", ""))


def test_each_language_offers_itself_in_its_own_voice(words: Catalogue) -> None:
    says = list(document(words, Prompt("menu.language", ("en", "es"), True)).iter("Say"))
    assert [said.get("language") for said in says] == ["en-US", "es-US"]


def test_a_number_is_said_digit_by_digit(words: Catalogue) -> None:
    (said, *_) = document(words, Prompt("take.gone", values={"number": "112"})).iter("Say")
    assert "1 1 2" in (said.text or "")


def test_a_call_that_is_over_hangs_up(words: Catalogue) -> None:
    assert [verb.tag for verb in document(words, Prompt("hello.goodbye", ends=True))] == ["Say", "Hangup"]


def test_no_more_than_four_choices_are_fixed_in_any_flow() -> None:
    """Where it depends on how things stand what is offered, tests/voice walks through what comes of it."""
    for flow in FLOWS.values():
        for step in flow.steps:
            if isinstance(step, Choose) and not callable(step.options) and step.offers is None:
                assert len(step.options) <= 4
