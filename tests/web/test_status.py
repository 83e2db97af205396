"""What became of a text: reports come in any order and never move it backwards."""

import asyncio
from itertools import permutations
from pathlib import Path

from tests.web.line import post, rows, select, status
from tests.world import world

ORDER = {"queued": 1, "sending": 2, "sent": 3, "delivered": 4, "undelivered": 4, "read": 5}
REPORTS = ("queued", "sent", "delivered", "undelivered", "read")


def test_no_order_of_reports_moves_a_text_back(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for line, reports in enumerate(permutations(REPORTS)):
                best = ""
                for state in reports:
                    code, _ = await post(place, status(f"SM{line}", state), "/twilio/status")
                    assert code in (200, 204)
                    best = state if not best or ORDER[state] > ORDER[best] else best
                (kept,) = select(place, "SELECT status FROM deliveries WHERE sid = ?", f"SM{line}")
                assert kept["status"] == best, reports

    asyncio.run(play())


def test_the_same_report_twice_is_one(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            report = status("SM1", "undelivered", ErrorCode="30003")
            await post(place, report, "/twilio/status")
            before = rows(place)
            await post(place, report, "/twilio/status")
            assert rows(place) == before

    asyncio.run(play())


def test_a_status_that_we_do_not_know_harms_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            await post(place, status("SM1", "delivered"), "/twilio/status")
            for state in ("receiving", "received", "", "made up", "DELIVERED", "\x00", "partially_delivered"):
                code, _ = await post(place, status("SM1", state), "/twilio/status")
                assert code < 500, state
                (kept,) = select(place, "SELECT status FROM deliveries WHERE sid = 'SM1'")
                assert kept["status"] == "delivered", state

    asyncio.run(play())


def test_an_odd_id_is_no_error(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for sid in ("SM\ud800", "\x00", "x" * 5000):
                assert (await post(place, status(sid, "delivered"), "/twilio/status"))[0] < 500, sid[:9]

    asyncio.run(play())
