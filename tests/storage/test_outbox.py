"""The outbox: every row is held by one worker at a time, and an old hold changes nothing; reports never go back."""

import asyncio
from collections.abc import Callable
from itertools import permutations

from hotline.engine.session import Prompt
from hotline.model.outgoing import AFTER_ALL, ALERT, ANSWER, NEWS, Outgoing
from hotline.storage import Store, Transaction, open_store
from tests.storage.asking import ANA, NOW, ask, with_store

SOME = Prompt("news.taken", values={"number": "101"})


def put(tx: Transaction, party: str = ANA, priority: int = 2, now: float = NOW) -> None:
    tx.outbox.put(party, [SOME], 101, priority, now)


def lease(tx: Transaction, now: float = NOW, room: int = 99) -> list[Outgoing]:
    return tx.outbox.lease_due(room, 9, now + 60, now)


def play(url: str, turn: Callable[[Transaction], None]) -> None:
    async def work(store: Store) -> None:
        await store.run(turn)

    with_store(url, work)


def test_a_row_is_leased_once_until_its_time_runs_out(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        put(tx)
        assert len(lease(tx)) == 1
        assert lease(tx) == []
        assert tx.outbox.lease_doubtful(9, NOW + 120, NOW + 59) == []
        (again,) = tx.outbox.lease_doubtful(9, NOW + 120, NOW + 61)
        assert again.lease == 2

    play(database_url, turn)


def test_what_may_not_go_now_holds_up_nothing_of_theirs(database_url: str) -> None:
    """Past the day's segments questions wait, and news goes. A message to many waits behind all else, in no answer's
    way; else what is for one person goes in its order."""

    def turn(tx: Transaction) -> None:
        put(tx, priority=ALERT)
        put(tx, priority=NEWS)
        assert [row.priority for row in tx.outbox.lease_due(9, NEWS, NOW + 60, NOW)] == [NEWS]
        put(tx, "+12125550177", priority=AFTER_ALL)
        put(tx, "+12125550177", priority=ANSWER)
        assert [row.priority for row in tx.outbox.lease_due(1, AFTER_ALL, NOW + 60, NOW)] == [ANSWER]
        put(tx, "+12125550178", priority=ALERT)
        put(tx, "+12125550178", priority=NEWS)
        left = tx.outbox.lease_due(9, AFTER_ALL, NOW + 60, NOW)
        assert [row.priority for row in left if row.party == "+12125550178"] == [ALERT]

    play(database_url, turn)


def test_what_was_settled_under_an_old_lease_changes_nothing(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        put(tx)
        (old,) = lease(tx)
        (new,) = tx.outbox.lease_doubtful(9, NOW + 120, NOW + 61)
        tx.outbox.settle(old, "sent", NOW + 62)
        tx.outbox.settle(old, "failed", NOW + 62)
        tx.outbox.settle(new, "waiting", NOW + 63, due_at=NOW + 100)
        tx.outbox.settle(new, "failed", NOW + 64)
        assert lease(tx, NOW + 99) == []
        assert [row.id for row in lease(tx, NOW + 101)] == [new.id]

    play(database_url, turn)


def test_two_workers_never_hold_the_same_row(database_url: str) -> None:
    async def work() -> list[int]:
        stores = await asyncio.gather(*(open_store(database_url) for _ in range(2)))
        await stores[0].run(_put_sixty)
        leases = [store.run(lambda tx: tx.outbox.lease_due(4, 9, NOW + 60, NOW)) for _ in range(10) for store in stores]
        leased = await asyncio.gather(*leases)
        for store in stores:
            await store.close()
        return [row.id for rows in leased for row in rows]

    held = asyncio.run(work())
    assert len(held) == len(set(held))
    assert len(held) >= 40


def _put_sixty(tx: Transaction) -> None:
    for number in range(60):
        put(tx, f"+1212555{number:04}")


def test_the_most_urgent_goes_first_and_what_is_not_due_waits(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        for party, priority, now in (("+1", 3, NOW), ("+2", 2, NOW), ("+3", 1, NOW), ("+4", 1, NOW + 50)):
            put(tx, party, priority, now)
        assert [row.party for row in lease(tx, room=2)] == ["+3", "+2"]
        assert [row.party for row in lease(tx)] == ["+1"]
        assert [row.party for row in lease(tx, NOW + 50)] == ["+4"]

    play(database_url, turn)


def test_one_person_reads_things_in_the_order_in_which_they_were_said(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        for _ in range(3):
            put(tx)
        order = []
        for _ in range(3):
            (row,) = lease(tx)
            order.append(row.id)
            tx.outbox.settle(row, "sent", NOW)
        assert order == sorted(order)

    play(database_url, turn)


def test_whoever_opts_out_gets_nothing_that_still_waits(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        tx.people.get(ANA, NOW)
        put(tx)
        put(tx, "+12125550112")
        tx.people.opt_out(ANA, NOW)
        assert [row.party for row in lease(tx)] == ["+12125550112"]
        assert tx.people.reach(ANA).opted_out
        tx.people.opt_in(ANA)
        assert not tx.people.reach(ANA).opted_out

    play(database_url, turn)


def test_when_there_is_something_to_do_next_is_known(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        assert tx.outbox.next_due() is None
        put(tx, now=NOW + 30)
        assert tx.outbox.next_due() == NOW + 30
        number = tx.needs.draft(ANA, "food", NOW)
        tx.needs.record(
            number, {"what": "food", "area": "north", "details": "", "recording": "", "callback": ""}, NOW + 10
        )
        assert tx.outbox.next_due() == NOW + 10

    play(database_url, turn)


RANKS = {"queued": 1, "sent": 3, "delivered": 4, "undelivered": 4, "read": 5}


def test_reports_in_any_order_end_where_the_last_word_is(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        for line, order in enumerate(permutations(RANKS)):
            best = 0
            for state in order:
                changed = tx.outbox.report(f"SM{line}", state, RANKS[state], "", NOW)
                assert changed == (RANKS[state] > best)
                best = max(best, RANKS[state])

    play(database_url, turn)
    assert {row["status"] for row in ask(database_url, "SELECT status FROM deliveries")} == {"read"}


def test_a_report_that_comes_before_we_know_what_it_is_about_is_kept(database_url: str) -> None:
    """The carrier may call back before its own answer to us has arrived."""

    def turn(tx: Transaction) -> None:
        put(tx)
        (row,) = lease(tx)
        tx.outbox.report("SM1", "delivered", 4, "", NOW)
        tx.outbox.part_sent(row, "SM1", "queued", 1, NOW)
        assert not tx.outbox.report("SM1", "sent", 3, "", NOW)
        found = tx.outbox.by_sid("SM1")
        assert found is not None
        assert found.id == row.id

    play(database_url, turn)
    assert ask(database_url, "SELECT status, rank FROM deliveries") == [{"status": "delivered", "rank": 4}]


def test_a_mark_and_a_flag_are_kept(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        assert tx.heartbeat.mark("caught_up") is None
        tx.heartbeat.set_mark("caught_up", NOW)
        tx.heartbeat.set_mark("caught_up", NOW + 1)
        assert tx.heartbeat.mark("caught_up") == NOW + 1
        tx.flags.add("wants_a_person", ANA, "please", 101, NOW)
        assert [tx.flags.add_once("stuck", ANA, "hm", 101, NOW) for _ in range(2)] == [True, False]
        assert [(flag.why, flag.words) for flag in tx.flags.open()] == [("wants_a_person", "please"), ("stuck", "hm")]

    play(database_url, turn)


def test_health_knows_the_last_beat_and_what_waits(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        assert (tx.heartbeat.health().beat_at, tx.heartbeat.health().waiting_since) == (None, None)
        tx.heartbeat.beat("worker", NOW)
        tx.heartbeat.beat("worker", NOW + 1)
        put(tx)
        assert (tx.heartbeat.health().beat_at, tx.heartbeat.health().waiting_since) == (NOW + 1, NOW)

    play(database_url, turn)


def test_a_status_that_never_comes_is_asked_for_less_and_less_often_and_ends_as_unknown(database_url: str) -> None:
    asked: list[float] = []

    def turn(tx: Transaction) -> None:
        put(tx)
        (row,) = lease(tx)
        tx.outbox.part_sent(row, "SM1", "queued", 1, NOW)
        for minute in range(4 * 24 * 60):
            now = NOW + 60 * minute
            for sid, asks in tx.outbox.pending(now, 50):
                asked.append(minute)
                tx.outbox.report(sid, "sent", 3, "", now)
                assert tx.outbox.asked(sid, asks + 1, now) is (len(asked) < 9)

    play(database_url, turn)
    assert asked == [5, 15, 35, 75, 155, 315, 635, 1275, 2555]
    assert ask(database_url, "SELECT status FROM deliveries") == [{"status": "unknown"}]


def test_a_last_word_that_comes_late_counts_after_all(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        put(tx)
        (row,) = lease(tx)
        tx.outbox.part_sent(row, "SM1", "queued", 1, NOW)
        assert tx.outbox.asked("SM1", 8, NOW)
        assert not tx.outbox.asked("SM1", 9, NOW)
        assert tx.outbox.pending(NOW + 10**9, 50) == []
        assert tx.outbox.report("SM1", "delivered", 4, "", NOW + 1)

    play(database_url, turn)
    assert ask(database_url, "SELECT status FROM deliveries") == [{"status": "delivered"}]


def test_a_report_that_is_faster_than_the_answer_is_not_asked_for(database_url: str) -> None:
    def turn(tx: Transaction) -> None:
        put(tx)
        (row,) = lease(tx)
        tx.outbox.report("SM1", "delivered", 4, "", NOW)
        tx.outbox.part_sent(row, "SM1", "queued", 1, NOW)
        assert tx.outbox.pending(NOW + 10**9, 50) == []

    play(database_url, turn)
