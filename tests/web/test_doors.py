"""Who is let in: what is not rightly signed and whole is refused, without an error of ours, and nothing is written."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hotline.simulator.signing import sign
from tests.web.line import Fields, lives_at, post, rows, select, sms, status
from tests.world import ACCOUNT, TOKEN, World, world

PATHS = ("/twilio/sms", "/twilio/voice", "/twilio/status", "/twilio/recording")
WHOLE: dict[str, Fields] = {
    "/twilio/sms": sms(),
    "/twilio/voice": [("CallSid", "CA1"), ("AccountSid", ACCOUNT), ("From", "+12125550111"), ("CallStatus", "ringing")],
    "/twilio/status": status("SM1", "delivered"),
    "/twilio/recording": [("RecordingSid", "RE1"), ("AccountSid", ACCOUNT), ("RecordingStatus", "completed")],
}


def without(path: str, *names: str) -> Fields:
    return [pair for pair in WHOLE[path] if pair[0] not in names]


def test_nothing_is_let_in_that_is_not_rightly_signed(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            before = rows(place)
            for path in PATHS:
                fields, url = WHOLE[path], place.exchange.public_url + path
                wrong = ["", "wrong", "é" * 28, sign(url, fields, "another token"), sign(url, fields[1:], TOKEN)]
                wrong += [sign(url + "?x=1", fields, TOKEN), sign(url, [*fields, ("Extra", "1")], TOKEN)]
                wrong += [sign(place.exchange.public_url + other, fields, TOKEN) for other in PATHS if other != path]
                for signature in wrong:
                    assert await post(place, fields, path, signature=signature) == (403, "not signed")
            assert rows(place) == before

    asyncio.run(play())


def test_the_signature_of_another_request_opens_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            first, second = sms("food"), sms("ride")
            signature = sign(place.exchange.public_url + "/twilio/sms", first, TOKEN)
            assert (await post(place, second, signature=signature))[0] == 403
            assert select(place, "SELECT * FROM inbound") == []

    asyncio.run(play())


def test_what_is_signed_but_not_whole_is_refused(tmp_path: Path) -> None:
    missing = {
        "/twilio/sms": [("From",), ("MessageSid",)],
        "/twilio/voice": [("CallSid",)],
        "/twilio/status": [("MessageSid",), ("MessageStatus",)],
        "/twilio/recording": [("RecordingStatus",)],
    }

    async def play() -> None:
        async with world(tmp_path) as place:
            before = rows(place)
            for path, lists in missing.items():
                for names in lists:
                    assert (await post(place, without(path, *names), path))[0] == 400, (path, names)
                    empty = [(name, "" if name in names else value) for name, value in WHOLE[path]]
                    assert (await post(place, empty, path))[0] == 400, (path, names)
                assert (await post(place, without(path, "AccountSid"), path))[0] == 403
                foreign = [(name, "AC" + "9" * 32 if name == "AccountSid" else value) for name, value in WHOLE[path]]
                assert (await post(place, foreign, path))[0] == 403
            nameless = without("/twilio/recording", "RecordingSid")  # some carriers name it in another field, or later
            assert (await post(place, nameless, "/twilio/recording"))[0] == 204
            assert rows(place) == before

    asyncio.run(play())


def test_only_a_post_is_heard(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for method in ("GET", "PUT", "DELETE", "PATCH", "HEAD"):
                for path in PATHS:
                    assert (await post(place, WHOLE[path], path, method=method))[0] == 405, (method, path)

    asyncio.run(play())


GARBAGE = [
    (b"", "text/plain", 403),
    (b"\x00\xff\xfe" * 100, "text/plain", 403),
    (b"{'json': true}", "application/json", 403),
    (b"%zz&%&=&&==", "application/x-www-form-urlencoded", 403),
    (b"a" * 1000 + b"&" * 1000, "multipart/form-data; boundary=x", 403),
    (b"Body=" + b"a" * 64 * 1024, "application/x-www-form-urlencoded", 403),
    (b"&" * 60_000, "application/x-www-form-urlencoded", 403),
]


def test_garbage_is_refused(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for body, kind, answer in GARBAGE:
                for signature in ("", "wrong"):
                    told = await post(place, body, signature=signature, headers={"Content-Type": kind})
                    assert told[0] == answer, body[:20]
            assert select(place, "SELECT * FROM inbound") == []

    asyncio.run(play())


def test_a_body_that_is_announced_too_large_is_not_waited_for(tmp_path: Path) -> None:
    """Anyone on the internet may post: a hundred megabytes must be refused before they are read."""

    async def play() -> None:
        async with world(tmp_path) as place:
            for signature, status in (("", b"403"), (sign("https://a.org", [], "another token"), b"413")):
                answer = await asyncio.wait_for(_announce(place, 100_000_000, signature), 2)
                assert answer.startswith(b"HTTP/1.1 " + status)
                assert b"connection: close" in answer

    asyncio.run(play())


async def _announce(place: World, length: int, signature: str) -> bytes:
    where = urlsplit(place.exchange.public_url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    head = f"POST /twilio/sms HTTP/1.1\r\nHost: a.org\r\nX-Twilio-Signature: {signature}\r\n"
    writer.write(f"{head}Content-Length: {length}\r\n\r\n".encode() + b"x" * 1000)
    try:
        return await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.close()


def test_an_odd_step_of_a_call_is_answered(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for turn in ("9" * 5000, "%D9%A3", "-1", "1&turn=2", "%ff", "", "%00", "x"):
                code, answer = await post(place, WHOLE["/twilio/voice"], f"/twilio/voice?turn={turn}")
                assert (code, "<Gather" in answer) == (200, True), turn[:20]

    asyncio.run(play())


# What stands between the carrier and us.


def test_a_proxy_that_rewrites_the_host_does_not_matter(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            hosts = ["internal:9000", "localhost", "a.org:443"]
            for host in hosts:
                forwarded = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "b.org"}
                assert (await post(place, sms(), headers=forwarded))[0] == 200
            assert len(select(place, "SELECT * FROM inbound")) == len(hosts)

    asyncio.run(play())


def test_the_path_and_the_query_are_signed_as_they_travel(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for path in ("/twilio/s%6Ds", "/twilio/sms?a=%20+&b=", "/twilio/sms?x=%C3%A9&x=2"):
                assert (await post(place, sms(), path))[0] == 200, path

    asyncio.run(play())


@pytest.mark.parametrize("prefix", ["/hotline", "/a/b/", "/t", "/twilio", "/caf%C3%A9"])
def test_a_hotline_may_live_below_a_path(tmp_path: Path, prefix: str) -> None:
    """The proxy takes the prefix away before we see the request; the carrier has signed it with the prefix."""

    async def play() -> None:
        async with world(tmp_path) as place:
            public = f"https://mutual.example.org{prefix}"
            await lives_at(place, public)
            for path, fields in WHOLE.items():
                signature = sign(public.rstrip("/") + path, fields, TOKEN)
                assert (await post(place, fields, path, signature=signature))[0] < 300, path

    asyncio.run(play())


def test_the_port_may_be_signed_or_not(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for port in ("", ":443", ":8443"):
                await lives_at(place, f"https://a.org{port}")
                for signed in ("https://a.org", f"https://a.org{port or ':443'}"):
                    fields = sms()
                    signature = sign(f"{signed}/twilio/sms", fields, TOKEN)
                    assert (await post(place, fields, signature=signature))[0] == 200, signed

    asyncio.run(play())
