"""Connections that are slow, idle or too many are closed, and nobody else waits for them."""

import asyncio
import contextlib
import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hotline.web.connections import Addresses, Limits, household
from tests.web.line import post, sms, status
from tests.world import LIMITS, World, world

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
SLOW = b"POST /twilio/sms HTTP/1.1\r\nHost: a.org\r\nX-Twilio-Signature: " + b"A" * 27 + b"=\r\nContent-Length: 900\r\n"
PROXIES = tuple(map(ip_network, ("127.0.0.0/8", "10.0.0.0/8", "::1/128")))
HEALTHY = 10.0  # seconds: a text is not forgotten behind the others, even on a machine that ten tests share


@contextlib.asynccontextmanager
async def connected(place: World, many: int, sent: bytes = b"") -> AsyncIterator[list[Stream]]:
    """So many connections on which that much is sent, and no more."""
    where = urlsplit(place.exchange.public_url)
    streams = []
    try:
        for _ in range(many):
            reader, writer = await asyncio.open_connection(where.hostname, where.port)
            writer.write(sent)
            streams.append((reader, writer))
        yield streams
    finally:
        for _, writer in streams:
            writer.close()


async def closed(streams: list[Stream], seconds: float) -> int:
    """How many of them are closed by the other side within that time."""
    return sum(await asyncio.gather(*(_is_closed(reader, seconds) for reader, _ in streams)))


