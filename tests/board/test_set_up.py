"""Pages of the set-up: what is said, any conversation, the community file without secrets, and what is wrong."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.channels import own_words
from hotline.channels.catalogue import use_own
from hotline.channels.flow_printout import conversations, script
from hotline.flows import FLOWS
from hotline.web.board import doctor
from tests.board.visitor import LUZ, ROSA, Page, team

SPOKEN = ("en", "es")


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    use_own({})


def entry(page: Page, name: str) -> str:
    """What stands under one wording."""
    found = re.search(rf'<li id="{re.escape(name)}">.*?</li>', page.body, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_what_is_said_stands_there_with_its_segments_and_as_it_is_heard(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await rosa.get("/words?part=intake")
            assert entry(page, "intake.area.text").startswith("intake.area.text Segments: 1 Where are you?")
            assert "1 Northside" in entry(page, "intake.area.text")
            assert "For Northside, press 1." in entry(page, "intake.area.voice")
            assert "Segments" not in entry(page, "intake.area.voice")
            page = await rosa.get("/words?part=intake&language=es")
            assert "Norte" in entry(page, "intake.area.text")
            # By a text as somebody read it, filled in.
            page = await rosa.get("/words?find=Where+are+you%3F")
            assert "intake.area.text" in page.body
            page = await rosa.get("/words?find=zzyzx")
            assert "Nothing that is said here has these words." in page.said

    asyncio.run(run())


def test_a_wording_that_is_said_otherwise_is_shown_at_once_and_marked(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            assert "said otherwise here" not in entry(await rosa.get("/words?part=intake"), "intake.area.text")
            use_own(own_words.saying({}, "en", ("intake", "area", "text"), "Which part of town, friend?"))
            page = await rosa.get("/words?part=intake")
            assert "said otherwise here Which part of town, friend?" in entry(page, "intake.area.text")

    asyncio.run(run())


def test_every_conversation_is_printed_as_the_command_prints_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            here = rosa.place.hotline.catalogue.community
            for name in conversations():
                for language in SPOKEN if name in ("intake", "menu") else SPOKEN[:1]:
                    page = await luz.get(f"/flows?name={name}&language={language}")
                    assert page.status == 200
                    lines = script(FLOWS[name], language, here, ("text", "voice")).splitlines()
                    for line in lines:
                        if said := line.partition(":")[2].strip() if line.startswith("  ") else "":
                            assert " ".join(said.split()) in page.said, (name, said)
            page = await luz.get("/flows?name=no_such_thing&language=xx")
            assert page.status == 200
            assert "intake.area" in page.body

    asyncio.run(run())


def test_the_community_file_is_shown_as_it_is_read_and_no_number_of_the_team(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (_, luz):
            page = await luz.get("/community")
            for told in ("Eastside Mutual Aid", "[areas.north]", "near downtown", "wave_size", "[coordinators.luz]"):
                assert told in page.said, told
            assert f"phone …{LUZ[-4:]}" in page.said
            assert "keeper yes" in page.said
            settings = luz.place.settings
            secrets = (settings.twilio_auth_token, settings.twilio_account_sid, settings.secret_key, ROSA[2:], LUZ[2:])
            for secret in filter(None, secrets):
                assert secret not in page.body

    asyncio.run(run())


def test_what_is_wrong_is_found_as_the_command_finds_it_and_texts_are_answered_meanwhile(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await rosa.get("/doctor")
            assert "As of" not in page.said
            looking = asyncio.create_task(rosa.press("/doctor"))
            await rosa.place.exchange.handset("+12125550131").text("food 11216")
            assert rosa.place.exchange.handset("+12125550131").inbox
            page = await looking
            assert re.search(r"As of \d\d:\d\d: \d+ wrong, \d+ to look after", page.said)
            assert "the hotline does not start" not in page.said.lower()
            assert "PUBLIC_URL" in page.said  # this machine's own address
            told = await rosa.place.hotline._findings()
            assert {each["wrong"] for each in told["en"]} == _found(page)
            await rosa.post("/language", {"language": "es", "here": "/doctor"})
            page = await rosa.get("/doctor")
            assert {each["wrong"] for each in told["es"]} == _found(page)
            assert not {each["why"] for each in told["es"]} & {each["why"] for each in told["en"]}

    asyncio.run(run())


def _found(page: Page) -> set[str]:
    """What is wrong, as the page says it."""
    return {" ".join(found.split()) for found in re.findall(r"<li[^>]*><p><b>(.*?)</b>", _plain(page.body))}


def _plain(body: str) -> str:
    return (
        body.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    )


def test_an_examination_that_takes_long_holds_up_no_page_and_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.1)
    began: list[float] = []

    async def run() -> None:
        goes_on = asyncio.Event()

        async def examine() -> doctor.Findings:
            began.append(0.0)
            await goes_on.wait()
            return {"en": [{"weight": "wrong", "wrong": "It rains in.", "why": "The roof.", "mend": "Mend it."}]}

        found = doctor.Doctor(examine, lambda: 7.0)
        await asyncio.gather(*(found.look() for _ in range(5)))
        assert len(began) == 1
        assert found.is_at_it
        goes_on.set()
        await found.look()
        assert (found.is_at_it, found.at, found.findings["en"][0]["wrong"]) == (False, 7.0, "It rains in.")

    asyncio.run(run())


def test_an_examination_that_breaks_says_so() -> None:
    async def examine() -> doctor.Findings:
        raise OSError("the disk is gone")

    async def run() -> None:
        found = doctor.Doctor(examine, lambda: 0.0)
        await found.look()
        assert found.broke
        assert found.at is None

    asyncio.run(run())


def test_no_wording_page_is_heavier_than_a_hundred_kilobytes(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await rosa.get("/words")
            parts = {
                part: int(many) for part, many in re.findall(r'<option value="(\w+)"[^>]*>\w+ \((\d+)\)', page.body)
            }
            assert len(parts) > 60
            for part, many in parts.items():
                page, shown, turn = await rosa.get(f"/words?part={part}"), 0, 1
                while True:
                    assert page.status == 200
                    assert len(page.body.encode()) < 100_000, part
                    shown += page.body.count('<li id="')
                    if f"page={turn + 1}" not in page.body:
                        break
                    turn += 1
                    page = await rosa.get(f"/words?part={part}&page={turn}")
                assert shown == many, part

    asyncio.run(run())
