"""What a text costs: known values, of the carrier's own calculator where it was asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.channels.segments import costly_letters, is_plain, segments

A, E, W = "a", "€", "я"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a", 1),
        (A * 160, 1),
        (A * 161, 2),
        (A * 306, 2),
        (A * 307, 3),
        (A * 459, 3),
        (A * 460, 4),
        (E * 80, 1),
        (E * 81, 2),
        (A * 158 + E, 1),
        (A * 159 + E, 2),
        (A * 152 + E + A * 152, 3),  # the euro does not straddle: 152, then 2 + 151, then 1
        (A * 152 + E + A * 151, 2),
        (A * 151 + E + A * 153, 2),
        ("ñÑüÜéÉ¿¡" * 20, 1),
        ("á" + A * 69, 1),
        ("á" + A * 70, 2),
        (W * 70, 1),
        (W * 71, 2),
        (W * 134, 2),
        (W * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        (W * 66 + "😀" + W * 66, 3),  # nor is a pair cut in half: 66, then 2 + 65, then 1
        (W * 65 + "😀" + W * 67, 2),
        ("’" + A * 70, 2),
        ("\n" * 160, 1),
        ("\t" + A * 70, 2),
        ("`" + A * 70, 2),
    ],
)
def test_a_text_costs_so_many_segments(text: str, count: int) -> None:
    assert segments(text) == count


def test_letters_that_fit_seven_bits_and_those_that_do_not() -> None:
    assert is_plain("¿Qué? ñ [x] {y} ~ | ^ \\ @£$¥èùìòÇØøÅå ΔΦΓΛΩΠΨΣΘΞ ÆæßÉÄÖÑÜ§äöüà €")
    assert costly_letters("á é í ó ú ñ ’ … — x") == set("áíóú’…—")


@given(st.text(max_size=400), st.text(max_size=100))
def test_more_words_never_cost_less(text: str, more: str) -> None:
    assert segments(text) <= segments(text + more)


@given(st.text(min_size=1, max_size=700))
def test_segments_lie_between_what_letters_need_and_what_gaps_waste(text: str) -> None:
    plain = is_plain(text)
    size = sum(2 if (letter in "^{}\\[~]|€\f" if plain else ord(letter) > 0xFFFF) else 1 for letter in text)
    single, part = (160, 153) if plain else (70, 67)
    if size <= single:
        assert segments(text) == 1
    else:
        assert -(-size // part) <= segments(text) <= -(-size // (part - 1))
