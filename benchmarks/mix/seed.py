"""What a hotline knows before the mix begins: a request for each scene, about which three volunteers were asked by
texts that have gone, and who passes by. The hotline's own storage writes it, into either database."""

import time

from benchmarks.mix.scenes import ASKED, Cast
from hotline.model.calendar import DAY, HOUR
from hotline.model.outgoing import ALERT
from hotline.model.people import Volunteer
from hotline.storage import Store, Transaction, open_store
from hotline.worker.waves import _offer

MONTHS = 90 * DAY  # or they were newcomers, and more of them than a neighborhood has
TOGETHER = 25  # scenes in one transaction
NEVER_GIVEN = ("911", "988")  # of the demo's community: it keeps them back itself, but only when it starts
NEEDS, AREAS = ("food", "ride", "medicine"), ("north", "downtown")
DETAILS = "two bags of rice, 12 Oak Street"


async def seed(url: str, scenes: int) -> list[str]:
    """Writes so many scenes into the database, which may be new; the code of each one's request."""
    store = await open_store(url)
    try:
        return await sow(store, scenes)
    finally:
        await store.close()


async def sow(store: Store, scenes: int, gone: bool = True) -> list[str]:
    """The same where the database is open already. With `gone` the carrier has the texts by which people were asked,
    without it they are about to be sent."""
    codes: list[str] = []
    await store.run(lambda tx: tx.codes.reserve(NEVER_GIVEN))
    for first in range(0, scenes, TOGETHER):
        codes += await store.run(_some, range(first, min(first + TOGETHER, scenes)), gone)
    return codes


def _some(tx: Transaction, scenes: range, gone: bool) -> list[str]:
    now = time.time()
    codes = [_one(tx, Cast(number), now) for number in scenes]
    if gone:
        _texts_have_gone(tx, {phone: (Cast(number), place) for number in scenes
                          for place, phone in enumerate(Cast(number).volunteers)}, now)  # fmt: skip
    return codes


def _one(tx: Transaction, cast: Cast, now: float) -> str:
    """The people and the request of one scene; its code."""
    for phone, name in ((cast.waits, "Ana"), (cast.passes_by, "Kim"), *((each, "Ben") for each in cast.volunteers)):
        tx.people.introduce(phone, name, "en", now - MONTHS)
        tx.people.introduced(phone)
    number = tx.needs.draft(cast.waits, "food", now)
    tx.needs.record(number, {"what": "food", "area": "north", "details": DETAILS, "recording": "", "callback": ""}, now)
    need = tx.needs.get(number)
    assert need is not None
    for phone in cast.volunteers:
        tx.volunteers.enroll(phone, NEEDS, AREAS, "active", now)
        who = Volunteer(phone)
        tx.alerts.send(need, who, 1, _offer(who, need, ()), now, now + HOUR)
    tx.alerts.wave_sent(number, 1, now + HOUR, now)
    return str(need.code)


def _texts_have_gone(tx: Transaction, asked: dict[str, tuple[Cast, int]], now: float) -> None:
    """The carrier has them under the ids that its reports name."""
    rows = tx.outbox.lease_due(len(asked), ALERT, now + HOUR, now)
    assert len(rows) == len(asked), f"{len(rows)} rows were due where {ASKED} people of each scene were asked"
    for row in rows:
        cast, place = asked[row.party]
        tx.outbox.part_sent(row, cast.sent(place), "queued", 1, now)
        tx.outbox.settle(row, "sent", now)