async def _is_closed(reader: asyncio.StreamReader, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await reader.read()
    except TimeoutError:
        return False
    except ConnectionError:
        pass
    return True


def play(folder: Path, story: Callable[[World], Awaitable[None]]) -> None:
    async def run() -> None:
        async with world(folder) as place:
            await story(place)

    asyncio.run(run())


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.web.connections.READING", 1.0)
    monkeypatch.setattr("hotline.web.connections.IDLE", 1.0)


def limit(monkeypatch: pytest.MonkeyPatch, in_all: int = 1000, per_address: int = 1000) -> None:
    monkeypatch.setattr("tests.world.LIMITS", Limits(in_all, per_address, LIMITS.proxies))


@pytest.mark.parametrize("sent", [b"", b"PO", SLOW, SLOW + b"\r\n", SLOW + b"\r\n" + b"x" * 400, b"\r\n"])
def test_whoever_does_not_go_on_is_closed(tmp_path: Path, sent: bytes) -> None:
    async def story(place: World) -> None:
        async with connected(place, 3, sent) as streams:
            assert await closed(streams, 4.0) == 3

    play(tmp_path, story)


def test_whoever_goes_on_letter_by_letter_is_closed(tmp_path: Path) -> None:
    async def story(place: World) -> None:
        for begun in (SLOW, SLOW + b"\r\n", b"", b"GET /health HTTP/1.1\r\n\r\n"):
            async with connected(place, 1, begun) as streams:
                [(_, writer)] = streams
                letter = b"\r\n" if not begun or begun.startswith(b"GET") else b"x"
                trickle = asyncio.create_task(_trickle(writer, letter))
                assert await closed(streams, 4.0) == 1, begun[-20:]
                trickle.cancel()

    play(tmp_path, story)


async def _trickle(writer: asyncio.StreamWriter, letter: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        while True:
            writer.write(letter)
            await writer.drain()
            await asyncio.sleep(0.1)


def test_a_request_without_end_is_closed_and_not_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.web.connections.READING", 60.0)

    async def story(place: World) -> None:
        for begun in (b"GET /", SLOW + b"X-A: ", SLOW[:-22] + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX-A: "):
            async with connected(place, 1, begun) as streams:
                [(_, writer)] = streams
                with contextlib.suppress(ConnectionError):
                    for _ in range(50):
                        writer.write(b"a" * 100_000)
                        await asyncio.sleep(0.01)
                assert await closed(streams, 2.0) == 1, begun[-20:]

    play(tmp_path, story)


def test_past_the_limit_whoever_keeps_us_waiting_longest_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, in_all=20)
    monkeypatch.setattr("hotline.web.connections.READING", 60.0)

    async def story(place: World) -> None:
        async with connected(place, 60, SLOW) as streams:
            assert await closed(streams[:40], 2.0) == 40
            assert await closed(streams[40:], 0.3) == 0
            assert (await post(place, sms()))[0] == 200
            assert await closed(streams[40:41], 1.0) == 1

    play(tmp_path, story)


def test_one_address_has_so_many_and_another_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, per_address=3)
    monkeypatch.setattr("hotline.web.connections.READING", 60.0)

    def by(address: str) -> dict[str, str]:
        return {"X-Forwarded-For": address}

    async def story(place: World) -> None:
        slow = SLOW + b"X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\n\r\n"
        async with connected(place, 3, slow) as streams:
            await asyncio.sleep(0.2)
            for named in ("203.0.113.7", "6.6.6.6, 203.0.113.7, 10.0.0.3", "203.0.113.7:4711"):
                assert (await post(place, sms(), headers=by(named)))[0] == 503
            for named in ("203.0.113.8", "203.0.113.7, 203.0.113.9", "unknown", "", "10.0.0.3"):
                assert (await post(place, sms(), headers=by(named)))[0] == 200
            assert await closed(streams, 0.1) == 0
        await asyncio.sleep(0.2)
        assert (await post(place, sms(), headers=by("203.0.113.7")))[0] == 200

    play(tmp_path, story)


def test_a_proxy_itself_is_never_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(monkeypatch, per_address=3)

    async def story(place: World) -> None:
        codes = [code for code, _ in await asyncio.gather(*(post(place, sms()) for _ in range(20)))]
        assert codes == [200] * 20

    play(tmp_path, story)


def test_who_comes_without_a_proxy_is_limited_by_their_own_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.world.LIMITS", Limits(1000, 3, ()))
    monkeypatch.setattr("hotline.web.connections.READING", 60.0)

    async def story(place: World) -> None:
        spoofed = SLOW + b"X-Forwarded-For: 203.0.113.7\r\n"
        async with connected(place, 5, spoofed) as streams:
            assert await closed(streams[3:], 2.0) == 2
            assert await closed(streams[:3], 0.2) == 0
        await asyncio.sleep(0.2)
        assert (await post(place, sms()))[0] == 200

    play(tmp_path, story)


def test_an_address_is_the_last_that_is_no_proxy() -> None:
    addresses = Addresses(PROXIES)
    said = {
        "203.0.113.7": "203.0.113.7",
        "203.0.113.7:80": "203.0.113.7",
        "1.1.1.1, 203.0.113.7, 10.9.9.9, 127.0.0.1": "203.0.113.7",
        "::ffff:203.0.113.7": "203.0.113.7",
        "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::",
        "[2001:db8:1:2::9]:443": "2001:db8:1:2::",
        "10.1.2.3": "",
        "unknown": "",
        "203.0.113.7, _hidden": "",
        "": "",
    }
    found = {each: addresses.named([(b"x-forwarded-for", each.encode())]) for each in said}
    assert found == said
    assert addresses.named([]) == ""
    assert addresses.named([(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"2.2.2.2")]) == "2.2.2.2"
    assert [addresses.is_proxy(each) for each in ("127.0.0.9", "::ffff:10.0.0.1", "::1", "", "8.8.8.8")] == [
        *(True, True, True, True, False)
    ]
    assert household("x") == ""


async def texts(place: World, many: int) -> list[float]:
    """Healthy texts, one after the other: the seconds that each waited."""
    waits = []
    for _ in range(many):
        begun = time.monotonic()
        assert (await post(place, sms()))[0] == 200
        waits.append(time.monotonic() - begun)
    return sorted(waits)


def test_a_hundred_slow_and_two_thousand_idle_connections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.web.connections.READING", 60.0)
    limit(monkeypatch, in_all=500)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * 2100 + 200
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip("this machine does not allow so many connections")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))

    async def story(place: World) -> None:
        async with connected(place, 100, SLOW), connected(place, 2000) as idle:
            waits = await texts(place, 40)
            assert waits[-1] < HEALTHY
            assert await closed(idle[:1000], 2.0) == 1000
            assert await closed(idle[-100:], 0.2) == 0

    play(tmp_path, story)


def test_five_thousand_statuses_hold_up_no_text(tmp_path: Path) -> None:
    async def story(place: World) -> None:
        at_once = asyncio.Semaphore(40)

        async def report(at: int) -> int:
            async with at_once:
                return (await post(place, status(f"SM{at % 2500}", "delivered"), "/twilio/status"))[0]

        reports = [asyncio.create_task(report(at)) for at in range(5000)]
        waits = await texts(place, 30)
        assert set(await asyncio.gather(*reports)) == {204}
        assert waits[-1] < HEALTHY

    play(tmp_path, story)
