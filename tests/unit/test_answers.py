"""The kinds of answer a question takes."""

import pytest

from hotline.engine.answers import Digits, Heard, PhoneNumber, Words


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        (Heard("two bags"), "two bags"),
        (Heard("no", names=("no",)), ""),
        (Heard("no milk", names=("no",), rest=("milk",)), "no milk"),
        (Heard(), ""),
        (Heard(keys="#"), ""),
        (Heard(recording="RE1"), ""),
        (Heard("x" * 400), "x" * 300),
        (Heard("😀"), "😀"),
    ],
)
def test_free_words_are_kept_as_they_came_and_may_be_skipped(heard: Heard, kept: str) -> None:
    assert Words(300).read(heard) == kept


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        (Heard(keys="11216"), "11216"),
        (Heard("11216", numbers=(11216,)), "11216"),
        (Heard(keys="1121"), None),
        (Heard("it is 11216", numbers=(11216,), rest=("it", "is")), None),
        (Heard(keys="11*16"), None),
        (Heard(), None),
    ],
)
def test_digits_are_exactly_so_many(heard: Heard, read: str | None) -> None:
    assert Digits(5).read(heard) == read


@pytest.mark.parametrize(
    ("heard", "read"),
    [
        (Heard(keys="2125550111"), "2125550111"),
        (Heard("(212) 555-0111"), "2125550111"),
        (Heard("+1 212 555 0111"), "12125550111"),
        (Heard(keys="1"), ""),  # there is none
        (Heard(keys="#"), None),
        (Heard(), None),  # pound alone comes as nothing at all
        (Heard(keys="555"), None),
        (Heard("call me"), None),
        (Heard(keys="1" * 16), None),
    ],
)
def test_a_number_to_call_back_has_seven_digits_or_more(heard: Heard, read: str | None) -> None:
    assert PhoneNumber().read(heard) == read


def test_one_word_and_nothing_else() -> None:
    assert Heard("yes", names=("yes",)).only("yes")
    assert Heard("yes yes", names=("yes", "yes")).only("yes")
    assert not Heard("yes but", names=("yes",), rest=("but",)).only("yes")
    assert not Heard("yes 5", names=("yes",), numbers=(5,)).only("yes")
    assert not Heard("yes no", names=("yes", "no")).only("yes")


def test_silence_is_no_words_no_keys_and_no_recording() -> None:
    assert Heard().silent
    assert not any(heard.silent for heard in (Heard("a"), Heard(keys="1"), Heard(recording="RE1")))
