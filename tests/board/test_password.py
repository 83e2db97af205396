"""A password beside the code by text: what is kept of it, what guessing comes to, and whom it shuts out."""

import asyncio
from pathlib import Path
from unicodedata import normalize

import pytest

from hotline.inbound import board_password
from hotline.inbound.board_sign_in import PASSWORDS_AN_HOUR
from hotline.model.calendar import HOUR
from tests.board.visitor import ANA, LUZ, ROSA, Visitor, visitors
from tests.web.line import select

GOOD = "four soft turtles at noon"


async def has_one(rosa: Visitor, password: str = GOOD) -> None:
    await rosa.sign_in()
    await rosa.get("/password")
    page = await rosa.press("/password", password=password, again=password)
    assert "The password is set" in page.said, page.said


async def comes_in(who: Visitor, password: str, phone: str = ROSA) -> int:
    await who.get("/sign-in")
    page = await who.press("/sign-in/password", phone=phone, password=password)
    return 200 if page.path == "/board" else page.status


def test_it_opens_the_board_from_any_browser(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, 2) as (rosa, elsewhere):
            await has_one(rosa)
            assert await comes_in(elsewhere, f"  {GOOD} ") == 200
            await rosa.place.settle()
            assert "password for the board" in rosa.place.exchange.handset(ROSA).inbox[-1].body
            kept = select(rosa.place, "SELECT hash FROM board_passwords")[0]["hash"]
            assert kept.startswith("$argon2id$")
            assert GOOD not in str([select(rosa.place, f"SELECT * FROM {name}") for name in ("board_trail", "outbox")])

    asyncio.run(run())


def test_a_number_of_nobody_and_one_without_a_password_read_the_same(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            said = set()
            for phone in (ROSA, LUZ, ANA, "nonsense"):
                await rosa.get("/sign-in")
                page = await rosa.press("/sign-in/password", phone=phone, password=GOOD)
                assert page.status == 400
                said.add(page.said)
            assert len(said) == 1

    asyncio.run(run())


def test_guessing_is_slowed_and_keeps_its_owner_out_of_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.inbound.board_sign_in.STRANGERS_PASSWORDS_AN_HOUR", PASSWORDS_AN_HOUR)

    async def run() -> None:
        async with visitors(tmp_path, 3) as (rosa, thief, other):
            await has_one(rosa)
            await rosa.press("/sign-out")
            statuses = [await comes_in(thief, f"guess number {guess}") for guess in range(PASSWORDS_AN_HOUR + 1)]
            assert statuses == [400] * PASSWORDS_AN_HOUR + [429]
            assert await comes_in(thief, GOOD) == 429  # not even with the right one
            assert await comes_in(other, GOOD) == 429  # nor from another browser of nobody's
            assert await comes_in(rosa, GOOD) == 200  # in her own it opens
            assert (await other.sign_in()).path == "/board"  # and a code by text lets her in anywhere
            rosa.place.clock.now += HOUR + 1
            assert await comes_in(thief, GOOD) == 200

    asyncio.run(run())


def test_a_new_one_ends_her_other_sessions(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, 2) as (rosa, elsewhere):
            await has_one(rosa)
            assert await comes_in(elsewhere, GOOD) == 200
            await rosa.get("/password")
            await rosa.press("/password", password="nine blue kettles sing", again="nine blue kettles sing")
            assert (await elsewhere.get()).path == "/board/sign-in"
            assert (await rosa.get()).path == "/board"
            assert await comes_in(elsewhere, GOOD) == 400
            await rosa.get("/password")
            await rosa.press("/password/none")
            assert await comes_in(elsewhere, "nine blue kettles sing") == 400

    asyncio.run(run())


def test_who_shuts_out_a_lost_phone_takes_the_password_away(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, 2) as (rosa, luz):
            await has_one(rosa)
            await luz.sign_in(LUZ)
            await luz.get("/team")
            await luz.press("/team/rosa/end")
            assert (await rosa.get()).path == "/board/sign-in"
            assert await comes_in(rosa, GOOD) == 400
            assert (await rosa.sign_in()).path == "/board"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short one", "short one", "too short"),
        ("x" * 201, "x" * 201, "too long"),
        ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "easy to guess"),
        ("rosa 2125550199", "rosa 2125550199", "easy to guess"),
        ("Eastside Mutual Aid", "Eastside Mutual Aid", "easy to guess"),
        (GOOD, f"{GOOD}!", "not the same"),
        ("", "", "too short"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(tmp_path: Path, password: str, again: str, said: str) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.sign_in()
            await rosa.get("/password")
            page = await rosa.press("/password", password=password, again=again)
            assert page.status == 400
            assert said in page.said
            assert "Nothing was changed" in page.said
            assert select(rosa.place, "SELECT COUNT(*) AS many FROM board_passwords")[0]["many"] == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    "password", ["четыре тихих черепахи", "四只安静的乌龟在中午睡觉好舒服啊", "pa\u0308sse und schl\u00f6sser"]
)
def test_in_any_alphabet_and_however_the_keyboard_writes_it(password: str) -> None:
    assert board_password.wrong_with(password, ("rosa",)) == ""
    hash = board_password.kept(password)
    assert board_password.fits(hash, password)
    assert board_password.fits(hash, normalize("NFD", password))
    assert not board_password.fits(hash, f"{password}?")
    assert not board_password.fits("", password)
    assert not board_password.fits("no hash at all", password)
