"""What people say of the daily call, in all eight languages: which classes of words stand in it, and what is a time."""

from dataclasses import replace

import pytest

from hotline.channels.parsing.daily_call import DailyCall
from hotline.community.reading import from_table
from tests.unit.build import plain

LANGUAGES = ("en", "es", "zh", "ht", "ar", "fr", "pt", "vi")
HERE = from_table({**plain(), "sharing": {"rings": True}}, LANGUAGES)
RUNG = {each: DailyCall(replace(HERE, languages=(each,))) for each in LANGUAGES}
NOBODY_IS = DailyCall(from_table({**plain(), "sharing": {"rings": False}}, LANGUAGES))


@pytest.mark.parametrize(
    ("language", "said", "kinds"),
    [
        *(("en", "no more calls please", "ends call"), ("en", "stop calling me every day", "ends call daily")),
        *(("en", "i dont want the morning call anymore", "ends call daily"), ("en", "im away", "away")),
        *(("en", "I'm fine", "well"), ("en", "call me every day", "call daily")),
        *(("es", "ya no me llamen por favor", "ends call"), ("es", "no estoy en casa", "away")),
        *(("es", "ESTOY BIEN", "well"), ("es", "ya no quiero la llamada diaria", "ends call daily")),
        *(("zh", "每天别打电话了", "ends call daily"), ("zh", "我不在家", "away"), ("zh", "我很好", "well")),
        *(
            ("ht", "pa rele m chak jou ankò", "ends call daily"),
            ("ht", "m p ap la", "away"),
            ("ht", "mwen byen", "well"),
        ),
        *(("ar", "لا تتصلوا بي كل يوم", "ends call daily"), ("ar", "لست في البيت", "away"), ("ar", "انا بخير", "well")),
        *(("fr", "ne m'appelez plus chaque jour", "ends call daily"), ("fr", "je suis absente", "away")),
        *(("fr", "tout va bien", "well"), ("pt", "não quero mais a ligação diária", "ends call daily")),
        *(("pt", "não estou em casa", "away"), ("pt", "estou bem", "well")),
        *(("vi", "đừng gọi cho tôi mỗi ngày nữa", "ends call daily"), ("vi", "tôi đi vắng", "away")),
        ("vi", "tôi khỏe", "well"),
    ],
)
def test_classes_of_words(language: str, said: str, kinds: str) -> None:
    found, rest = RUNG[language].read(said)
    assert (" ".join(found), rest) == (kinds, ())
    assert NOBODY_IS.read(said) == ((), ())


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("im away until sunday", "until sunday"),
        ("no more bananas", "bananas"),
        ("I need a ride every morning", "need ride"),
    ],
)
def test_what_is_left_beside_them(said: str, rest: str) -> None:
    assert " ".join(RUNG["en"].read(said)[1]) == rest
