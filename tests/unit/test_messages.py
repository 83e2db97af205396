"""The message files: nothing that `hotline words check` finds, words for all that can be said, and none left over."""

import ast
import re

import pytest

from hotline.channels.catalogue import WITHOUT_CALLS, languages, messages
from hotline.channels.lint.lint import CHECKS, Check
from hotline.channels.lint.wordings import SOURCE, said, wordings
from hotline.engine.steps import Ask, Choose, End
from hotline.flows import FLOWS
from hotline.model.needs import Status
from tests.architecture.code import modules

LANGUAGES = languages()
VALUES = {
    *("you_said", "new", "weekly"),
    *("community", "emergency", "number", "what", "area", "details", "name", "gives", "areas", "reason"),
    *("time", "until", "begin", "end", "times", "have", "wanted", "day", "crisis"),
    *("count", "page", "age", "status", "phone", "names", "numbers", "words", "who", "group", "hours", "word"),
    *("language", "spoken", "code"),
    *("gift", "days", "left", "url", "where", "now", "checked"),
    *("ending", "other", "whom", "hour", "when", "people", "purpose", "said", "outcome", "question"),
}
OF_TIMES = {  # a name of a time fills these in
    *("labels.am", "labels.pm", "labels.date", "labels.every", "labels.helpers"),
    *("labels.from_to", "labels.span"),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong(language: str, check: Check) -> None:
    assert [f"{found.key}: {found.wrong} -> {found.fix}" for found in check(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_says_whether_a_speaker_has_read_it(language: str) -> None:
    assert isinstance(messages(language)["checked"], bool)


def test_no_value_is_misspelled() -> None:
    """One that nobody gives would be filled in with nothing, and nobody would notice."""
    for each in said(SOURCE):
        of_option = "/" in each.key and not each.key.endswith(WITHOUT_CALLS)
        given = {"key", "label"} if each.key.startswith("general.") or of_option else VALUES
        given = {"time", "month", "day", "number", "begin", "end"} if each.key in OF_TIMES else given
        assert each.holes <= given, each.key


def _used() -> set[str]:
    """All wordings that the conversations and the code name."""
    questions = (Choose, Ask)
    of_flows = {
        f"{flow.name}.{step.name}"
        for flow in FLOWS.values()
        for step in flow.steps
        if isinstance(step, questions) or (isinstance(step, End) and not step.says)
    }
    speaking = (module for module in modules() if not module.path.startswith("web/board/"))  # it has words of its own
    return of_flows | {key for module in speaking for key in _named(module.tree)} | _by_status()


def _by_status() -> set[str]:
    shown = (Status.DRAFT, Status.TAKEN, Status.DONE)  # an open one is said in three ways
    remarks = ("thanks", "note", "nothing_open")  # kinds of meaning that have words of their own
    return {f"status.asked_{status}" for status in shown} | {f"hello.{kind}" for kind in remarks}


def _named(tree: ast.Module) -> set[str]:
    """The keys written out in the code: strings such as "flow.step" whose flow has words."""
    written = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    flows = "|".join({key.split(".")[0] for key, _ in wordings(SOURCE)} - {"general"})
    return {text for text in written if re.fullmatch(rf"({flows})\.[a-z_]*[a-z]", text)}


def test_everything_that_can_be_said_has_words() -> None:
    assert _used() - {key for key, _ in wordings(SOURCE)} == set()


def test_no_words_are_left_over() -> None:
    spoken = {key for key, _ in wordings(SOURCE) if not key.startswith("general.")}
    assert spoken - _used() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_a_step_has_a_label(language: str) -> None:
    for flow in FLOWS.values():
        for step in flow.steps:
            if isinstance(step, Choose) and not callable(step.options):
                wording = messages(language)[flow.name][step.name]
                common = set(messages(language)["labels"])
                assert set(step.options) <= {*wording.get("text_options", ()), *common}, f"{flow.name}.{step.name}"
