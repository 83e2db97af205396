"""Retention over two years: each week somebody new asks, is helped and leaves traces in every table; each goes in time.

After it only counts are left: so many requests, of which kind and where, and hashes of the carrier's ids.
"""

from hotline.community.model import Retention
from hotline.engine.session import Prompt
from hotline.model.calendar import DAY
from hotline.model.outgoing import Outgoing
from hotline.outbound.sender_hold import TEXTS
from hotline.simulator.clock import Clock
from hotline.storage import Store, Transaction
from hotline.worker.retention import RetentionWorker
from tests.faults.database import dump
from tests.storage.asking import NOW, STORY, ask, keep, with_store

WEEK, WEEKS = 7 * DAY, 104
SLACK = 8  # days: it is looked once a week here, and once an hour in life
KEPT = Retention()


def neighbor(week: int) -> str:
    return f"+1212555{week + 1000:04}"


def helper(week: int) -> str:
    return f"+1212555{week + 5000:04}"


def words(week: int) -> str:
    return f"quetzal{week:04}"


def lived(tx: Transaction, week: int, now: float) -> None:
    """One request from its first text to its end, with everything that can be left of it."""
    ana, ben, said = neighbor(week), helper(week), words(week)
    for phone in (ana, ben):
        keep(tx, tx.people.get(phone, now).session)
        tx.heartbeat.beat("worker-1", now)
    tx.people.introduce(ana, f"Name {said}", "en", now)
    tx.volunteers.enroll(ben, ("food",), ("north",), "active", now)
    number = tx.needs.draft(ana, said, now)
    tx.needs.record(number, {**STORY, "details": said, "callback": ana, "recording": f"RE{week}"}, now)
    tx.needs.take(number, ben, now)
    tx.relays.pass_on(number, ana, ben, said, [Prompt("news.relayed", values={"number": "1", "words": said})], now)
    tx.flags.add("wants_a_person", ana, said, number, now)
    tx.flags.add("message", ben, said, 0, now)
    for need in (0, number):
        case = tx.dangers.raised(ana, need, "possible", said, now + DAY, now)
        tx.dangers.settle(case.id, now)
    tx.inbound.receive(f"SM{week}", ana, "text", said, f"Body={said}&From={ana}", now)
    tx.inbound.give_answer(f"SM{week}", f"<Message>{said}</Message>")
    tx.calls.ended(f"CA{week}", ana, "completed", 60, now)
    tx.pins.missed(f"room of {ana}", 1, now)
    tx.recordings.begun(f"RE{week}", ana, "words", now, now)
    tx.recordings.reported(f"RE{week}", "failed", 0, now)
    tx.on_call.say(ben, now)
    tx.needs.finish(number, ben, now)
    tx.senders.get(TEXTS)


def test_after_two_years_and_the_days_of_each_kind_only_counts_are_left(database_url: str) -> None:
    clock = Clock(NOW)

    async def work(store: Store) -> None:
        worker = RetentionWorker(store, KEPT, clock)
        for week in range(WEEKS):
            clock.now = NOW + week * WEEK
            await store.run(lived, week, clock.now)
            await store.run(lambda tx: [tx.outbox.settle(row, "sent", clock.now) for row in _leased(tx, clock.now)])
            await worker.look()
            if week % 26 == 25:
                _as_promised(database_url, week)
        for days in (KEPT.said_days, KEPT.asked_days, KEPT.people_days, KEPT.people_days):
            clock.now += days * DAY
            for _ in range(3):  # people are gone through again and again, some pages at a time
                await worker.look()

    with_store(database_url, work)
    left = str(dump(database_url))
    assert [week for week in range(WEEKS) if words(week) in left] == []
    assert [week for week in range(WEEKS) if neighbor(week)[2:] in left or helper(week)[2:] in left] == []
    assert ask(database_url, "SELECT status, what, area, COUNT(*) AS many FROM needs GROUP BY status, what, area") == [
        {"status": "done", "what": "food", "area": "north", "many": WEEKS}
    ]
    assert [row for row in ask(database_url, "SELECT id FROM inbound") if not row["id"].startswith("#")] == []


def _leased(tx: Transaction, now: float) -> list[Outgoing]:
    return tx.outbox.lease_due(32, 3, now + 60, now)


def _as_promised(url: str, week: int) -> None:
    """What is older than its days is gone, and what is younger is there."""
    text = str(dump(url))
    longest_said, longest_asked = KEPT.other_words_days + SLACK, KEPT.people_days + SLACK
    for past in range(week + 1):
        age = (week - past) * 7
        if age > longest_said:
            assert words(past) not in text.replace(f"Name {words(past)}", ""), (week, past)
        if age > longest_asked:
            assert neighbor(past)[2:] not in text, (week, past)
        if age < KEPT.said_days:
            assert words(past) in text, (week, past)
