"""The board's door: over every address of it, what is refused, to whom, and what every answer carries."""

import asyncio
import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest

from hotline.model.board import Role
from hotline.web.board.board import style, templates
from hotline.web.board.door import Page as Address
from hotline.web.board.door import is_from_here
from hotline.web.board.pages import PAGES, shown_on
from hotline.web.board.words import HERE, LANGUAGES, wordings
from tests.board.visitor import LUZ, NEED, ROSA, Visitor, team, visitors
from tests.web.line import rows
from tests.world import World

CHANGING = [page for page in PAGES if page.changes]
LIST = "phone,needs,areas,consent\n2125550150,food,north,on paper"
TO_MANY = {"words_en": "we meet on Friday"}
ORIGIN = "https://hotline.example.org"


def address(page: Address) -> str:
    """The address of a page, with something in its holes."""
    holes = {
        "{number:int}": str(NEED),
        "{record:int}": "1",
        "{flag:int}": "1",
        "{what}": "close",
        "{key}": "luz",
        "{column}": "new",
        "{sheet:int}": "1",
        "{look}": "nobody",
    }
    path = page.path
    for hole, value in holes.items():
        path = path.replace(hole, value)
    assert "{" not in path
    return path


async def write_to_many(rosa: Visitor) -> None:
    await rosa.get("/people/message")
    await rosa.press("/message", do="look", **TO_MANY)
    await rosa.press("/message", do="send")


def kept(place: World) -> dict[str, int]:
    """How many rows there are, but for browsers before the door and what the clock of a page writes."""
    return {name: many for name, many in rows(place).items() if name not in ("board_browsers", "people")}


