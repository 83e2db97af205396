"""Command `asking`: how the last four weeks of asking went, and one setting that is worth a try."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from hotline import settings
from hotline.commands import Chosen, clock, command, community, listed
from hotline.dispatch.review import Review, hours_and_minutes, review, suggestion
from hotline.model.calendar import HOUR, WEEK
from hotline.model.rules import Rules
from hotline.storage import lists

WEEKS = 4
HAD_TIME = 2 * HOUR  # what is newer may still be answered
MOST_ASKS, MOST_PEOPLE = 50_000, 100_000  # counted


def add(commands: Any) -> None:
    command(commands, "asking", "how the last four weeks of asking went, and one setting to try", _asking)


def _asking(_: Chosen) -> None:
    url, file = settings.database()
    rules, now, when = community(file).rules, time.time(), clock()
    since, before = now - WEEKS * WEEK, now - HAD_TIME
    needs = listed(url, lists.needs_lately, since, before)
    asks = listed(url, lists.asks_lately, since, before, MOST_ASKS)
    found = review(needs, asks, listed(url, lists.who_give, MOST_PEOPLE, now), rules, now)
    print(f"From {when(since)} to {when(before)}\n")
    for line in _lines(found, rules):
        print(line)


def _lines(found: Review, rules: Rules) -> Iterator[str]:
    if not found.needs:
        yield "Nothing was asked for in these weeks."
        return
    yield from _what_became(found)
    yield from _who_was_asked(found)
    yield from _what_settings_do(found, rules)
    why, other = suggestion(found, rules)
    yield f"\n{_suggested(why, rules, other)}"


def _what_became(found: Review) -> Iterator[str]:
    half, most = found.usual_wait
    yield f"{found.needs} requests, {len(found.waited)} taken, {found.in_time} within two hours of asking."
    if found.waited:
        yield f"Half of those taken waited at most {hours_and_minutes(half)}, nine in ten {hours_and_minutes(most)}."
    yield f"Coordinators heard of {found.told}; {found.in_vain} of these were taken within two hours all the same."
    for (what, area), many in found.without_givers.items():
        yield f"Nobody to ask: {what}, {area}: {many}"


def _who_was_asked(found: Review) -> Iterator[str]:
    yield f"\n{len(found.times)} people were asked, of {found.people} who give."
    for times, many in sorted(Counter(found.times).items()):
        yield f"  asked {times:>3} times: {many} people"
    yield "\n  hour   asked     yes"
    for hour, (asked, yes) in found.hours.items():
        yield f"  {hour:02}:00 {asked:>6} {yes:>7}"
    if found.gone_after:
        often = ", ".join(f"{times}: {many}" for times, many in sorted(Counter(found.gone_after).items()))
        yield f"\nLeft, paused or ended the texts, by how often they were asked in the week before: {often}"


def _what_settings_do(found: Review, rules: Rules) -> Iterator[str]:
    yield f"\nWith other settings (wave_minutes {rules.wave_minutes}, asks_per_week {rules.asks_per_week} now):"
    for minutes, share in found.yes_before.items():
        yield f"  wave_minutes {minutes:>2}: {share:.0%} of the yeses come before the next wave"
    for most, (many, yeses) in found.not_put.items():
        yield f"  asks_per_week {most}: {many} questions less, and {yeses} yeses"


def _suggested(why: str, rules: Rules, other: Rules) -> str:
    for each in fields(Rules):
        now, tried = getattr(rules, each.name), getattr(other, each.name)
        if now != tried:
            return f"Worth a try: {each.name} = {tried} instead of {now}, since {why}."
    return "No setting seems better than it is."
