"""Hearing: whole words, in all languages at once, digits of every script, whatever the case, accents and emoji."""

from pathlib import Path

import pytest

from hotline.channels.parsing.parser import Hearing
from tests.unit.build import hearing
from tests.world import COMMUNITY


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    return hearing(tmp_path_factory.mktemp("ear"))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("food", ["food"]),
        ("FOOD!!", ["food"]),
        ("I need food, please", ["wants", "food"]),
        ("seafood", []),
        ("comida", ["food"]),
        ("Norte", ["north"]),
        ("food 11216", ["food", "north"]),
        ("a ride to the pharmacy", ["ride", "medicine"]),
        ("SÍ", ["yes"]),
        ("si por favor", ["yes"]),
        ("yes please", ["yes"]),
        ("Atrás", ["back"]),
        ("thank you so much", ["thanks"]),
        ("no thank you", ["no"]),
        ("something else", ["other"]),
        ("Español", ["es"]),
        ("ingles", ["en"]),
        ("quiero ayudar", ["volunteer"]),
        ("ｆｏｏｄ", ["food"]),
        ("food🍞", ["food"]),
        ("911", ["emergency"]),
        ("9111", []),
        ("undone", []),
    ],
)
def test_whole_words_mean_something(ear: Hearing, words: str, names: list[str]) -> None:
    assert list(ear.hear(words).names) == names


@pytest.mark.parametrize(
    "words",
    ["1", "1.", "#1", "(1)", "one", "One!", "١", "१", "１", "①", "1️⃣", "uno", "UNO", " 1 ", "1 please"],
)
def test_a_digit_is_a_digit_in_any_form(ear: Hearing, words: str) -> None:
    assert ear.hear(words).digits == "1"


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("YES 112", (112,)),
        ("yes #112.", (112,)),
        ("١١٢", (112,)),
        ("112 and 115", (112, 115)),
        ("1 2", (1, 2)),
        ("0", (0,)),
        ("²", (2,)),
    ],
)
def test_numbers_are_heard(ear: Hearing, words: str, numbers: tuple[int, ...]) -> None:
    assert ear.hear(words).numbers == numbers


def test_a_word_that_means_nothing_stays(ear: Hearing) -> None:
    heard = ear.hear("Yes but after five")
    assert (heard.names, heard.rest, heard.words) == (("yes",), ("but", "after", "five"), "Yes but after five")


@pytest.mark.parametrize("words", ["", "   ", "😀😀", "...", "\x00\x0b", "\ud800", "‏", "\u200b"])
def test_a_text_without_a_word_means_nothing(ear: Hearing, words: str) -> None:
    heard = ear.hear(words)
    assert (heard.names, heard.numbers, heard.rest) == ((), (), ())


@pytest.mark.parametrize(
    "words", ["помогите с едой", "需要食物", "እርዳታ", "ช่วยด้วย", "पानी चाहिए", "العربية", "x" * 1600, "9" * 1600]
)
def test_any_alphabet_and_any_length_is_heard_and_kept(ear: Hearing, words: str) -> None:
    assert ear.hear(words).words == words


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("hola", "es"),
        ("I need food", "en"),
        ("necesito comida", "es"),
        ("necesito comida y medicina", "es"),
        ("Hola, necesito leche y pan para mi mamá", "es"),
        ("quiero un viaje al doctor", "es"),
        ("food", "en"),
        ("no", ""),
        ("menu", ""),
        ("11216", ""),
        ("Norte", ""),
        ("english", ""),
        ("xyzzy", ""),
    ],
)
def test_the_language_is_guessed_from_the_words_that_are_of_one_alone(ear: Hearing, words: str, language: str) -> None:
    assert ear.hear(words).language == language


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        (" a\x00b\x0bc ", "abc"),
        ("a\ud800b", "ab"),
        ("a\nb\tc", "a\nb\tc"),
        ("\x7f\x9f\ufffe\uffff", ""),
        ("x" * 2000, "x" * 1600),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_what_no_document_can_hold_is_left_out(ear: Hearing, came: str, kept: str) -> None:
    assert ear.hear(came).words == kept


def test_a_zip_code_that_begins_with_zero_is_no_need_number(tmp_path: Path) -> None:
    boston = hearing(tmp_path, COMMUNITY.replace('"11216"', '"02139"'))
    assert boston.hear("food 02139").names == ("food", "north")
    assert boston.hear("yes 2139").numbers == (2139,)
    assert boston.hear("food 01234").numbers != (1234,)


def test_the_neighborhood_s_own_words_are_known(tmp_path: Path) -> None:
    repair = '\n[needs.repair]\nen = "small repairs"\nes = "arreglos"\nwords = ["leak", "caño"]\n'
    ear = hearing(tmp_path, COMMUNITY + repair)
    assert ear.hear("there is a leak").names == ("repair",)
    assert ear.hear("small repairs").names == ("repair",)
    assert ear.hear("El CANO").names == ("repair",)


def test_a_need_that_is_not_offered_has_no_synonyms(ear: Hearing) -> None:
    assert ear.hear("pampers").names == ("other",)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("yesss", ["yes"]),
        ("siii", ["yes"]),
        ("fooood", ["food"]),
        ("noon", []),
        ("yed", []),
        ("groceris", ["food"]),
        ("downtwn", ["downtown"]),
        ("co", []),
        ("có", ["yes"]),
        ("dạ vâng", ["yes"]),
        ("نَعَم", ["yes"]),
        ("نعـــم", ["yes"]),
        ("أيوة", ["yes"]),
        ("好的", ["yes"]),
        ("हाँ", ["yes"]),
        ("bus stop", []),
    ],
)
def test_words_are_heard_as_people_write_them(ear: Hearing, words: str, names: list[str]) -> None:
    """Yes, no and danger in any language; an accent that makes the word is needed, any other is not."""
    assert [name for name in ear.hear(words).names if name != "wants"] == names


def test_a_question_mark_is_heard_in_any_script(ear: Hearing) -> None:
    assert all(ear.hear(words).asks for words in ("yes?", "好？", "نعم؟", "¿sí?", "yes ❓"))
    assert not ear.hear("yes!").asks


def test_a_label_that_is_a_no_without_its_accent_takes_the_no_from_nobody(tmp_path: Path) -> None:
    """ "Nò" is the north in Haitian Creole; "No" as the name of an area can only be chosen by its key."""
    ear = hearing(tmp_path, COMMUNITY.replace('es = "Norte"', 'es = "Nò"').replace('es = "Centro"', 'es = "No"'))
    assert [ear.hear(words).names for words in ("no", "No.", "nò", "no 112")] == [("no",), ("no",), ("north",), ("no",)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Don't text me, call me.", "by_call"),
        ("call me, don't text", "by_call"),
        ("don't call me, text me", "by_text"),
    ],
)
def test_calls_instead_of_texts_are_no_end_of_both(ear: Hearing, words: str, name: str) -> None:
    assert name in ear.hear(words).names


@pytest.mark.parametrize("words", ["I hurt myself on the stairs, need a ride", "please dont send me pork"])
def test_what_only_sounds_like_danger_or_an_end_is_neither(ear: Hearing, words: str) -> None:
    heard = ear.hear(words)
    assert heard.danger != "certain"
    assert not heard.crisis
    assert not heard.ends_texts


def test_what_an_option_is_called_is_no_yes_anywhere_else(ear: Hearing) -> None:
    """ "Close it" answers one question; to an alert it must not take anything."""
    assert ear.hear("close it").names == ("copied", "withdraw.sure/yes")
    assert ear.hear("it happened").names == ("came",)