def test_every_change_is_refused_from_another_web_page(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            before = kept(rosa.place)
            elsewhere = {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example.net"}
            for page in CHANGING:
                for headers in ({"Sec-Fetch-Site": "cross-site"}, elsewhere):
                    found = await rosa.post(address(page), {"words": "x", "takes": "yes"}, **headers)
                    assert found.status == 403, (page.path, headers)
            assert kept(rosa.place) == before

    asyncio.run(run())


def test_every_change_is_refused_to_whoever_is_not_signed_in(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            luz.http.cookie_jar.clear()
            before = kept(rosa.place)
            for page in PAGES:
                if page.role is None:
                    continue
                found = await (luz.post(address(page)) if page.changes else luz.get(address(page)))
                assert found.status == (401 if page.changes else 200), page.path
                assert page.changes or found.path == "/board/sign-in", page.path
            assert kept(rosa.place) == before

    asyncio.run(run())


def test_what_takes_a_keeper_is_refused_to_others(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            of_keepers = [page for page in PAGES if page.role is Role.KEEPER]
            assert {page.method for page in of_keepers} == {"GET", "POST"}
            await rosa.get("/people")  # whoever is on it has a record from now on
            await rosa.post("/people/import", {"do": "put", "press": "x", "list": LIST})
            await write_to_many(rosa)
            for page in of_keepers:
                before, sent = kept(rosa.place), {"words": "she fears her brother", "list": LIST, **TO_MANY}
                found = await (luz.post(address(page), sent) if page.changes else luz.get(address(page)))
                assert found.status == 403, page.path
                assert kept(rosa.place) == before, page.path
                found = await (rosa.post(address(page), sent) if page.changes else rosa.get(address(page)))
                assert found.status == 200, page.path

    asyncio.run(run())


def test_a_form_stands_on_a_page_that_can_be_looked_at() -> None:
    """Where somebody comes out who sends it while they are not signed in; signing out alone has no page of its own."""
    found = {page.path: shown_on(page) for page in CHANGING if page.role is not None}
    assert [path for path, there in found.items() if not there] == ["/sign-out"]
    assert found["/need/{number:int}/do/{what}"] == "/need/{number:int}"
    assert found["/people/{record:int}/forget"] == "/people/{record:int}"
    assert found["/people/find"] == "/people"


def test_only_those_who_sign_in_need_no_role() -> None:
    """A new address takes a role unless somebody says here that it takes none."""
    free = {page.path for page in PAGES if page.role is None}
    assert free == {"/sign-in", "/sign-in/code", "/sign-in/password", "/sign-in/demo", "/language"}


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, False),
        ({"origin": ORIGIN}, True),
        ({"origin": f"{ORIGIN}.evil.example.net"}, False),
        ({"referer": f"{ORIGIN}/board/need/100001"}, True),
        ({"referer": f"{ORIGIN}.evil.example.net/"}, False),
        ({}, False),
    ],
)
def test_where_a_form_was_sent_from(headers: dict[str, str], is_ours: bool) -> None:
    assert is_from_here(headers, ORIGIN) is is_ours


def test_every_answer_carries_what_keeps_scripts_and_frames_out(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            ends = ("/sign-out", "/team/{key}/end")
            for page in sorted(PAGES, key=lambda page: page.path in ends):
                if page.endless:
                    continue
                found = await (rosa.post(address(page)) if page.changes else rosa.get(address(page)))
                assert found.status < 500, page.path
                policy = found.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy
                assert found.headers["Cache-Control"] == "no-store"
                assert not {"iframe", "object", "style"} & set(found.tags), page.path
                moves = 'id="live"' in found.body or 'id="saved"' in found.body
                assert ("script-src 'self'" in policy, found.tags.count("script")) == (moves, int(moves)), page.path
                assert " style=" not in found.body

    asyncio.run(run())


def test_cookies_are_for_us_alone(tmp_path: Path) -> None:
    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            await rosa.sign_in()
            for cookie in rosa.http.cookie_jar:
                assert cookie["httponly"], cookie.key
                assert cookie["samesite"].lower() == "lax", cookie.key
                assert cookie["path"] == "/board", cookie.key

    asyncio.run(run())


def test_more_than_anybody_types(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            found = await rosa.post(f"/need/{NEED}/do/note", {"words": "x" * 100_000})
            assert found.status == 413
            found = await rosa.post(f"/need/{NEED}/do/note", {f"f{place}": "x" for place in range(100)})
            assert found.status == 413

    asyncio.run(run())


def test_the_language_is_chosen_and_the_page_stays(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await rosa.get(f"/need/{NEED}")
            assert "What you can do" in page.said
            page = await rosa.press("/language", language="es")
            assert page.path == f"/board/need/{NEED}"
            assert "Lo que puede hacer" in page.said
            for here in (
                "//evil.example.net",
                "https://evil.example.net",
                "/\\evil.example.net",
                "/x\r\nSet-Cookie: a=b",
            ):
                page = await rosa.post("/language", {"language": "en", "here": here})
                assert rosa.page.path.startswith("/board")

    asyncio.run(run())


def test_addresses_name_nobody() -> None:
    """No number, name or word of anybody stands in an address: what is said in one is a name of ours, or a number drawn
    for it."""
    names = {name for page in PAGES for name in re.findall(r"{(\w+)", page.path)}
    assert names == {"number", "record", "flag", "what", "key", "column", "sheet", "look"}


@pytest.mark.parametrize("public_url", ["http://hotline.example.org", "https://hotline.example.org/folder"])
def test_where_there_is_a_board(tmp_path: Path, public_url: str) -> None:
    """Over https, or on this machine alone; in its folder, if it has one."""

    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            from dataclasses import replace

            rosa.place.settings = replace(rosa.place.settings, public_url=public_url)
            await rosa.place.restart()
            page = await rosa.ask("GET", "/board/sign-in", None, {})
            assert page.status == (404 if public_url.startswith("http:") else 200)
            if page.status == 200:
                assert page.form("/folder/board/sign-in").method == "post"
                cookie = page.headers["Set-Cookie"]
                assert "Secure" in cookie
                assert "Path=/folder/board" in cookie

    asyncio.run(run())


def test_the_stylesheet_is_small_and_kept(tmp_path: Path) -> None:
    assert len(style()[0].encode()) < 12 * 1024

    async def run() -> None:
        async with visitors(tmp_path) as (rosa,):
            page = await rosa.get("/sign-in")
            link = re.findall(r'href="(/board/static/[^"]+)"', page.body)[0]
            found = await rosa.ask("GET", link, None, {})
            assert found.status == 200
            assert "immutable" in found.headers["Cache-Control"]

    asyncio.run(run())


@pytest.mark.parametrize("path", ["", "/intake"])
def test_a_script_is_checked_by_the_browser_before_it_runs(tmp_path: Path, path: str) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            page = await rosa.get(path)
            source, checksum = re.findall(
                r'<script src="([^"]+)" integrity="sha384-([^"]+)" defer></script>', page.body
            )[0]
            found = await rosa.ask("GET", source, None, {})
            assert base64.b64encode(hashlib.sha384(found.body.encode()).digest()).decode() == checksum
            assert "immutable" in found.headers["Cache-Control"]
            assert len(found.body.encode()) < 8 * 1024

    asyncio.run(run())


def test_both_languages_say_the_same_things() -> None:
    def keys(language: str) -> set[str]:
        return {f"{section}.{name}" for section, names in wordings(language).items() for name in names}

    def holes(language: str, key: str) -> set[str]:
        section, _, name = key.partition(".")
        return set(re.findall(r"{(\w+)}", str(wordings(language)[section][name])))

    assert keys("en") == keys("es")
    assert {key for key in keys("en") if holes("en", key) != holes("es", key)} == set()
    assert sorted(each.name.removesuffix(".toml") for each in HERE.iterdir()) == sorted(LANGUAGES)


def test_every_template_escapes_what_stands_in_it() -> None:
    """No template says of anything that it is safe."""
    assert templates().autoescape is True
    for name in templates().list_templates():
        source, _, _ = templates().loader.get_source(templates(), name)  # type: ignore[union-attr]
        assert "|safe" not in source.replace(" ", ""), name
        assert "autoescape" not in source, name
        assert re.findall(r"\s\w+=({{.*?}})", source) == [], f"{name}: an attribute without quotes"


def test_an_answer_is_packed_where_the_browser_can_unpack_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            url = rosa.place.exchange.public_url + "/board"
            async with rosa.http.get(url, headers={"Accept-Encoding": "identity"}) as plain:
                body = await plain.read()
                assert "Content-Encoding" not in plain.headers
            async with rosa.http.get(url, headers={"Accept-Encoding": "gzip"}) as packed:
                assert packed.headers["Content-Encoding"] == "gzip"
                assert len(gzip.compress(body)) < len(body) / 2

    asyncio.run(run())


def test_who_is_who(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            assert "Trail" in (await rosa.get()).said
            assert "Trail" not in (await luz.get()).said
            assert ROSA != LUZ

    asyncio.run(run())
