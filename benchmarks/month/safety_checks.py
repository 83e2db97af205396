"""Safety calls: what must never be in an alarm, looked for in what people read and heard and in what is on record."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.month.beginnings import HOUR, MINUTE
from benchmarks.month.living import RECORDS, Month

TRIES, TRIED_WITHIN = 3, 50 * MINUTE
TURN, LOOKS_FOR, SLACK = 15 * MINUTE, HOUR, 5 * MINUTE
SIGNS = ("texts", "calls", "presses")  # of life
OVER = ("news.alarm_over", "news.alarm_over_self")


@dataclass(frozen=True)
class Alarm:
    """When it was raised about whom, and when a person said that all is well, or the end of the month."""

    name: str
    number: str
    raised: float
    over: float


def all_of(base: sqlite3.Connection, month: Month) -> Iterator[str]:
    alarms = alarms_of(base, month)
    open_ones = {row["phone"] for row in base.execute("SELECT phone FROM ring_alarms")}
    lost = {alarm.number for alarm in alarms if alarm.over >= month.place.clock.now} ^ open_ones
    yield from (f"the alarm about {phone[-4:]} was lost, or has no end" for phone in sorted(lost))
    for alarm in alarms:
        for check in (_three_calls, _no_sign_of_life, _somebody_is_asked, _only_who_agreed):
            yield from (f"alarm about {alarm.name}: {found}" for found in check(alarm, month))
    yield from _told_once(alarms, month)
    yield from _no_machine_hears_a_name(month)


def alarms_of(base: sqlite3.Connection, month: Month) -> list[Alarm]:
    names = {who.number: who.name for who in month.people}
    rows = base.execute("SELECT party, raised_at, settled_at FROM flags WHERE why = 'daily_alarm' ORDER BY raised_at")
    now = month.place.clock.now
    return [Alarm(names[row["party"]], row["party"], row["raised_at"], row["settled_at"] or now) for row in rows]


def _three_calls(alarm: Alarm, month: Month) -> Iterator[str]:
    since = alarm.raised - TRIED_WITHIN
    tried = [call for call in month.place.exchange.calls if call.to == alarm.number and since < call.at <= alarm.raised]
    if len(tried) != TRIES:
        yield f"it was raised after {len(tried)} calls"


def _no_sign_of_life(alarm: Alarm, month: Month) -> Iterator[str]:
    for line in month.lines:
        heard = line.who == alarm.name and line.verb in SIGNS
        if heard and alarm.raised - 30 * MINUTE <= line.at < alarm.raised:
            yield f"they were heard at the hour: {line.verb} {line.words}"
        if heard and alarm.raised + MINUTE < line.at < alarm.over - MINUTE:
            yield f"they were heard, and it went on: {line.verb} {line.words}"


def _somebody_is_asked(alarm: Alarm, month: Month) -> Iterator[str]:
    """One after the other, never two at once; nobody is asked only while somebody looks."""
    asked = [at for at, _, looks in _asked(alarm, month) if not looks]
    looks = [at for at, _, looks in _asked(alarm, month) if looks]
    for before, after in zip((alarm.raised, *asked), (*asked, alarm.over), strict=True):
        waits = LOOKS_FOR if any(before <= at <= after for at in looks) else TURN
        if after - before > waits + SLACK:
            yield f"nobody was asked for {(after - before) / 60:.0f} minutes"


def _asked(alarm: Alarm, month: Month) -> list[tuple[float, str, bool]]:
    """(when, whom, whether it is that they said that they go) of each turn, while this alarm was the only one."""
    people = {who.number: who.name for who in month.people}
    calls = [
        (call.at, people.get(call.to, ""), False) for call in month.place.exchange.calls if call.to != alarm.number
    ]
    went = [(line.at, line.who, True) for line in month.lines if any(line.said("alarm.looking"))]
    there = {line.who for line in month.lines if any(line.said("alarm.asked", "contact.agreed", "news.alarm_team"))}
    return sorted(each for each in (*calls, *went) if alarm.raised <= each[0] <= alarm.over and each[1] in there)


def _only_who_agreed(alarm: Alarm, month: Month) -> Iterator[str]:
    agreed = {line.who for line in month.lines if any(line.said("contact.agreed"))}
    agreed |= {who.name for who in month.people if who.coordinates}
    for line in month.lines:
        if alarm.raised <= line.at <= alarm.over and any(line.said("alarm.asked")) and line.who not in agreed:
            yield f"{line.who} was asked, who never agreed"


def _told_once(alarms: list[Alarm], month: Month) -> Iterator[str]:
    told = Counter(line.who for line in month.lines for _ in line.said(*OVER))
    yield from (f"{who} heard {times} ends of {len(alarms)}" for who, times in told.items() if times > len(alarms))
    for alarm in alarms:
        asked = {
            line.who for line in month.lines if alarm.raised <= line.at <= alarm.over and _is_about(line.prompts, alarm)
        }
        for who in asked:
            end = any(
                line.who == who and line.at >= alarm.over - MINUTE and _ends(line.prompts, alarm)
                for line in month.lines
            )
            if alarm.over < month.place.clock.now - 30 * HOUR and not end:
                yield f"{who} was asked about {alarm.name}, and did not hear that it is over"


def _is_about(prompts: tuple[object, ...], alarm: Alarm) -> bool:
    return any(getattr(each, "key", "") == "alarm.asked" and _ending(each) == alarm.number[-4:] for each in prompts)


def _ends(prompts: tuple[object, ...], alarm: Alarm) -> bool:
    keys = (*OVER, "alarm.ended", "alarm.over", "seen.person", "seen.nobody")
    return any(getattr(each, "key", "") in keys and _ending(each) in (alarm.number[-4:], "") for each in prompts)


def _ending(prompt: object) -> str:
    return str(getattr(prompt, "values", {}).get("ending", ""))


def _no_machine_hears_a_name(month: Month) -> Iterator[str]:
    """A machine that picks up records what may be heard by anybody in the house."""
    rung = [
        who.name
        for who in month.people
        if any(who.name == line.who for line in month.lines if any(line.said("daily.asked")))
    ]
    for line in month.lines:
        if line.verb == RECORDS:
            for name in rung:
                if re.search(rf"\b{re.escape(name)}\b", line.words):
                    yield f"a machine of {line.who} heard of {name}"
