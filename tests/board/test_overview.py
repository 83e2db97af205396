"""Overview: every need in its column, whoever waits in the tray, and nothing that tells who a neighbor is."""

import asyncio
import re
from pathlib import Path

from hotline.model.board import UNDO_FOR
from hotline.model.calendar import DAY, MINUTE
from hotline.storage import Transaction
from tests.board.visitor import ANA, BEN, CHO, NEED, Page, asks_for_food, team
from tests.world import NOON


def column(page: Page, name: str) -> str:
    """What stands in one column of the overview."""
    found = re.search(rf'<section id="{name}".*?</section>', page.body, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_a_need_goes_through_the_columns(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            page = await rosa.get()
            assert "101 food, Northside" in column(page, "asking")
            assert "2 asked" in column(page, "asking")
            await place.exchange.handset(ANA).text("a ride 11201")
            page = await rosa.get()
            assert "102 a ride" in column(page, "new")
            assert "not sent yet" in column(page, "new")
            await place.exchange.handset(BEN).text("YES 101")
            page = await rosa.get()
            assert "Ben has it" in column(page, "taken")
            await place.exchange.handset(BEN).text("DONE 101")
            page = await rosa.get()
            assert "101 food" in column(page, "done")
            place.clock.now += 8 * DAY
            await rosa.sign_in()
            assert "101 food" not in column(rosa.page, "done")

    asyncio.run(run())


def test_nothing_tells_who_a_neighbor_is(tmp_path: Path) -> None:
    """No number, not even its end, no street, no name, no word of theirs: on the overview, a column, the tray."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.exchange.handset(BEN).text("YES 101")
            await rosa.place.exchange.handset(ANA).text("I am at the blue door")
            await rosa.place.exchange.handset(ANA).text("0")
            for path in ("", "/tray", "/column/taken", "/column/asking", "/column/new", "/column/done"):
                page = await rosa.get(path)
                assert page.status == 200
                for secret in (ANA, ANA[-4:], "Elm", "Ana", "Maria", "blue", "please", BEN, BEN[-4:]):
                    assert secret not in page.body, (path, secret)

    asyncio.run(run())


def test_the_last_event_is_told_without_its_words(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.exchange.handset(BEN).text("YES 101")
            rosa.place.clock.now += 5 * MINUTE
            await rosa.place.exchange.handset(BEN).text("101 on my way")
            rosa.place.clock.now += 3 * MINUTE
            shown = column(await rosa.get(), "taken")
            assert "Ben wrote 3 min ago" in shown
            assert "way" not in shown

    asyncio.run(run())


def many(tx: Transaction, wanted: int, now: float) -> None:
    for place in range(wanted):
        asks_for_food(tx, now - place, f"+1212555{1000 + place}")


def test_a_column_shows_those_that_wait_longest_a_count_and_the_rest(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(many, 110, rosa.place.clock.now - 3600)
            page = await rosa.get()
            assert column(page, "new").startswith("New 110 ")
            codes = re.findall(r"\b(\d{3}) food", column(page, "new"))
            assert len(codes) == 25
            assert codes[0] == "211"  # made last, but for the longest time ago
            first = await rosa.get("/column/new")
            assert "1 to 100 of 110" in first.said
            second = await rosa.get("/column/new?page=2")
            assert "101 to 110 of 110" in second.said
            shown = re.findall(r"need/(\d+)\"><b>", first.body) + re.findall(r"need/(\d+)\"><b>", second.body)
            assert len(set(shown)) == 110
            for odd in ("0", "-1", "x", "9" * 30, "99999"):
                assert (await rosa.get(f"/column/new?page={odd}")).status == 200

    asyncio.run(run())


def test_a_hundred_needs_weigh_less_than_fifty_kilobytes(tmp_path: Path) -> None:
    """Twenty-five in each column, each with all that a card can say; as it goes over a slow line."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(a_hundred, rosa.place.clock.now)
            url = rosa.place.exchange.public_url + "/board"
            async with rosa.http.get(url, headers={"Accept-Encoding": "identity"}) as found:
                page = await found.text()
            assert len(re.findall(r"<form action=\"/board/need/\d+/move\"", page)) == 75
            assert len(page.encode()) < 50_000

    asyncio.run(run())


def a_hundred(tx: Transaction, now: float) -> None:
    numbers = [asks_for_food(tx, now - place, f"+1212555{1000 + place}") for place in range(100)]
    for place, number in enumerate(numbers):
        if place >= 25:
            tx.alerts.wave_sent(number, 1, None, now)
        if place >= 50:
            tx.needs.take(number, BEN, now)
        if place >= 75:
            tx.needs.finish(number, BEN, now)


def test_one_entry_a_person_however_many_texts(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            ana = rosa.place.exchange.handset(ANA)
            for words in ("0", "please call me", "0", "it is about the dog"):
                await ana.text(words)
            page = await rosa.get()
            tray = column(page, "tray")
            assert tray.startswith("Waits for a person 1 ")
            assert "101 food, Northside asks for a person" in tray
            assert "dog" not in tray

    asyncio.run(run())


def test_danger_comes_first_and_who_helps_is_named(tmp_path: Path) -> None:
    """Two people write about one request: each line says whose it is. What came last may be what cannot wait."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            for phone, words in ((ANA, "0"), (BEN, "101 when do they need it?")):
                await place.exchange.handset(phone).text(words)
            place.clock.now += MINUTE
            await place.exchange.handset(CHO).text("my chest hurts and I sweat")
            for path in ("", "/tray"):
                tray = (await rosa.get(path)).said
                assert tray.index("speaks of danger") < tray.index("asks for a person") < tray.index("Northside Ben")
                assert tray.count("101 food, Northside Ben") == 1

    asyncio.run(run())


def test_what_was_sent_stands_before_forms_that_are_filled_in(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            store, now = rosa.place.hotline.store, rosa.place.clock.now
            await store.run(lambda tx: [tx.needs.draft(f"+1212555{n:04}", "food", now) for n in range(104)])
            await store.run(lambda tx: [asks_for_food(tx, now + 1, f"+1212556{n:04}") for n in range(3)])
            first, second = [
                list(dict.fromkeys(re.findall(r'/need/(\d+)"', (await rosa.get(f"/column/new?page={page}")).body)))
                for page in (1, 2)
            ]
            assert first[:4] == ["100106", "100107", "100108", "100002"]
            assert (len(first), len(second)) == (100, 7)
            assert not set(first) & set(second)

    asyncio.run(run())


def test_somebody_without_a_request_waits_too(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            gus = rosa.place.exchange.handset("+12125550120", "Gus")
            await gus.text("0")
            await gus.text("I am lost")
            page = await rosa.get()
            link = re.findall(r"/board(/waits/\d+)", page.body)[0]
            page = await rosa.get(link)
            assert "I am lost" in page.said
            assert "…0120" in page.said
            assert "+12125550120" not in page.body
            page = await rosa.press("/number")
            assert "+12125550120" in page.said
            page = await rosa.press("/seen")
            assert "Nobody waits for a word from you." in page.said
            assert (await rosa.get(link)).status == 404

    asyncio.run(run())


def test_whoever_wants_to_help_is_let_in(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(wants_to_help)
            eve = rosa.place.exchange.handset("+12125550121", "Eve")
            page = await rosa.get("/tray")
            assert "Eve" in page.said
            await rosa.get(re.findall(r"/board(/waits/\d+)", page.body)[0])
            page = await rosa.press("/approve")
            assert "Nobody waits" in page.said
            await rosa.place.settle()
            assert (await rosa.place.hotline.store.run(lambda tx: tx.volunteers.get("+12125550121"))).status == "active"
            assert not eve.inbox, "a yes can be taken back before anybody reads of it"
            await rosa.place.pass_time(UNDO_FOR + 1)
            assert eve.inbox[-1].body.startswith("You are in: food")

    asyncio.run(run())


def wants_to_help(tx: Transaction) -> None:
    tx.people.introduce("+12125550121", "Eve", "en", NOON)
    tx.volunteers.enroll("+12125550121", ("food",), ("north",), "waiting", NOON)
    tx.flags.add("volunteer_waits", "+12125550121", "", 0, NOON)


def test_what_has_gone_quiet(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.place.hotline.store.run(quiet_ones, rosa.place.clock.now)
            tray = column(await rosa.get(), "tray")
            gone = tray.partition("Gone quiet")[2]
            assert gone.startswith(" 3 ")
            assert "stopped in the form" in gone
            assert "Cho says nothing" in gone
            assert "nothing new for days" in gone
            assert "Elm" not in gone

    asyncio.run(run())


def quiet_ones(tx: Transaction, now: float) -> None:
    tx.needs.draft("+12125550131", "food", now - 31 * MINUTE)
    taken = asks_for_food(tx, now, "+12125550132")
    tx.needs.take(taken, CHO, now)
    tx.follow_ups.check(taken, now + DAY, checks=1)
    asks_for_food(tx, now - 4 * DAY, "+12125550133")


def test_two_want_to_look_after_it(tmp_path: Path) -> None:
    """Whoever is late reads who was first; after twenty minutes of silence it is anybody's again."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, luz):
            for each in (rosa, luz):
                await each.get(f"/need/{NEED}")
            await rosa.press("/hand", takes="yes")
            assert "You look after it" in rosa.page.said
            page = await luz.press("/hand", takes="yes")
            assert page.status == 409
            assert "Rosa was first" in page.said
            assert "Rosa looks after it" in column(await luz.get(), "asking")
            rosa.place.clock.now += 21 * MINUTE
            assert "looks after it" not in column(await luz.get(), "asking")
            await luz.get(f"/need/{NEED}")
            assert (await luz.press("/hand", takes="yes")).status == 200
            await luz.get(f"/need/{NEED}")
            await luz.press("/hand", takes="no")
            assert "Nobody looks after it" in luz.page.said

    asyncio.run(run())


def test_a_card_leads_to_what_it_is_moved_to(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get()
            page = await rosa.press(f"/need/{NEED}/move", to="close")
            assert page.path == f"/board/need/{NEED}"
            assert 'id="close"' in page.body

    asyncio.run(run())


def test_a_request_is_found_by_its_number(tmp_path: Path) -> None:
    """From any page; what is no request's number is looked for among people, and stands in no address."""

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            await rosa.get()
            for typed in ("101", " 101 ", "#101", "101."):
                assert (await rosa.press("/find/request", code=typed)).path == f"/board/need/{NEED}"
            assert (await rosa.press("/find/request", code="")).path == "/board"
            for typed in ("102", "nobody", "99999999999999999999", "٣"):
                page = await rosa.press("/find/request", code=typed)
                assert page.status == 404
                assert page.form("/people/find").fields["who"] == typed
                assert typed not in page.path
            for typed in ("ana", "0111"):
                assert "Ana Maria" in (await rosa.press("/find/request", code=typed)).said

    asyncio.run(run())
