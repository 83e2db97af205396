"""Board figures: how much was asked for, taken and missed, counted beside the writer. Nobody is named in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hotline.model.calendar import YEAR
from hotline.model.rules import ALL_OF_THEM
from hotline.storage.store import Store

SOON = ("quarter", "hour", "hours", "day", "later")  # how soon somebody had it


@dataclass(frozen=True)
class Week:
    """One week from `since` (UTC seconds) on: requests, how many of them somebody had, how soon, and missed calls."""

    since: float
    asked: int
    taken: int
    soon: Mapping[str, int]
    missed: int


@dataclass(frozen=True)
class Sent:
    """What went over the line in the week that begins `since`: segments, calls, and their seconds."""

    since: float
    segments: int
    calls: int
    seconds: int


@dataclass(frozen=True)
class Missing:
    """One need in one area: how often it was asked for lately, how much of that nobody had, how many give it."""

    what: str
    area: str
    asked: int
    untaken: int
    give: int


@dataclass(frozen=True)
class Figures:
    """All that the pictures show. `carry` is how many people had so many requests in hand, `languages` in how many
    requests each was spoken and by how many helpers, `done` how many things were done in the last year."""

    weeks: Sequence[Week]
    sent: Sequence[Sent]
    missing: Sequence[Missing]
    carry: Mapping[int, int]
    languages: Mapping[str, tuple[int, int]]
    done: int


async def figures(store: Store, weeks: Sequence[float], sent: int, lately: float, now: float) -> Figures:
    """`weeks` are the times at which each begins, the oldest first; of the last `sent` of them it is known what went
    over the line. What is told of no week is since `lately`. Many small reads: nobody else's waits long for them."""
    ends = [*weeks[1:], now]
    spans = [{"since": since, "until": until} for since, until in zip(weeks, ends, strict=True)]
    return Figures(
        [await _week(store, span) for span in spans],
        [await _sent(store, span) for span in spans[len(spans) - sent :]],
        await _missing(store, lately),
        {row["took"]: row["people"] for row in await store.read("figures_carry", since=lately)},
        await _languages(store, lately),
        (await store.read("done_since", since=now - YEAR, most=ALL_OF_THEM))[0]["done"],
    )


async def _week(store: Store, span: Mapping[str, float]) -> Week:
    row = (await store.read("figures_asked", **span))[0]
    missed = (await store.read("figures_missed", **span))[0]["missed"]
    return Week(span["since"], row["asked"], row["taken"], {name: int(row[name]) for name in SOON}, missed)


async def _sent(store: Store, span: Mapping[str, float]) -> Sent:
    row = (await store.read("figures_sent", **span))[0]
    return Sent(span["since"], int(row["answers"] + row["texts"]), row["calls"], int(row["seconds"]))


async def _missing(store: Store, since: float) -> list[Missing]:
    """What nobody had most often first; what many ask for before what few do."""
    give = {(row["what"], row["area"]): row["give"] for row in await store.read("figures_give")}
    rows = await store.read("figures_missing", since=since)
    found = [
        Missing(row["what"], row["area"], row["asked"], int(row["untaken"]), give.get((row["what"], row["area"]), 0))
        for row in rows
    ]
    return sorted(found, key=lambda each: (-each.untaken, each.give, -each.asked, each.what, each.area))


async def _languages(store: Store, since: float) -> dict[str, tuple[int, int]]:
    asked = {row["language"]: row["asked"] for row in await store.read("figures_languages", since=since)}
    speak = {row["language"]: row["help"] for row in await store.read("figures_speak")}
    known = sorted((asked.keys() | speak.keys()) - {"", None}, key=lambda name: (-asked.get(name, 0), name))
    return {name: (asked.get(name, 0), speak.get(name, 0)) for name in known}
