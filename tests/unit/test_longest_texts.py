"""Every text the hotline can send, in every language, with everything as long as it can be: two segments at most."""

import pytest

from hotline.channels import text
from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.lint.fill_values import LONG, USUAL, everything, of_flows, of_the_house
from hotline.channels.lint.lengths import of_community
from hotline.channels.lint.sample_towns import longest, usual
from hotline.channels.segments import costly_letters, segments

PLAIN = [language for language in languages() if not messages(language).get("keeps_letters")]


@pytest.mark.parametrize("language", languages())
def test_accents_in_a_name_and_in_labels_cost_two_segments_at_most(language: str) -> None:
    """A neighborhood whose name and labels are written with the letters that cost most."""
    accented = longest(languages(), "Asociación de Vecinos del Jardín Último", "í")
    assert list(of_community(language, accented)) == []


@pytest.mark.parametrize("language", languages())
def test_every_text_says_something(language: str) -> None:
    here = longest(languages())
    for told in (LONG, USUAL):
        for prompts in everything(here, told):
            assert all(body.strip() for body in text.render(prompts, language, Catalogue(here)))


@pytest.mark.parametrize("language", PLAIN)
def test_plain_labels_make_plain_texts(language: str) -> None:
    """But for the choice of a language: each stands in its own letters."""
    here = longest(languages())
    for prompt in (*of_flows(here), *of_the_house(here)):
        if not prompt.key.endswith(".language"):
            assert costly_letters("".join(text.render((prompt,), language, Catalogue(here)))) == set(), prompt.key


@pytest.mark.parametrize("language", languages())
def test_the_texts_of_one_need_are_five_and_short(language: str) -> None:
    """From "hi" to a recorded need: language, what, area, details, confirm. As they usually are, one segment each; in
    letters of which a segment holds only 70, two where a question is long."""
    here = usual(languages())
    asked = [each for each in of_flows(here, USUAL) if each.key.startswith("intake.") and each.waits and not each.again]
    others = (
        "intake.half",
        "intake.callback",
        "intake.callback_here",
        "intake.change",
        "intake.number",
        "intake.other_number",
    )
    steps = [prompt for prompt in asked if prompt.key not in others]
    assert [each.key for each in steps] == [
        f"intake.{step}" for step in ("language", "what", "area", "details", "confirm")
    ]
    costs = [segments(text.say(prompt, language, Catalogue(here))) for prompt in steps]
    assert max(costs) <= (1 if language in PLAIN else 2)
