"""Directions of the transcripts that are about a message to many people, which a keeper writes at the board.

-- Rosa writes to all who give: Who can drive on Saturday?
-- Rosa writes to all who give ride, and rings: Who can drive?; es: Quien puede manejar?
-- Rosa writes to all who asked for food: The pantry is closed today.
-- Rosa says that it is no longer needed
-- Rosa says that it is no longer needed, and all are told
"""

import re
from collections.abc import Mapping

from hotline.inbound.board_broadcasts import BroadcastDesk
from hotline.inbound.board_sign_in import member
from hotline.model.board import UNDO_FOR
from hotline.model.broadcasts import ASKS, GIVES
from hotline.simulator.handset import Handset
from hotline.storage import board_broadcasts
from tests.world import World

LONGEST = 1000


async def to_many(place: World, phones: Mapping[str, Handset], what: str) -> list[str] | None:
    """Carries a direction out; what is seen by it, None when it is none of these."""
    if match := re.fullmatch(r"(\w+) writes to all who (give|asked for)(?: (\w+))?(, and rings)?: (.*)", what):
        return await _write(place, phones, *match.groups())
    if match := re.fullmatch(r"(\w+) says that it is no longer needed(, and all are told)?", what):
        desk, who = _desk(place), member(place.hotline.catalogue.community, match[1].lower())
        (last,) = await board_broadcasts.lately(place.hotline.store, 1)
        assert who is not None
        outcome = await place.hotline.store.run(desk.over, who, last.id, bool(match[2]), f"over {place.clock.now}")
        return [f"{match[1]} sees: {outcome.key}"]
    return None


def _desk(place: World) -> BroadcastDesk:
    return BroadcastDesk(place.hotline.outbound.broadcasting, place.clock)


async def _write(
    place: World, phones: Mapping[str, Handset], name: str, who: str, need: str | None, rings: str | None, said: str
) -> list[str]:
    """As the page does it: who is chosen and reached gets it, everybody else is named with the reason."""
    here, store, desk = place.hotline.catalogue.community, place.hotline.store, _desk(place)
    first, *others = said.split("; ")
    words = {here.languages[0]: first, **dict(each.split(": ", 1) for each in others)}
    whom = {"who": GIVES if who == "give" else ASKS, "what": need or "", "area": "", "language": ""}
    found = [row["phone"] for row in await board_broadcasts.chosen(store, whom, LONGEST)]
    looked = await store.run(desk.look, found, words, whom["who"], bool(rings), place.clock.now + UNDO_FOR)
    names = {phone.number: called for called, phone in phones.items()}
    press = f"{place.clock.now}"
    for _ in range(2):  # pressed twice, it goes once
        me = member(here, name.lower())
        assert me is not None
        reached = [each.phone for each in looked if not each.why]
        await store.run(desk.send, me, words, whom, reached, bool(rings), press)
    told = [f"{names[each.phone]} ({each.why})" if each.why else names[each.phone] for each in looked]
    return [f"{name} sees: {', '.join(told) or 'nobody'}"]
