"""What becomes of a recording when something breaks between the carrier and the place where we keep it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp

from hotline.model.recordings import Recording
from hotline.simulator.recorder import words_of
from hotline.storage.audio import PlaceError
from tests.world import World, world

Scene = Callable[[World], Awaitable[None]]


def played(scene: Scene, folder: Path, database_url: str) -> None:
    async def play() -> None:
        async with world(folder, database_url=database_url) as place:
            await scene(place)

    asyncio.run(play())


async def speaks(place: World, words: str = "two bags please") -> None:
    """Gus asks for a person and leaves a message."""
    gus = place.exchange.handset("+12125550120", "Gus", "landline")
    await gus.call()
    await gus.press("1")
    await gus.press("0")
    await gus.say(words)
    await gus.hang_up()


async def the_one(place: World) -> Recording:
    rows: list[Recording] = await place.hotline.store.run(lambda tx: tx.recordings.all(9))
    (row,) = rows
    return row


async def whys(place: World) -> set[str]:
    return {flag.why for flag in await place.hotline.store.run(lambda tx: tx.flags.open())}


def test_a_full_disk_loses_nothing(tmp_path: Path, database_url: str) -> None:
    async def scene(place: World) -> None:
        put = place.hotline.places.put

        async def full(name: str, sound: bytes) -> None:
            raise PlaceError("No space left on device")

        place.hotline.places.put = full  # type: ignore[method-assign]
        await speaks(place)
        await place.pass_time(2 * 3600)
        row = await the_one(place)
        assert (row.status, row.reason) == ("waiting", "store: No space left on device")
        assert "recording_late" in await whys(place)
        place.hotline.places.put = put  # type: ignore[method-assign]
        await place.pass_time(900)
        row = await the_one(place)
        assert words_of(await place.hotline.places.get(row.place) or b"") == "two bags please"

    played(scene, tmp_path, database_url)


def test_a_carrier_out_of_reach_is_asked_less_and_less_often(tmp_path: Path, database_url: str) -> None:
    async def scene(place: World) -> None:
        place.exchange.faults.no_sounds = 503
        await speaks(place)
        await place.pass_time(6 * 3600)
        assert 25 < (await the_one(place)).attempts < 40

    played(scene, tmp_path, database_url)


def test_a_worker_that_died_over_a_recording_is_replaced(tmp_path: Path, database_url: str) -> None:
    async def scene(place: World) -> None:
        place.exchange.faults.no_sounds = 503
        await speaks(place)
        await place.settle()
        place.exchange.faults.no_sounds = 0
        now = place.clock.now = place.clock.now + 60
        (held,) = await place.hotline.store.run(lambda tx: tx.recordings.lease(8, now + 120, now))
        await place.hotline.worker.recordings.tend()
        assert (await the_one(place)).status == "waiting"
        await place.pass_time(121)
        assert (await the_one(place)).status == "kept"
        assert not await place.hotline.store.run(lambda tx: tx.recordings.keep(held, "words/late.wav", 0.0, now))

    played(scene, tmp_path, database_url)


def test_word_that_comes_before_the_step_of_the_call_is_no_harm(tmp_path: Path, database_url: str) -> None:
    async def scene(place: World) -> None:
        gus = place.exchange.handset("+12125550120", "Gus", "landline")
        await gus.call()
        for keys in "10":
            await gus.press(keys)
        line = place.exchange.calling.line(place.exchange.calls[-1].sid)
        assert line is not None
        record = line.waiting
        assert record is not None
        await place.exchange.post("/twilio/recording", _word(place, "REearly", "failed"))
        await place.exchange.post("/twilio/recording", _word(place, "REearly", "completed"))
        await place.exchange.post("/twilio/recording", _word(place, "REearly", "failed"))
        assert (await the_one(place)).status == "waiting"
        step = [("CallSid", line.call.sid), ("From", gus.number), ("AccountSid", place.exchange.account_sid)]
        said = [("RecordingSid", "REearly"), ("RecordingDuration", "5"), ("RecordingUrl", "http://127.0.0.1:1/x")]
        await place.exchange.post(record.get("action"), [*step, *said])
        row = await the_one(place)
        assert (row.status, row.party) == ("waiting", gus.number)

    played(scene, tmp_path, database_url)


def test_an_id_that_is_none_is_turned_away(tmp_path: Path) -> None:
    async def scene(place: World) -> None:
        for sid in ("../../x", "RE1/../2", "RE 1", "R" * 65):
            assert (await place.exchange.post("/twilio/recording", _word(place, sid, "completed")))[0] == 400
        assert await place.hotline.store.run(lambda tx: tx.recordings.all(9)) == []

    played(scene, tmp_path, "")


def test_only_a_signed_address_plays_and_a_lost_sound_is_silence(tmp_path: Path) -> None:
    async def scene(place: World) -> None:
        await speaks(place)
        await place.settle()
        row = await the_one(place)
        address = place.hotline.addresses.of(row.place)
        assert row.party not in address
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as response:
                assert (response.status, response.content_type) == (200, "audio/wav")
                assert response.headers["cache-control"] == "no-store"
                assert words_of(await response.read()) == "two bags please"
            async with session.get(f"{address[:-3]}AAA") as response:
                assert response.status == 404
            await place.hotline.places.delete(row.place)
            async with session.get(address) as response:
                assert (response.status, len(await response.read())) == (200, 8044)
            place.clock.now += 7200
            async with session.get(address) as response:
                assert response.status == 404

    played(scene, tmp_path, "")


def test_the_pin_is_kept_nowhere(tmp_path: Path) -> None:
    async def scene(place: World) -> None:
        from hotline.inbound import access_code

        await place.hotline.store.run(lambda tx: tx.pins.set(access_code.PIN, access_code.hashed("24681012")))
        vera = place.exchange.handset("+12125550120", "Vera")
        await vera.call()
        for keys in ("1", "8", "246811#", "24681012#"):
            await vera.press(keys)
        assert "record our own voice" in " ".join(vera.heard)
        await place.hotline.store.run(lambda tx: None)
        for file in list(tmp_path.glob("hotline.db*")):  # noqa: ASYNC240
            assert b"24681012" not in file.read_bytes()
            assert b"246811" not in file.read_bytes()

    played(scene, tmp_path, "")


def _word(place: World, sid: str, status: str) -> list[tuple[str, str]]:
    return [("RecordingSid", sid), ("RecordingStatus", status), ("AccountSid", place.exchange.account_sid)]
