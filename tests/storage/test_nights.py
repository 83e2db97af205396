"""What goes out while people sleep: who is woken, what waits for morning, what is taken back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hotline.engine.session import Prompt
from hotline.model.outgoing import ALERT, ANSWER, NEWS
from hotline.model.people import Volunteer
from hotline.outbound.budget import Budget, DailyLimits
from hotline.outbound.carrier_reports import CarrierReports
from hotline.outbound.outbox import TextQueue
from hotline.storage import Store, Transaction
from tests.storage.asking import ANA, BEN, CHO, STORY, ask, with_store
from tests.unit.build import catalogue
from tests.world import FIRST_ROW, ZONE

TOLD: dict[str, str | tuple[str, ...]] = {"number": "101", "what": ("food",), "area": ("north",), "name": "Ben"}
NEWS_OF_101, OFFER = Prompt("news.taken", values=TOLD), Prompt("alerts.offer", values=TOLD)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()


NIGHT, MORNING = at("2026-03-10 02:00"), at("2026-03-10 08:00")


def leaves(url: str, folder: Path, now: float, before: Callable[[Transaction], None]) -> list[str]:
    """To whom something goes, at that time."""

    async def work(store: Store) -> list[str]:
        await store.run(before)
        words = catalogue(folder)
        texts = TextQueue(words, 100.0, Budget(words.community, DailyLimits(), lambda: now), lambda: now)
        reports = CarrierReports(words.community, lambda: now)
        gone = []
        for _ in range(2):  # for each person one thing after the other
            for worded in await store.run(texts.take):
                gone.append(worded.row.party)
                await store.run(reports.done, worded.row)
        return gone

    return with_store(url, work)


def asked_for(tx: Transaction, now: float, **fields: Any) -> int:
    tx.people.get(ANA, now)
    number = tx.needs.draft(ANA, "food", now)
    tx.needs.record(number, {**STORY, **fields}, now)
    return number


def joins(tx: Transaction, phone: str, timezone: str = "") -> None:
    tx.people.introduce(phone, "Somebody", "en", 0)
    tx.volunteers.enroll(phone, ("food",), ("north",), "active", 0)
    tx.volunteers.live_in(phone, timezone)


@pytest.mark.parametrize(
    ("now", "woken"),
    [
        (NIGHT, []),
        (MORNING - 1, []),
        (MORNING, [ANA]),
        (at("2026-03-08 03:01"), []),  # the night that has no 2:30
        (at("2026-03-08 08:00"), [ANA]),
        (at("2026-11-01 07:59"), []),  # the night that has 1:30 twice
        (at("2026-11-01 08:00"), [ANA]),
    ],
)
def test_news_waits_until_its_reader_wakes(database_url: str, tmp_path: Path, now: float, woken: list[str]) -> None:
    def before(tx: Transaction) -> None:
        tx.outbox.put(ANA, [NEWS_OF_101], asked_for(tx, now - 7200), NEWS, now)

    assert leaves(database_url, tmp_path, now, before) == woken
    rows = ask(database_url, "SELECT status, due_at, attempts FROM outbox")
    if not woken:
        morning = datetime.fromtimestamp(now, ZONE).replace(hour=8, minute=0, second=0).timestamp()
        assert rows == [{"status": "waiting", "due_at": morning, "attempts": 0}]


def test_who_is_still_up_and_what_cannot_wait_is_not_held(database_url: str, tmp_path: Path) -> None:
    def before(tx: Transaction) -> None:
        urgent, number = asked_for(tx, NIGHT, urgent=1), asked_for(tx, NIGHT)
        for phone in (BEN, CHO, "+12125550114"):
            joins(tx, phone)
        joins(tx, "+12125550115", "America/Los_Angeles")
        tx.people.heard_much(BEN, (1, NIGHT), NIGHT - 3599)
        tx.people.heard_much(CHO, (1, NIGHT), NIGHT - 3601)
        tx.outbox.put(BEN, [NEWS_OF_101], number, NEWS, NIGHT)
        tx.outbox.put(CHO, [NEWS_OF_101], number, NEWS, NIGHT)
        tx.outbox.put(CHO, [NEWS_OF_101], number, ANSWER, NIGHT)
        tx.outbox.put("+12125550114", [NEWS_OF_101], urgent, NEWS, NIGHT)
        tx.outbox.put("+12125550115", [NEWS_OF_101], number, NEWS, at("2026-03-10 00:00"))
        tx.outbox.put("+12125550116", [NEWS_OF_101], 0, NEWS, NIGHT, any_hour=True)

    gone = leaves(database_url, tmp_path, at("2026-03-10 00:00") + 7200, before)
    assert sorted(gone) == [BEN, CHO, "+12125550114", "+12125550116"]


def test_a_question_that_was_held_up_until_night_is_taken_back(database_url: str, tmp_path: Path) -> None:
    def before(tx: Transaction) -> None:
        urgent, number = asked_for(tx, NIGHT, urgent=1), asked_for(tx, NIGHT)
        for phone in (BEN, CHO):
            joins(tx, phone)
        tx.volunteers.keep_hours(CHO, "09:00-17:00")
        for each, phone in ((urgent, BEN), (urgent, CHO), (number, BEN)):
            need = tx.needs.get(each)
            assert need is not None
            tx.alerts.send(need, Volunteer(phone), 1, [OFFER], NIGHT, NIGHT + 3600)

    assert leaves(database_url, tmp_path, NIGHT + 1, before) == [BEN]
    assert ask(database_url, "SELECT need, volunteer FROM alerts") == [{"need": FIRST_ROW, "volunteer": BEN}]
    dropped = ask(database_url, "SELECT party FROM outbox WHERE reason = 'asleep' ORDER BY party")
    assert [row["party"] for row in dropped] == [BEN, CHO]


def test_a_question_is_not_put_to_whoever_pauses_or_left_meanwhile(database_url: str, tmp_path: Path) -> None:
    noon = at("2026-03-10 12:00")

    def before(tx: Transaction) -> None:
        need = tx.needs.get(asked_for(tx, noon))
        assert need is not None
        for phone in (BEN, CHO, "+12125550114"):
            joins(tx, phone)
            tx.alerts.send(need, Volunteer(phone), 1, [OFFER], noon, noon + 3600)
        tx.volunteers.pause(BEN, noon + 86400, noon)
        tx.volunteers.leave(CHO, noon)

    assert leaves(database_url, tmp_path, noon + 1, before) == ["+12125550114"]
    assert ALERT in {row["priority"] for row in ask(database_url, "SELECT priority FROM outbox")}
