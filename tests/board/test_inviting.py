"""Inviting: somebody of the team adds another one, who can do everything from then on, at the board and by text."""

import asyncio
from pathlib import Path

import pytest

from hotline import app
from hotline.app import Hotline
from tests.board.visitor import ANA, ROSA, team
from tests.web.line import select

EVE = "+12125550144"


def test_who_is_invited_is_of_the_team_at_once_and_after_a_restart(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            eve = rosa.place.exchange.handset(EVE, "Eve")
            await luz.get("/team")
            page = await luz.press("/team", name="Eve María", phone="(212) 555-0144")
            assert "of the team now" in page.said
            assert "Eve Maria" in page.said
            await rosa.place.settle()
            assert "Luz of Eastside Mutual Aid invites you" in eve.inbox[-1].body
            assert "/board" in eve.inbox[-1].body
            await eve.text("LIST")
            assert "101" in eve.inbox[-1].body
            await luz.press("/sign-out")
            assert (await luz.sign_in(EVE)).path == "/board"
            assert "[coordinators.eve_maria]" in (tmp_path / "community.toml").read_text("utf-8")
            await rosa.place.restart()
            assert (await luz.get()).path == "/board"
            trail = select(rosa.place, "SELECT coordinator, more FROM board_trail WHERE what = 'invited'")
            assert trail == [{"coordinator": "luz", "more": "eve_maria"}]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("name", "phone", "said"),
    [
        ("Eve", "12", "no number that we can text"),
        ("Eve", ROSA, "somebody of the team has it"),
        ("Eve", "+442079460123", "no number that we can text"),
        ("Rosa", EVE, "or is taken"),
        ("!!", EVE, "or is taken"),
        ("", EVE, "or is taken"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(tmp_path: Path, name: str, phone: str, said: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            before = (tmp_path / "community.toml").read_text("utf-8")
            await rosa.get("/team")
            page = await rosa.press("/team", name=name, phone=phone)
            assert page.status == 400
            assert said in page.said
            assert page.form("/team").fields["phone"] == phone
            assert (tmp_path / "community.toml").read_text("utf-8") == before

    asyncio.run(run())


def test_where_the_file_cannot_be_written_the_lines_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hotline.community.editing.os.replace", full)

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get("/team")
            page = await rosa.press("/team", name="Eve", phone=EVE)
            assert page.status == 400
            assert '[coordinators.eve] phone = "+12125550144"' in page.said
            assert not (tmp_path / "community.toml.new").exists()

    asyncio.run(run())


def test_a_neighbor_can_be_invited_too(tmp_path: Path) -> None:
    """Ana asked for food, and looks after others from now on."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get("/team")
            await rosa.press("/team", name="Ana", phone=ANA)
            await rosa.place.settle()
            assert "invites you" in rosa.place.exchange.handset(ANA).inbox[-1].body

    asyncio.run(run())


def test_a_worker_of_its_own_knows_who_was_invited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a restart, and also where somebody is in the middle of editing the file."""
    monkeypatch.setattr(app, "TEAM_EVERY", 0.01)

    async def known(other: Hotline) -> None:
        while not other.catalogue.community.is_coordinator(EVE):  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.01)

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            other = await Hotline.open(rosa.place.settings, rosa.place.clock)
            try:
                async with app.meanwhile(app._know_the_team(other)):
                    file = tmp_path / "community.toml"
                    whole = file.read_text("utf-8")
                    file.write_text(whole + "[coordinators.", "utf-8")
                    await asyncio.sleep(0.1)
                    file.write_text(whole, "utf-8")
                    await rosa.get("/team")
                    await rosa.press("/team", name="Eve", phone=EVE)
                    await asyncio.wait_for(known(other), 60)
                assert other.catalogue.community.coordinators["eve"] == EVE
            finally:
                await other.close()

    asyncio.run(run())
