"""Danger: found whatever stands beside it, in every language; figures of speech and everyday words are none."""

from collections import defaultdict
from pathlib import Path

import pytest
from wordfreq import top_n_list

from hotline.channels.parsing.danger import Danger, DangerReader
from hotline.channels.parsing.danger_frames import FRAMES
from hotline.channels.parsing.danger_words import BESIDE
from hotline.channels.parsing.tokens import spoken
from tests.corpus import SHIPPED, Line, lines
from tests.corpus.judging import ear
from tests.world import COMMUNITY

INVENTED = Path(__file__).with_name("invented.tsv")  # text, language, level
FOUND, ALARMED = 0.97, 0.03  # of the invented texts: at least, at most


@pytest.fixture(scope="module")
def reader() -> DangerReader:
    return DangerReader("911")


def read(reader: DangerReader, words: str) -> Danger:
    return reader.read(words, *spoken(words))


def invented() -> list[tuple[str, str, str]]:
    rows = INVENTED.read_text("utf-8").removesuffix("\n").split("\n")[1:]
    return [(words, language, level) for words, language, level in (row.split("\t") for row in rows)]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("please stop my husband he is beating me", "certain"),
        ("get me out my house is on fire", "certain"),
        ("YES 112 and my wife is not breathing", "certain"),
        ("don't text back call 911 he is not waking up", "certain"),
        ("let me out please I'm locked in, he has a knife", "certain"),
        ("my dad fell down the stairs and theres blood", "possible"),
        ("someones trying to get in my apartment", "possible"),
        ("my chest is tight", "possible"),
        ("smoke in the hallway", "possible"),
        ("took a whole bottle of pills", "possible"),
        ("on the news they said a man was stabbed", ""),
        ("a la radio y a eu une fusillade au texas", ""),
        ("soñé que me perseguían con machete", ""),
        ("on the news, he is not breathing", "certain"),
        ("I saw the news and now i want to die", "certain"),
        ("the movie is over and my dad collapsed he is not breathing", "certain"),
        ("I'm dying laughing", ""),
        ("drowning in work", ""),
        ("heart attack price of eggs", ""),
        ("heart attack meds refill", ""),
        ("ambulance bill help", ""),
        ("I got shot down at work", ""),
        ("bleeding edge lol", ""),
        ("overdose awareness training tonight can't", ""),
        ("we had a fire drill", ""),
        ("gas money", ""),
        ("no fire", ""),
        ("she is not bleeding anymore", ""),
        ("my mom had a stroke in 2019", ""),
        ("the bills are killing us", ""),
    ],
)
def test_three_levels(reader: DangerReader, words: str, level: str) -> None:
    assert read(reader, words).level == level


@pytest.mark.parametrize(
    "words", ["I no longer want to live", "quiero morirme", "je veux mourir", "我不想活了", "I don't see the point"]
)
def test_whoever_may_want_to_die_is_in_a_crisis(reader: DangerReader, words: str) -> None:
    assert read(reader, words).crisis


@pytest.mark.parametrize(
    "words", ["he is not breating", "my dad had a hart attack", "ovardose", "she is bleding bad", "got stabed"]
)
def test_slips_are_forgiven(reader: DangerReader, words: str) -> None:
    assert read(reader, words).level == "certain"


@pytest.mark.parametrize(
    "words",
    ["fine", "five", "hire", "wire", "tire", "tires", "breeding", "I'm fine", "hire me", "gün", "faça", "ăn chay"],
)
def test_no_everyday_word_is_a_slip_of_danger(reader: DangerReader, words: str) -> None:
    assert not read(reader, words).level


def test_hardly_a_word_of_a_harmless_text_is_danger_alone(reader: DangerReader) -> None:
    """What is so, fire or police, is a cry for help: few words, and rare ones."""
    harmless = [line.text for line in lines() if not line.may_be("emergency") and not line.may_be("danger?")]
    alone = {word for text in harmless for word in spoken(text)[1]}
    certain = {word for word in alone if read(reader, word).level == "certain"}
    assert len(alone) > 3500
    assert len(certain) <= len(alone) / 100, certain


def test_the_commonest_words_are_no_danger_but_for_its_own(tmp_path: Path) -> None:
    """Five thousand of each language, as a text is heard: what is danger alone is a cry for help."""
    tmp_path.joinpath("community.toml").write_text(COMMUNITY, "utf-8")
    hearing = ear(SHIPPED, tmp_path)
    for language in ("en", "es", "fr", "pt", "vi", "zh", "ar"):
        alarmed = [word for word in top_n_list(language, 5000) if hearing.hear(word).danger]
        assert len(alarmed) <= 25, (language, alarmed)


def test_harmless_texts_are_not_alarmed(reader: DangerReader) -> None:
    """The mixed lines are a stranger's: no word of danger was taken from them."""
    harmless = [line for line in lines() if not line.may_be("emergency") and not line.may_be("danger?")]
    alarmed = [line for line in harmless if read(reader, line.text).level == "certain"]
    known, strange = _apart(alarmed)
    assert len(known) <= len(_apart(harmless)[0]) / 500, shown(known)
    assert len(strange) <= len(_apart(harmless)[1]) / 25


def test_danger_of_the_corpus_is_found(reader: DangerReader) -> None:
    endangered = [line for line in lines() if line.meaning.startswith(("emergency", "danger?"))]
    missed = [line for line in endangered if not read(reader, line.text).level]
    known, strange = _apart(missed)
    assert len(known) <= len(_apart(endangered)[0]) / 10, shown(known)
    assert len(strange) <= len(_apart(endangered)[1]) / 2  # by rule alone; with the second opinion: tests/corpus


def test_invented_texts_in_eight_languages(reader: DangerReader) -> None:
    found, alarmed = defaultdict[str, list[bool]](list), defaultdict[str, list[bool]](list)
    for words, language, level in invented():
        (alarmed if level == "none" else found)[language].append(bool(read(reader, words).level))
    everything = [each for some in found.values() for each in some]
    harmless = [each for some in alarmed.values() for each in some]
    assert sum(everything) >= FOUND * len(everything)
    assert sum(harmless) <= ALARMED * len(harmless)
    for language, some in found.items():
        assert sum(some) >= 0.9 * len(some), language


@pytest.mark.parametrize(
    "beside", ["yes 112. {}", "{} thanks", "stop texting me. {}", "I need food 11216, {}", "{}\nSent from my Jitterbug"]
)
def test_certain_danger_is_never_lost_beside_anything_else(reader: DangerReader, beside: str) -> None:
    certain = [words for words, _, level in invented() if level == "certain" and read(reader, words).level == "certain"]
    lost = [words for words in certain if not read(reader, beside.format(words)).level]
    assert len(lost) <= len(certain) / 50, lost


def test_every_frame_is_rung_by_some_class() -> None:
    """A frame whose classes all mean something only beside others would never be looked at."""
    silent = [frame.name for frame in FRAMES if all(need & BESIDE for need in frame.needs)]
    assert [name for name in silent if "only" not in name] == []


def _apart(some: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that words were taken from, and those of strangers."""
    return [each for each in some if each.theme != "mixed"], [each for each in some if each.theme == "mixed"]


def shown(some: list[Line]) -> list[str]:
    return [line.text for line in some]
