"""What must never be, looked for in what people read and in what is on record: a sentence for each that was found."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from benchmarks.month import circle_checks, safety_checks
from benchmarks.month.beginnings import DAY, HOUR, MINUTE
from benchmarks.month.heard import number
from benchmarks.month.living import Line, Month
from hotline.model.daily_rings import SHORTLY_BEFORE
from hotline.model.outgoing import ANSWER
from tests.world import NOON, ZONE

DECENT = (8, 21)  # hours between which texts may come unasked
UNDER_WAY = 2 * DAY  # so long a row may wait for a morning, or for a call
SETTLED = ("sent", "dropped", "told", "rung")
RUNG_WITHIN, HEARD_WITHIN = 45 * MINUTE, SHORTLY_BEFORE  # after the hour of a daily call; before it, whoever was heard
COMES = ("days.comes", "days.comes_soon", "days.fewer")
ASKS_AGAIN = ("intake.thanks", "intake.thanks_today")
DOES = ("texts", "calls", "answers", "presses", "says")


def all_of(base: sqlite3.Connection, month: Month) -> list[str]:
    """Every check, on the month as it ended."""
    found: list[str] = []
    for check in (
        circle_checks.all_of, safety_checks.all_of,
        _nothing_set_aside, _all_settled, _all_answered, _one_borrower, _counts_of_days, _daily_calls, _by_day,
        _nothing_after_the_end,
    ):  # fmt: skip
        found += check(base, month)
    return found


def _nothing_set_aside(base: sqlite3.Connection, _: Month) -> Iterator[str]:
    for row in base.execute("SELECT words, about FROM flags WHERE why = 'set_aside'"):
        yield f"set aside, about {row['about']}: {row['words']}"


def _all_settled(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    """Each text of ours was sent, told in a call or dropped for a reason that is kept; or it waits, not for long. Of
    what reached nobody a person of the team hears."""
    now = month.place.clock.now
    seen = {
        (row["party"], row["about"]) for row in base.execute("SELECT party, about FROM flags WHERE why = 'not_told'")
    }
    for row in base.execute("SELECT id, status, reason, prompt, party, about, created_at FROM outbox"):
        told = row["status"] in SETTLED and (row["status"] != "dropped" or row["reason"])
        told = told or (row["status"] == "failed" and (row["party"], row["about"]) in seen)
        if not told and (row["status"] == "failed" or now - row["created_at"] > UNDER_WAY):
            yield f"row {row['id']} is {row['status']} ({row['reason']}): {row['prompt'][:90]}"


def _all_answered(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    rows = base.execute("SELECT words, answer FROM inbound WHERE channel = 'text'").fetchall()
    yield from (f"no document answered: {row['words']}" for row in rows if not row["answer"])
    came = [text for text in month.place.exchange.texts if text.direction == "inbound"]
    yield from (f"the hotline did not take: {text.body}" for text in came if text.failed_webhook)
    if len(came) != len(rows):
        yield f"{len(came)} texts were sent and {len(rows)} are on record"


def _one_borrower(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    """Whoever read that they can have it had it alone, until their loan was over."""
    loans = {str(row["code"]): row for row in base.execute("SELECT code, tool, ended_at FROM loans")}
    had: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    for line in month.lines:
        for prompt in line.said("news.loan_yes"):
            if loan := loans.get(number(prompt)):
                had[loan["tool"]].append((line.at, loan["ended_at"] or month.place.clock.now, number(prompt)))
    for tool, spans in had.items():
        for (_, ended, one), (began, _, other) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            if began < ended and one != other:
                yield f"tool {tool} was promised to {other} before {one} was over"


def _counts_of_days(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    """As many come as read that they do, and never more than there are places."""
    for day in base.execute("SELECT number, code, places FROM gatherings WHERE listed = 1"):
        told = sum(_told_to_come(month.lines, str(day["code"])).values())
        kept = base.execute(
            "SELECT COALESCE(SUM(people), 0) FROM guests WHERE gathering = ? AND state = 'comes'", (day["number"],)
        ).fetchone()[0]
        if told != kept:
            yield f"day {day['code']}: {told} read that they come, {kept} stand on its list"
        if 0 < day["places"] < kept:
            yield f"day {day['code']} has {day['places']} places for {kept}"


def _told_to_come(lines: Iterable[Line], code: str) -> dict[str, int]:
    """How many each brings, as they read last; whoever waited brings as many as they said then."""
    coming: dict[str, int] = {}
    waiting: dict[str, int] = {}
    for line in lines:
        for prompt in line.said(*COMES, "days.waits", "news.day_room", "day_no.told"):
            if number(prompt) != code:
                continue
            before = waiting.pop(line.who, 0)
            match prompt.key:
                case "days.waits":
                    waiting[line.who] = int(str(prompt.values["count"]))
                case "news.day_room":
                    coming[line.who] = before
                case "day_no.told":
                    coming.pop(line.who, None)
                case _:
                    coming[line.who] = int(str(prompt.values["count"]))
    return coming


def _daily_calls(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    """On each day somebody was rung, was heard before, or had said that they are away."""
    now, names = month.place.clock.now, {who.number: who.name for who in month.people}
    for ring in base.execute("SELECT phone, hour FROM daily_rings"):
        name = names[ring["phone"]]
        rung = [call.at for call in month.place.exchange.calls if call.to == ring["phone"]]
        heard = [line.at for line in month.lines if line.who == name and line.verb in DOES]
        for due in _hours(_begun(month.lines, name), now - RUNG_WITHIN, ring["hour"]):
            called = any(due <= at <= due + RUNG_WITHIN for at in rung)
            was_heard = any(due - HEARD_WITHIN <= at <= due for at in heard)
            if not (called or was_heard or _is_away(month.lines, name, due, rung)):
                yield f"{name} was not rung at {datetime.fromtimestamp(due, ZONE):%B %d %H:%M}"


def _begun(lines: Iterable[Line], name: str) -> float:
    return max(
        (line.at for line in lines if line.who == name and any(line.said("daily.begun", "daily.asked"))), default=0.0
    )


def _is_away(lines: Iterable[Line], name: str, due: float, rung: Iterable[float]) -> bool:
    """They read that the next call comes later, and none has come since."""
    mine = (line for line in lines if line.who == name and line.at < due)
    gone = max((line.at for line in mine if any(line.said("daily.gone"))), default=0.0)
    return bool(gone) and due - gone < 8 * DAY and not any(gone < at < due for at in rung)


def _hours(since: float, until: float, hour: str) -> Iterator[float]:
    """Each time the clocks show that hour."""
    clock = datetime.strptime(hour, "%H:%M").time()
    day = datetime.fromtimestamp(max(since, NOON), ZONE).date()
    while (moment := datetime.combine(day, clock, ZONE).timestamp()) <= until:
        if moment > since:
            yield moment
        day += timedelta(days=1)


def _by_day(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    """At night come answers, what cannot wait, and news for whoever is awake; coordinators read what they must see."""
    wakeful = {
        row["sid"]
        for row in base.execute(
            "SELECT d.sid FROM deliveries d JOIN outbox o ON o.id = d.outbox WHERE o.any_hour = 1 OR o.priority = ?",
            (ANSWER,),
        )
    }
    for line in month.lines:
        if line.message is None or line.message.direction != "outbound-api" or line.message.sid in wakeful:
            continue
        hour = datetime.fromtimestamp(line.at, ZONE).hour
        if not DECENT[0] <= hour < DECENT[1] and not _did(month.lines, line.who, line.at - HOUR, line.at):
            yield f"{line.who} was woken at {hour}: {line.words}"


def _did(lines: Iterable[Line], name: str, since: float, until: float) -> bool:
    return any(line.who == name and line.verb in DOES and since <= line.at <= until for line in lines)


def _nothing_after_the_end(_: sqlite3.Connection, month: Month) -> Iterator[str]:
    """Whoever ended the texts reads none unasked; whoever left is not rung either."""
    ended: dict[str, tuple[float, bool]] = {}
    for line in month.lines:
        if (line.verb == "texts" and line.words == "STOP") or any(line.said("hello.opted_out")):
            ended.setdefault(line.who, (line.at, line.verb != "texts"))
        if any(line.said(*ASKS_AGAIN)):
            ended.pop(line.who, None)  # they asked for something anew
        if line.message and line.message.direction == "outbound-api" and line.who in ended:
            yield f"{line.who} ended the texts, and read: {line.words}"
    numbers = {who.name: who.number for who in month.people}
    for name, (at, left) in ended.items():
        rung = [call for call in month.place.exchange.calls if call.to == numbers[name] and call.at > at]
        if left and rung:
            yield f"{name} left and was rung"


def figures(base: sqlite3.Connection) -> dict[str, int]:
    """How much came of what was begun, as it stands on record."""
    return {words: base.execute(statement).fetchone()[0] for words, statement in RECORD.items()}


RECORD = {
    "requests": "SELECT COUNT(*) FROM needs WHERE gift = 0 AND loan = 0",
    "of these, taken": "SELECT COUNT(DISTINCT need) FROM claims c JOIN needs n ON n.number = c.need "
    "WHERE n.gift = 0 AND n.loan = 0",
    "of these, done": "SELECT COUNT(*) FROM needs WHERE gift = 0 AND loan = 0 AND status = 'done'",
    "offers on the list": "SELECT COUNT(*) FROM gifts WHERE listed = 1",
    "asked for": "SELECT COUNT(*) FROM gift_asks WHERE named = 0",
    "promised": "SELECT COUNT(*) FROM gift_asks WHERE named = 0 AND need > 0",
    "things lent": "SELECT COUNT(*) FROM tools WHERE listed = 1",
    "asked to borrow": "SELECT COUNT(*) FROM loans",
    "promised to a borrower": "SELECT COUNT(*) FROM loans WHERE need > 0",
    "borrowed and back": "SELECT COUNT(*) FROM loans l JOIN needs n ON n.number = l.need WHERE n.status = 'done'",
    "days together": "SELECT COUNT(*) FROM gatherings WHERE listed = 1",
    "people who came": "SELECT COALESCE(SUM(people), 0) FROM guests WHERE state = 'comes'",
    "people with a daily call": "SELECT COUNT(*) FROM daily_rings",
    "circles": "SELECT COUNT(*) FROM circles WHERE listed = 1",
    "turns in them that both sides said": "SELECT COUNT(*) FROM circle_marks WHERE deed = 'received'",
    "alarms of safety calls": "SELECT COUNT(*) FROM flags WHERE why = 'daily_alarm'",
    "of these, not over": "SELECT COUNT(*) FROM ring_alarms",
    "people who answered the round": "SELECT COUNT(DISTINCT phone) FROM round_answers",
    "things a coordinator was to look at": "SELECT COUNT(*) FROM flags",
    "of these, still open": "SELECT COUNT(*) FROM flags WHERE settled_at IS NULL",
}
