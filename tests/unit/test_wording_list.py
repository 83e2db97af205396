"""What is said here, wording by wording: how it reads, its segments, and where a text that was read comes from."""

from collections.abc import Iterator

import pytest

from hotline.channels import own_words, text
from hotline.channels.catalogue import Catalogue, languages, use_own
from hotline.channels.lint.lint import check_said_here
from hotline.channels.lint.sample_towns import usual
from hotline.channels.lint.wording_list import conversations, listed, names_of
from hotline.channels.lint.wordings import said
from hotline.engine.session import Prompt

HERE = usual(("en", "es", "zh"))


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    use_own({})


@pytest.mark.parametrize("language", languages())
def test_everything_that_is_said_stands_there_as_it_is_shipped(language: str) -> None:
    here = usual((language,))
    found = list(listed(language, here))
    assert [each.here for each in found] == [each.words for each in said(language)]
    assert not [each.name for each in found if each.is_own]
    assert sum(conversations(language).values()) == len(found) == len({each.name for each in found})
    assert all(each.read and each.cost for each in found if each.name in ("hello.first.text", "news.taken.text"))


def test_what_is_said_otherwise_is_read_heard_and_counted() -> None:
    own = own_words.saying(
        {}, "en", ("hello", "storm", "text"), "{community}: " + "very many texts " * 9 + "{emergency}"
    )
    use_own(own_words.saying(own, "en", ("hello", "storm", "voice"), "Too many calls."))
    storm, heard = (each for each in listed("en", HERE, "hello") if each.key == "hello.storm")
    assert (storm.is_own, str(storm.cost), heard.cost) == (True, "2", None)
    assert storm.read[0].startswith(f"{HERE.name}: very many texts very")
    assert heard.read == ("Too many calls.",)


def test_a_text_that_was_read_leads_to_its_wordings() -> None:
    read = text.render(
        [Prompt("hello.first"), Prompt("take.taken", values={"number": "101"}), Prompt("intake.area")],
        "es",
        Catalogue(HERE),
    )
    assert {"hello.first.text", "take.taken.text", "intake.area.text"} <= set(names_of("es", "\n".join(read)))
    assert names_of("en", "hello.storm")[:1] == ["hello.storm.text"]
    assert names_of("en", "  ") == names_of("en", "zzyzx") == []


@pytest.mark.parametrize("language", HERE.languages)
def test_one_that_is_too_long_here_is_found_by_itself_and_no_other(language: str) -> None:
    long = ("{community} {emergency} STOP 0 " + "word " * 80).strip()
    use_own(own_words.saying({}, language, ("hello", "first", "text"), long))
    found = [each.wrong for each in check_said_here(language, {"hello.first"}, HERE)]
    assert any("segments" in wrong or "texts" in wrong for wrong in found)
    assert not [each for each in check_said_here(language, {"hello.storm"}, HERE) if "segments" in each.wrong]
