"""Words that others hear in our voice: what is a name, and what leads elsewhere."""

import pytest

from hotline.engine.plain_words import leads_elsewhere, plain_name
from hotline.model.sanitize import clean


@pytest.mark.parametrize(
    ("said", "name"),
    [
        *(("Ana", "Ana"), (" ana maria! ", "ana maria"), ("Jean-Pierre", "Jean-Pierre"), ("O'Neal", "O'Neal")),
        *(
            ("Mary J. Blige", "Mary J. Blige"),
            ("نور", "نور"),
            ("सीता", "सीता"),
            ("王芳", "王芳"),
            ("María 😊", "María"),
        ),
        *(("Ana, Ana", ""), ("Ana, Ana, Eastside: text your", ""), ("Gus 2125550123", "Gus"), ("a b c d e", "")),
        *(("evil.example", ""), ("Gus 2125550123 Ben", ""), ("Ana\nBen: hello", ""), ("!!!", ""), ("", "")),
    ],
)
def test_a_name_is_a_few_words_of_letters(said: str, name: str) -> None:
    assert plain_name(said) == name


@pytest.mark.parametrize(
    "said",
    [
        *("http://evil.example", "www evil", "see evil.example", "me@evil.example", "212-555-0123", "(212) 555 0123"),
        *("+1.212.555.0123", "call ٢١٢٥٥٥٠١٢٣"),
    ],
)
def test_links_and_numbers_lead_elsewhere(said: str) -> None:
    assert leads_elsewhere(said)


@pytest.mark.parametrize(
    "said",
    ["ladder, 6 feet. Heavy", "$20 each week", "an hour on May 3 at 10:30", "2.5 m of rope, 12 V", "a.m. only", ""],
)
def test_plain_words_do_not(said: str) -> None:
    assert not leads_elsewhere(said)


def test_marks_of_direction_are_taken_out() -> None:
    assert clean("\u202eresub\u202c \u2066ladder\u2069") == "resub ladder"
    assert clean("نعم 101") == "نعم 101"
