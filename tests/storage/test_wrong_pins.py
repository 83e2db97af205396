"""Wrong PINs are counted over all who call, also where they call at the same moment."""

import asyncio
from pathlib import Path

from hotline.engine.answers import RIGHT, SHUT, WRONG
from hotline.inbound.access_code import PIN_TRIES, hashed, try_pin
from hotline.model.recordings import PIN
from hotline.storage import Store
from tests.storage.asking import with_store
from tests.unit.build import community

NOW = 1_750_000_000.0


def test_many_who_guess_at_once_get_no_more_tries(database_url: str, tmp_path: Path) -> None:
    here = community(tmp_path)
    rosa = next(iter(here.coordinators.values()))

    async def play(store: Store) -> None:
        await store.run(lambda tx: tx.pins.set(PIN, hashed("24681012")))
        guesses = (f"+1212555{number:04}" for number in range(130, 160))
        said = await asyncio.gather(*(store.run(try_pin, here, "11112222", caller, NOW) for caller in guesses))
        assert said.count(WRONG) == PIN_TRIES["strangers"]
        assert said.count(SHUT) == len(said) - PIN_TRIES["strangers"]
        assert await store.run(try_pin, here, "24681012", "+12125550161", NOW) == SHUT
        assert await store.run(try_pin, here, "24681012", rosa, NOW) == RIGHT
        assert await store.run(try_pin, here, "24681012", "+12125550161", NOW + 3601) == RIGHT

    with_store(database_url, play)
