"""In which language a text is, as the demo's page marks it: everything that the hotline says, in its own."""

import pytest

from hotline.channels import text
from hotline.channels.catalogue import Catalogue, languages
from hotline.channels.lint.cost_table import once
from hotline.channels.lint.fill_values import USUAL
from hotline.channels.lint.sample_towns import usual
from hotline.demo.text_language import language_of

SPOKEN = ("en", *(language for language in languages() if language != "en"))
SHORT = 25  # letters: "YES 101" is a text of any language


@pytest.mark.parametrize("language", SPOKEN)
def test_what_is_said_is_known_by_its_words(language: str) -> None:
    here = usual(SPOKEN)
    told = {**USUAL, **dict.fromkeys(("details", "words", "name", "names", "who", "other", "gift"), "12")}
    read = [text.render((prompt,), language, Catalogue(here)) for prompt in once(here, told)]
    bodies = [body for bodies in read for body in bodies if len(body) >= SHORT or language in ("zh", "ar")]
    wrong = [body for body in bodies if language_of(body, SPOKEN) != language]
    assert len(wrong) <= len(bodies) * 0.01, wrong  # of a name and numbers alone


@pytest.mark.parametrize(
    ("words", "language"), [("food 11216", "en"), ("hola", "es"), ("我需要食物", "zh"), ("12", "en"), ("", "en")]
)
def test_so_is_what_people_write(words: str, language: str) -> None:
    assert language_of(words, SPOKEN) == language
