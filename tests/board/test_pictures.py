"""Pictures: they count what happened, name nobody, tell few people apart from nobody, and are tables as well."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.channels.catalogue import Catalogue
from hotline.channels.lint.sample_towns import usual
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK
from hotline.model.line import EVERYTHING
from hotline.model.people import Volunteer
from hotline.storage import Transaction
from hotline.storage.board_figures import Sent
from hotline.web.board import counted
from hotline.web.board.counted import Counted
from hotline.web.board.money import is_known
from hotline.web.board.pictures import _sent, few
from hotline.web.board.words import Words
from tests.board.visitor import ANA, BEN, CHO, Page, asks_for_food, team
from tests.world import NOON


@pytest.fixture(autouse=True)
def _counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are never old here; how long they hold is tried by itself."""
    monkeypatch.setattr(counted, "SHARE", 0)


def table(page: Page, name: str) -> list[list[str]]:
    """The rows of a picture's table, with its head."""
    figure = re.search(rf'<figure class="box" id="{name}".*?</figure>', page.body, re.DOTALL)
    assert figure
    rows = re.findall(r"<tr>(.*?)</tr>", figure[0], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def bars(page: Page, name: str) -> list[tuple[str, str, list[str]]]:
    """(label, what it says, its parts) of each row of a picture."""
    figure = re.search(rf'<figure class="box" id="{name}".*?</figure>', page.body, re.DOTALL)
    assert figure
    rows = re.findall(r"<li><span><b>(.*?)</b> <small>(.*?)</small></span><svg[^>]*>(.*?)</svg>", figure[0])
    return [(label, said, re.findall(r'class="(\w+)"', parts)) for label, said, parts in rows]


def test_pictures_count_what_happened(tmp_path: Path, database_url: str) -> None:
    """Ana's food is taken by Ben after ten minutes. In the week before, seven asked, and six never heard of anybody."""

    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, _):
            place = rosa.place
            now = place.clock.now
            for count in range(7):
                await place.hotline.store.run(asks_for_food, now - WEEK, f"+1212555012{count}")
            await place.hotline.store.run(_missed, now - WEEK)
            place.clock.now += 10 * MINUTE
            await place.exchange.handset(BEN).text("YES 101")
            page = await rosa.get("/pictures")
            assert table(page, "by_week")[0] == ["Week from", "Asked", "Taken", "Calls missed"]
            assert table(page, "by_week")[-2:] == [["Mar 2", "7", "0", "2"], ["Mar 9", "1", "1", "0"]]
            assert len(table(page, "by_week")) == len(table(page, "how_soon")) == 1 + 4  # no weeks of nothing before
            await place.hotline.store.run(_missed, now - 12 * WEEK)
            assert bars(page, "by_week")[-2:] == [
                ("Mar 2", "7 asked, 0 taken, 2 calls missed", ["open"]),
                ("Mar 9", "1 asked, 1 taken, 0 calls missed", ["taken"]),
            ]
            assert table(page, "how_soon")[-1] == ["Mar 9", "1", "0", "0", "0", "0", "0"]
            assert table(page, "missing")[1:] == [["food, Northside", "8", "7", "1–4"]]
            assert table(page, "carry")[1] == ["one request", "1–4"]
            assert table(page, "languages")[1:] == [["English", "8", "1–4"]]
            assert [row[0] for row in table(page, "sent")[1:]] == ["Feb 16", "Feb 23", "Mar 2", "Mar 9"]
            assert int(table(page, "sent")[-1][1]) > 3
            page = await rosa.get("/pictures")
            assert table(page, "by_week")[1] == ["Dec 15", "0", "0", "2"]
            assert len(table(page, "by_week")) == 1 + 13
            assert re.fullmatch(r"\$0\.\d\d to \$0\.\d\d", table(page, "sent")[-1][4])

    asyncio.run(run())


def _missed(tx: Transaction, now: float) -> None:
    tx.flags.add("missed_call", ANA, "", 0, now)
    tx.flags.add("hung_up", CHO, "", 0, now + HOUR)


