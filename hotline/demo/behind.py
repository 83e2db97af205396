"""What happened behind: a timeline of a town, of what its carrier carried and of what is on record."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from hotline.app import Hotline
from hotline.model.needs import Need
from hotline.simulator.exchange import Exchange
from hotline.simulator.traffic import Call, Message
from hotline.storage import lists

CENTS = 1.25  # a segment, roughly, in or out, in the United States
SHOWN = 400  # letters of a text
Line = dict[str, Any]
COUNTED = ("open", "taken", "done")


async def counts(hotline: Hotline) -> dict[str, Any]:
    """How many requests came so far, how many people give, and which request was the last to be open, and to be taken:
    the number that people text for it, "" where there is none."""
    needs = sorted(await lists.all_needs(hotline.store), key=lambda need: need.number)
    statuses = [str(need.status) for need in needs]
    # What is done was taken before, and what is taken was open.
    reached = {name: sum(status in COUNTED[place:] for status in statuses) for place, name in enumerate(COUNTED)}
    last = {f"last_{need.status}": need.code for need in needs}
    givers = [who for who in await lists.volunteers(hotline.store) if who.status == "active"]
    return {"last_open": "", "last_taken": "", **last, **reached, "givers": len(givers)}


async def timeline(hotline: Hotline, exchange: Exchange) -> list[Line]:
    """Everything that happened, oldest first: {at, local, kind, words, sid}."""
    names = {handset.number: handset.name or handset.number for handset in exchange.handsets.values()}
    lines = [*_texts(exchange, names), *_calls(exchange, names)]
    for need in await lists.all_needs(hotline.store):
        lines += await _need(hotline, need, names)
    zone = hotline.catalogue.community.rules.timezone
    for line in lines:
        line["local"] = f"{datetime.fromtimestamp(line['at'], zone):%H:%M}"
    return sorted(lines, key=lambda line: line["at"])


def bill(exchange: Exchange) -> str:
    """What it all cost, and who saw whose number."""
    segments = sum(text.segments for text in exchange.texts if not text.carrier)
    seen = sorted(_numbers_seen(exchange)) or ["nobody"]
    counts = (_counted(len(exchange.texts), "text"), _counted(segments, "segment"))
    cost = f"{', '.join(counts)}: about {_counted(round(segments * CENTS), 'cent')}."
    return f"{cost} Who saw somebody's number: {', '.join(seen)}."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _numbers_seen(exchange: Exchange) -> Iterator[str]:
    """A coordinator may; nobody else does."""
    for text in exchange.texts:
        reader = exchange.handsets.get(text.to)
        for other in exchange.handsets.values() if reader else ():
            if other is not reader and other.number.lstrip("+") in text.body.replace(" ", ""):
                role = " (coordinator)" if reader and reader.role == "coordinator" else ""
                yield f"{reader}{role} that of {other}"


def _texts(exchange: Exchange, names: Mapping[str, str]) -> Iterator[Line]:
    for text in exchange.texts:
        asks = text.to == exchange.number
        who = names.get(text.from_ if asks else text.to, "somebody")
        size = f"{_counted(text.segments, 'segment')}, about {_counted(round(text.segments * CENTS), 'cent')}"
        fate = _fate(text)
        note = "the phone company's own words" if text.carrier else size
        words = f"{who} texts: {text.body[:SHOWN]}" if asks else f"to {who}: {text.body[:SHOWN]}"
        yield {"at": text.at, "kind": "in" if asks else "out", "words": words, "note": f"{note}{fate}", "sid": text.sid}


def _fate(text: Message) -> str:
    if text.failed_webhook:
        return " · the hotline did not answer"
    return f" · did not arrive ({text.error_code})" if text.error_code else ""


def _calls(exchange: Exchange, names: Mapping[str, str]) -> Iterator[Line]:
    for call in exchange.calls:
        yield {
            "at": call.at,
            "kind": "call",
            "words": _call(exchange, call, names),
            "note": call.status,
            "sid": call.sid,
        }


def _call(exchange: Exchange, call: Call, names: Mapping[str, str]) -> str:
    if call.to == exchange.number:
        return f"{names.get(call.from_, 'Somebody who hides the number')} calls"
    return f"The hotline rings {names.get(call.to, 'somebody')}"


async def _need(hotline: Hotline, need: Need, names: Mapping[str, str]) -> list[Line]:
    what, where = _label(hotline, "needs", need.what), _label(hotline, "areas", need.area)
    number = f"Request {need.code}"
    said = ", ".join(filter(None, (what, where)))
    lines = [_record(need.created_at, f"{number} is on record: {said or 'what they need is asked now'}")]
    story = await lists.story_of(hotline.store, need.number)
    asked = [(at, who, said) for at, happened, who, said in story if happened == "asked"]
    for wave, (at, group) in enumerate(_waves(asked), 1):
        lines.append(_record(at, f"{number}, wave {wave}: {', '.join(names.get(who, who) for who in group)} asked"))
    for at, happened, who, said in story:
        if happened == "took it":
            told = [names.get(other, other) for _, other, answer in asked if other != who and answer]
            others = f"; {', '.join(told)} told" if told else ""
            lines.append(_record(at, f"{number} is taken by {names.get(who, who)}{others}", said))
        elif happened == "flag":
            lines.append(_record(at, f"{number}: a person should look ({said.replace('_', ' ')})"))
    return lines


def _waves(asked: Iterable[tuple[float, str, str]]) -> Iterator[tuple[float, list[str]]]:
    for at, group in groupby(asked, key=lambda each: each[0]):
        yield at, [who for _, who, _ in group]


def _record(at: float, words: str, note: str = "") -> Line:
    return {"at": at, "kind": "record", "words": words, "note": note, "sid": ""}


def _label(hotline: Hotline, kind: str, name: str) -> str:
    here = hotline.catalogue.community
    topic = here.needs.get(name) if kind == "needs" else here.areas.get(name)
    return topic.labels.get("en", name) if topic else name
