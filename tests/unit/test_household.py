"""A household: who and how many, in each language; and what is more than that."""

import pytest

from hotline.channels.parsing.household import how_many, is_a_household
from hotline.channels.parsing.tokens import tokens
from hotline.engine.answers import UNCOUNTED

COUNTED = {
    "about 20": "20",
    "maybe 20 ppl": "20",
    "we are two": "2",
    "just me": "1",
    "unas 10 personas": "10",
    "somos dos": "2",
    "nomas yo": "1",
    "nous sommes 3": "3",
    "somos três": "3",
    "nou se 3": "3",
    "khoảng 3 người": "3",
    "我们三个人": "3",
    "نحن ثلاثة": "3",
}
ADDED_UP = (
    "me and my husband",
    "2 adults 3 kids",
    "mi esposo y yo",
    "moi et ma femme",
    "eu e minha esposa",
    "mwen ak madanm mwen",
    "tôi và vợ tôi",
    "我和我太太",
    "أنا وزوجتي",
)
MORE = (
    "me and my husband he hits me",
    "he is coming for me and the kids",
    "there are 3 men in my house",
    "i will be no more",
    "mi esposo me pega",
    "my kids are gone",
    "yes 101",
    "101",
    "",
)


@pytest.mark.parametrize("words", COUNTED)
def test_how_many_is_told(words: str) -> None:
    assert how_many(tokens(words)) == COUNTED[words]


@pytest.mark.parametrize("words", ADDED_UP)
def test_nobody_is_added_up(words: str) -> None:
    assert is_a_household(tokens(words))
    assert how_many(tokens(words)) == UNCOUNTED


@pytest.mark.parametrize("words", MORE)
def test_what_says_more_is_no_household(words: str) -> None:
    assert not is_a_household(tokens(words))
    assert how_many(tokens(words)) in ("", words)