def test_a_language_that_nobody_who_gives_speaks_is_named(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            now, store = rosa.place.clock.now, rosa.place.hotline.store
            await store.run(asks_for_food, now, "+12125550131")
            await store.run(lambda tx: tx.people.correct("+12125550131", "Eva", "es"))
            page = await rosa.get("/pictures")
            assert "Nobody who gives speaks: Español." in page.said
            await rosa.place.add_volunteer(Volunteer("+12125550132", "Eva", ("food",), ("north",), "es"))
            assert "Nobody who gives speaks" not in (await rosa.get("/pictures")).said

    asyncio.run(run())


def test_nobody_is_named_and_nobody_is_ranked(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.exchange.handset(BEN).text("YES 101")
            page = await rosa.get("/pictures")
            for secret in ("Ben", "Cho", "Ana", "Elm", BEN[-4:], ANA[-4:], ">101<", "please"):
                assert secret not in page.body, secret

    asyncio.run(run())


def test_so_few_that_somebody_might_be_known_are_told_as_a_few() -> None:
    assert [few(many) for many in (0, 1, 4, 5, 12_345)] == ["0", "1–4", "1–4", "5", "12,345"]


def test_pictures_of_nothing_are_whole(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            rosa.place.clock.now += 200 * 86400
            await rosa.sign_in()
            page = await rosa.get("/pictures")
            assert page.status == 200
            assert page.said.count("Nothing yet.") == 1  # what is missing
            assert table(page, "by_week")[-1][1:] == ["0", "0", "0"]

    asyncio.run(run())


def test_a_large_town_is_not_counted_over_and_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many who look at once cost what one costs, and figures hold for twenty times as long as it took to count them."""
    monkeypatch.setattr(counted, "SHARE", 1000)

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            now = rosa.place.clock.now
            figures = Counted(rosa.place.hotline.store, lambda: now)
            weeks = [now - WEEK, now]
            found = await asyncio.gather(*(figures.figures(weeks, 1, now - WEEK) for _ in range(20)))
            assert len({id(each) for each, _ in found}) == 1
            another, _ = await figures.figures([now, now + WEEK], 1, now)
            assert another is not found[0][0], "a new week is counted at once"

    asyncio.run(run())


def test_the_years_sum_counts_what_is_done_and_tells_no_small_number(tmp_path: Path, database_url: str) -> None:
    """Nine are done, one is closed by itself, one is older than a year: nothing is told. The tenth makes a sum."""

    async def run() -> None:
        async with team(tmp_path, database_url=database_url) as (rosa, _):
            place = rosa.place
            store, now = place.hotline.store, place.clock.now
            for count in range(9):
                await store.run(_done, f"+1212555013{count}", now)
            await store.run(_done, "+12125550140", now - 366 * DAY)
            await store.run(_expired, "+12125550141", now)
            assert "for each other" not in (await rosa.get("/pictures")).body
            await store.run(_done, "+12125550142", now)
            assert "neighbors did 10 things for each other" in (await rosa.get("/pictures")).body

    asyncio.run(run())


def _done(tx: Transaction, phone: str, now: float) -> None:
    tx.needs.happened(asks_for_food(tx, now, phone), now)


def _expired(tx: Transaction, phone: str, now: float) -> None:
    tx.needs.expire(asks_for_food(tx, now, phone), now)


def test_money_is_said_where_prices_are_known_alone() -> None:
    """Another country's prices, and those of a phone with a plan of its own, are not known: then that is said."""
    here = usual(("en", "es"))
    assert is_known("US", EVERYTHING)
    assert not is_known("CA", EVERYTHING)
    assert not is_known("US", replace(EVERYTHING, priced=False))
    week, words = Sent(NOON, 100, 2, 120), Words("en", Catalogue(here), NOON)
    known, unknown = (_sent([week], words, priced=priced) for priced in (True, False))
    assert known.rows[0][-1] == "$1.02 to $1.54"
    assert "$" not in f"{unknown}"
    assert unknown.more == "What that costs is not known here: see your carrier's bill."
