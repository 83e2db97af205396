"""Directions of the transcripts that are about a carrier that takes nothing, and senders that are no telephones.

-- the carrier refuses every text with 21704   (or: every call; or: texts to Ben)
-- every text fails on its way with 30034
-- the carrier takes everything again
-- the carrier's answers make no sense   (or: make sense again; what it is asked to send, it sends all the same)
-- the database keeps nothing   (or: keeps everything again; or: says nothing in the middle of keeping)
-- 22395 texts: Your bill is due     (or: VERIZON)
-- a text in our carrier's name is wrongly signed
-- Olga looks whether the hotline is ready
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import uuid4

from aiohttp import ClientSession

from hotline.simulator.handset import Handset
from hotline.simulator.signing import sign
from hotline.storage import Behind, InDoubt, Store, StoreDown
from tests.web.line import post, sms
from tests.world import ACCOUNT, NUMBER, World

T = TypeVar("T")


async def trouble(place: World, phones: Mapping[str, Handset], what: str) -> list[str] | None:
    """Carries a direction out; what is seen by it, None when it is none of these."""
    faults = place.exchange.faults
    if match := re.fullmatch(r"the carrier refuses every text with (\d+)", what):
        faults.refused = int(match[1])
    elif match := re.fullmatch(r"the carrier refuses every call with (\d+)", what):
        faults.calls_refused = int(match[1])
    elif match := re.fullmatch(r"the carrier refuses texts to (\w+) with (\d+)", what):
        faults.refused_to[phones[match[1]].number] = int(match[2])
    elif match := re.fullmatch(r"every text fails on its way with (\d+)", what):
        faults.fails_later = int(match[1])
    elif what == "the carrier takes everything again":
        faults.refused = faults.calls_refused = faults.fails_later = 0
        faults.refused_to.clear()
    elif match := re.fullmatch(r"the carrier's answers make (no sense|sense again)", what):
        faults.random = (lambda: "garbage") if match[1] == "no sense" else None
    elif match := re.fullmatch(r"the database (keeps nothing|keeps everything again|says nothing .*)", what):
        _database(place, {"keeps nothing": StoreDown, "keeps everything again": None}.get(match[1], InDoubt))
    elif what == "a text in our carrier's name is wrongly signed":
        assert (await post(place, sms(), signature=sign(place.settings.public_url, [], "another token")))[0] == 403
    elif match := re.fullmatch(r"(\w+) texts: (.*)", what):
        return [f"{match[1]} gets: {await _text_of(place, match[1], match[2])}"]
    elif match := re.fullmatch(r"(\w+) looks whether the hotline is ready", what):
        return [f"{match[1]} sees: {await _ready(place)}"]
    else:
        return None
    return []


class _Troubled(Behind):
    """A database that the web process cannot write to."""

    def __init__(self, store: Store, trouble: type[StoreDown]) -> None:
        super().__init__(store)
        self._trouble = trouble

    async def run(self, turn: Callable[..., T], *args: Any) -> T:
        raise self._trouble("as the transcript says")


def _database(place: World, trouble: type[StoreDown] | None) -> None:
    """From now on nothing that comes in is kept, or nobody knows; None for as before."""
    store = _Troubled(place.hotline.store, trouble) if trouble else place.hotline.store
    place.serve(replace(place.hotline, store=store))


async def _text_of(place: World, sender: str, words: str) -> str:
    fields = {"MessageSid": f"SM{uuid4().hex}", "AccountSid": ACCOUNT, "From": sender, "To": NUMBER, "Body": words}
    status, answer = await place.exchange.post("/twilio/sms", fields)
    assert status == 200
    said = re.findall(r"<Message[^>]*>([^<]*)<", answer)
    return " / ".join(said) or "nothing"


async def _ready(place: World) -> str:
    place.clock.now += 1  # what was looked at within a second is not looked at again
    await place.hotline.store.run(lambda tx: tx.heartbeat.beat("worker", place.clock.now))
    async with ClientSession() as session, session.get(f"{place.settings.public_url}/ready") as response:
        state = await response.json()
    if state["database"] != "ok":
        return f"not ready; database {state['database']}"
    names = ("sender", "outbox", *(("webhooks",) if state["webhooks"] != "ok" else ()))
    told = (f"{name} {state[name]}" for name in names)
    return "; ".join(("ready" if response.status == 200 else "not ready", *told))
