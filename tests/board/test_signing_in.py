"""Signing in: a code by text opens the browser that asked for it, and no stranger shuts anybody out."""

import asyncio
from pathlib import Path

from hotline.inbound.board_sign_in import CODES_AN_HOUR, STRANGERS_AN_HOUR
from hotline.model.calendar import HOUR, MINUTE
from tests.board.visitor import ANA, LUZ, ROSA, Visitor, visitors
from tests.web.line import select
from tests.world import World

NIGHT = 14 * HOUR  # after noon


def codes(place: World, phone: str = ROSA) -> int:
    return sum("code for the board" in text.body for text in place.exchange.handset(phone).inbox)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


def test_a_code_comes_by_text_and_opens_the_board(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            assert (await rosa.get()).path == "/board/sign-in"
            page = await rosa.sign_in()
            assert (page.status, page.path) == (200, "/board")
            assert "Rosa" in page.said
            await rosa.press("/sign-out")
            assert (await rosa.get()).path == "/board/sign-in"

    asyncio.run(run())


def test_in_the_night_and_before_everything_else(tmp_path: Path) -> None:
    """Whoever asks for it is awake; and whatever waits for them waits behind it."""

    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            rosa.place.clock.now += NIGHT
            assert (await rosa.sign_in()).path == "/board"

    asyncio.run(run())


def test_a_number_of_nobody_reads_the_same(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, 2) as (known, stranger):
            pages = []
            for who, phone in ((known, ROSA), (stranger, "+12125550123")):
                await who.get("/sign-in")
                pages.append(await who.press("/sign-in", phone=phone))
            assert pages[0].body == pages[1].body
            assert (await stranger.press("/code", code="12345678")).status == 400
            await stranger.place.settle()
            assert stranger.place.exchange.handset("+12125550123").inbox == []

    asyncio.run(run())


def test_a_code_opens_no_other_browser_and_only_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, 2) as (rosa, thief):
            for each in (thief, rosa):
                await each.get("/sign-in")
            await thief.press("/sign-in", phone=LUZ)
            await rosa.press("/sign-in", phone=ROSA)
            code = await rosa.code()
            assert (await thief.press("/code", code=code)).status == 400
            assert (await rosa.press("/code", code=f" {code[:4]}-{code[4:]} ")).path == "/board"
            await rosa.press("/sign-out")
            await rosa.get("/sign-in/code")
            assert (await rosa.press("/code", code=code)).status == 400

    asyncio.run(run())


def test_a_code_grows_old_and_is_not_guessed_for_long(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.get("/sign-in")
            await rosa.press("/sign-in", phone=ROSA)
            code = await rosa.code()
            rosa.place.clock.now += 10 * MINUTE + 1
            assert (await rosa.press("/code", code=code)).status == 400
            await rosa.get("/sign-in")
            await rosa.press("/sign-in", phone=ROSA)
            code = await rosa.code()
            for _ in range(5):
                assert (await rosa.press("/code", code=wrong(code))).status == 400
            assert (await rosa.press("/code", code=code)).status == 400

    asyncio.run(run())


def test_others_use_up_nothing_of_hers(tmp_path: Path) -> None:
    """Whoever asks in Rosa's name, as often as they like: she gets hers, in the browser in which she was before."""

    async def run() -> None:
        async with visitors(tmp_path, STRANGERS_AN_HOUR + 3) as (rosa, *strangers):
            await rosa.sign_in()
            await rosa.press("/sign-out")
            before = codes(rosa.place)
            for stranger in strangers:
                await stranger.get("/sign-in")
                await stranger.press("/sign-in", phone=ROSA)
            await rosa.place.settle()
            assert codes(rosa.place) - before == STRANGERS_AN_HOUR
            assert (await rosa.sign_in()).path == "/board"

    asyncio.run(run())


def test_three_codes_an_hour_for_one_browser(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            for _ in range(CODES_AN_HOUR + 2):
                await rosa.get("/sign-in")
                await rosa.press("/sign-in", phone=ROSA)
            await rosa.place.settle()
            assert codes(rosa.place) == CODES_AN_HOUR
            rosa.place.clock.now += HOUR + 1
            assert (await rosa.sign_in()).path == "/board"

    asyncio.run(run())


def test_knocking_is_slowed(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.get("/sign-in/code")
            await rosa.get("/sign-in")
            await rosa.press("/sign-in", phone=ROSA)
            statuses = [(await rosa.post("/sign-in/code", {"code": "1"})).status for _ in range(40)]
            assert statuses[0] == 400
            assert statuses[-1] == 429

    asyncio.run(run())


def test_two_hours_without_a_press(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.sign_in()
            for _ in range(3):
                rosa.place.clock.now += 1.9 * HOUR
                assert (await rosa.get()).path == "/board"
            rosa.place.clock.now += 2 * HOUR + 1
            page = await rosa.post("/need/100001/do/note", {"words": "she has a dog"})
            assert page.status == 401
            assert "she has a dog" in page.said  # nothing that was written is lost

    asyncio.run(run())


def test_anybody_of_the_team_shuts_out_a_lost_phone(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path, 2) as (rosa, luz):
            await rosa.sign_in(ROSA)
            await luz.sign_in(LUZ)
            await luz.get("/team")
            await luz.press("/team/rosa/end")
            assert (await rosa.get()).path == "/board/sign-in"
            assert (await luz.get()).path == "/board"
            traces = select(luz.place, "SELECT coordinator, what, more FROM board_trail ORDER BY id DESC LIMIT 1")
            assert traces == [{"coordinator": "luz", "what": "ended_sessions", "more": "rosa"}]

    asyncio.run(run())


def test_whoever_coordinates_no_longer_is_out(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.sign_in(LUZ)
            without_luz(tmp_path)
            await rosa.place.restart()
            assert (await rosa.get()).path == "/board/sign-in"

    asyncio.run(run())


def test_nothing_that_opens_anything_is_kept_as_it_is(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.sign_in()
            code = "".join(await rosa.code())
            shown = {cookie.value for cookie in rosa.http.cookie_jar}
            kept = all_that_is_kept(rosa)
            for secret in (*shown, code, f"{code[:4]} {code[4:]}"):
                assert secret not in kept

    asyncio.run(run())


def without_luz(folder: Path) -> None:
    file = folder / "community.toml"
    file.write_text(file.read_text("utf-8").split("[coordinators.luz]")[0], "utf-8")


def all_that_is_kept(visitor: Visitor) -> str:
    tables = ("board_browsers", "board_sessions", "board_trail", "outbox")
    return "\n".join(str(row) for name in tables for row in select(visitor.place, f"SELECT * FROM {name}"))


def test_somebody_else_who_texts_gets_no_code(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (ana,):
            await ana.get("/sign-in")
            await ana.press("/sign-in", phone=ANA)
            await ana.place.settle()
            assert codes(ana.place, ANA) == 0

    asyncio.run(run())


def test_back_at_the_door_leads_to_the_board(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.sign_in()
            for path in ("/sign-in", "/sign-in/code"):
                page = await rosa.get(path)
                assert page.path == "/board"
                assert "Overview" in page.said

    asyncio.run(run())
