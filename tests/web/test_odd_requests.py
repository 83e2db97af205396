"""A hundred odd requests, byte by byte: each is refused or answered; none is an error of ours, is kept, or hangs."""

import asyncio
import logging
import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from hotline.carriers.twilio.signature import sign as carrier_sign
from hotline.simulator.signing import sign
from tests.web.line import ANA, Fields, post, rows, select, sms
from tests.world import TOKEN, World, world

SOON = 4.0  # seconds
DAYS = 86400.0
FORM = "Content-Type: application/x-www-form-urlencoded"
ZERO = "A" * 27 + "="
HEAD = "POST /twilio/sms HTTP/1.1\r\nHost: a.org\r\n"
BIG = "9" * 400


def request(line: str, *headers: str, body: bytes = b"") -> bytes:
    return "\r\n".join([line, "Host: a.org", *headers, "", ""]).encode("latin-1") + body


def of(length: int, *headers: str) -> bytes:
    """A webhook with a signature that is well formed."""
    told = (f"X-Twilio-Signature: {ZERO}", f"Content-Length: {length}", *headers)
    return request("POST /twilio/sms HTTP/1.1", *told, body=b"x" * length)


TARGETS = (
    *("/twilio/sms/", "/twilio/sms//", "//twilio/sms", "/twilio//sms", "/twilio", "/twilio/", "/twilio/SMS"),
    *("/twilio/sms;x", "/twilio/sms%00", "/twilio/sms%2F", "/twilio/sms%0d%0aX-A:1", "/twilio/../twilio/sms"),
    *("/twilio/./sms", "/./twilio/sms/.", "/twilio/sms%ff", "/twilio/sms?%ff=%zz", "/twilio/sms?" + "a" * 9000),
    *("/twilio/sms#x", "http://evil.example/twilio/sms", "http://evil.example/twilio/sms/", "https://", "*", "x"),
    *("/health/", "/ready/", "/recordings/", "/recordings/x", "/recordings/../../hotline.db", "/recordings/%2e%2e%2fx"),
    *("/", "/.env", "/hotline.db", "/" + "a" * 20000, "/" + "%41" * 4000, "/twilio/sms?" + "&" * 5000, "/\x7f"),
)
METHODS = ("GET", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post", "POST" * 30, "BREW", "\x00")
HEADERS: dict[str, tuple[str, ...]] = {
    "two lengths": ("Content-Length: 3", "Content-Length: 5"),
    "the same length twice": ("Content-Length: 3", "Content-Length: 3"),
    "lengths in one line": ("Content-Length: 3, 3",),
    "a length below nothing": ("Content-Length: -1",),
    "a length with a sign": ("Content-Length: +3",),
    "no number for a length": ("Content-Length: three",),
    "an Arabic length": ("Content-Length: \xd9\xa3",),
    "a length in hex": ("Content-Length: 0x3",),
    "no end of a length": (f"Content-Length: {BIG}",),
    "an empty length": ("Content-Length:",),
    "a length and pieces": ("Content-Length: 3", "Transfer-Encoding: chunked"),
    "pieces of another kind": ("Transfer-Encoding: gzip, chunked",),
    "pieces twice": ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "no known pieces": ("Transfer-Encoding: identity",),
    "two signatures": (f"X-Twilio-Signature: {ZERO}", f"X-Twilio-Signature: {ZERO}", "Content-Length: 3"),
    "two signatures in a line": (f"X-Twilio-Signature: {ZERO}, {ZERO}", "Content-Length: 3"),
    "an empty signature": ("X-Twilio-Signature:", "Content-Length: 3"),
    "a signature of other letters": ("X-Twilio-Signature: " + "\xff" * 28, "Content-Length: 3"),
    "a signature without an end": ("X-Twilio-Signature: " + "A" * 60000, "Content-Length: 3"),
    "two hosts": ("Host: b.org", "Content-Length: 3"),
    "no name of a header": (": x", "Content-Length: 3"),
    "a blank before the colon": ("X-Twilio-Signature : x", "Content-Length: 3"),
    "a folded header": ("X-A: b", " c", "Content-Length: 3"),
    "a zero in a header": ("X-A: b\x00c", "Content-Length: 3"),
    "a line feed in a header": ("X-A: b\nX-B: c", "Content-Length: 3"),
    "a hundred and one headers": (*(f"X-{at}: y" for at in range(101)), "Content-Length: 3"),
    "8,000 headers": (*(f"X-{at}: y" for at in range(8000)), "Content-Length: 3"),
    "a header of 200 KB": ("X-A: " + "a" * 200_000, "Content-Length: 3"),
    "to be something else": ("Connection: Upgrade", "Upgrade: websocket", "Content-Length: 3"),
    "to be HTTP/2": (
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMA",
        "Content-Length: 3",
    ),
    "to be asked first": ("Expect: 100-continue", "Content-Length: 3"),
    "to expect anything": ("Expect: 200-ok", "Content-Length: 3"),
    "compressed": ("Content-Encoding: gzip", "Content-Length: 3"),
    "JSON": ("Content-Type: application/json", "Content-Length: 3"),
    "in parts": ("Content-Type: multipart/form-data; boundary=", "Content-Length: 3"),
    "another method": ("X-HTTP-Method-Override: GET", "Content-Length: 3"),
    "an odd proxy": ("X-Forwarded-For: , ,unknown, [::1, 1.2.3.4:99999, \xff", "Content-Length: 3"),
    "many proxies": ("X-Forwarded-For: " + "1.2.3.4, " * 3000, "Content-Length: 3"),
}
CHUNKED = f"X-Twilio-Signature: {ZERO}\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKS: dict[str, bytes] = {
    "no size": b"\r\nabc\r\n0\r\n\r\n",
    "a size that is none": b"zz\r\nabc\r\n0\r\n\r\n",
    "a size below nothing": b"-3\r\nabc\r\n0\r\n\r\n",
    "no end of a size": b"f" * 40 + b"\r\n",
    "a size with more": b"3;" + b"x" * 30000 + b"\r\nabc\r\n0\r\n\r\n",
    "too much": b"10000\r\n" + b"a" * 0x10000 + b"\r\n0\r\n\r\n",
    "letter by letter": b"1\r\na\r\n" * 9000 + b"0\r\n\r\n",
    "more than it says": b"1\r\nabc\r\n0\r\n\r\n",
    "headers afterwards": b"3\r\nabc\r\n0\r\nX-Twilio-Signature: x\r\n\r\n",
    "8,000 headers afterwards": b"0\r\n" + b"X-A: b\r\n" * 8000 + b"\r\n",
    "a header afterwards without end": b"0\r\nX-A: " + b"a" * 300_000,
}
OTHERS: dict[str, bytes] = {
    "nothing but lines": b"\r\n" * 2000 + request("GET /health HTTP/1.1"),
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    "another protocol": b"SSH-2.0-x\r\n",
    "HTTP/0.9": b"GET /twilio/sms\r\n",
    "HTTP/1.0": b"POST /twilio/sms HTTP/1.0\r\n\r\n",
    "HTTP/1.0 that stays": b"POST /twilio/sms HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc",
    "HTTP/1.0 in pieces": b"POST /twilio/sms HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "HTTP/2.0": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": b"POST /twilio/sms HTTP/9.9\r\n\r\n",
    "no host": b"POST /twilio/sms HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
    "only line feeds": b"POST /twilio/sms HTTP/1.1\nHost: a\nContent-Length: 0\n\n",
    "blanks before it": b"  POST /twilio/sms HTTP/1.1\r\n\r\n",
    "a bit less than it says": of(100)[:-50],
    "more than it says": of(100) + b"x" * 500,
    "too much": of(24 * 1024 + 1),
    "201 fields": of(0).replace(b"Content-Length: 0", b"Content-Length: 400") + b"a&" * 200,
    "three in a row": of(3) * 3,
    "three hundred in a row": of(3) * 300,
    "one that is hidden in another": HEAD.encode()
    + b"Content-Length: 0\r\nTransfer-Encoding : chunked\r\n\r\n"
    + of(3),
    "all that is no letter": bytes(range(256)) * 20,
}


def odd_requests() -> dict[str, bytes]:
    lines = {f"to {target[:30]!r}": request(f"POST {target} HTTP/1.1", "Content-Length: 0") for target in TARGETS}
    methods = {f"{method[:12]!r}": request(f"{method} /twilio/sms HTTP/1.1") for method in METHODS}
    headers = {name: request("POST /twilio/sms HTTP/1.1", *each, body=b"abc") for name, each in HEADERS.items()}
    chunks = {f"pieces: {name}": (HEAD + CHUNKED).encode() + each for name, each in CHUNKS.items()}
    return {**lines, **methods, **headers, **chunks, **OTHERS}


async def answered(place: World, sent: bytes) -> bytes:
    """All that comes back until the other side closes, or rests for a while after its last answer."""
    where, came = urlsplit(place.exchange.public_url), b""
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        writer.write(sent)
        async with asyncio.timeout(SOON):
            while more := await asyncio.wait_for(reader.read(65536), 0.3 if came else SOON):
                came += more
    except (ConnectionError, TimeoutError):
        pass
    finally:
        writer.close()
    return came


def test_a_hundred_odd_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("hotline.web.connections.READING", 1.0)
    odd = odd_requests()
    assert len(odd) >= 100

    async def play() -> dict[str, bytes]:
        async with world(tmp_path) as place:
            await post(place, sms("food"))
            before = rows(place)
            names = list(odd)
            answers: dict[str, bytes] = {}
            for at in range(0, len(names), 20):
                some = names[at : at + 20]
                answers |= dict(
                    zip(some, await asyncio.gather(*(answered(place, odd[name]) for name in some)), strict=True)
                )
            assert rows(place) == before
            assert (await post(place, sms("STATUS")))[0] == 200
            return answers

    with caplog.at_level(logging.ERROR):
        answers = asyncio.run(play())
    statuses = {name: set(re.findall(rb"HTTP/1\.1 (\d+)", answer)) for name, answer in answers.items()}
    assert {name: each for name, each in statuses.items() if each - ALLOWED} == {}
    silent = {name for name, each in statuses.items() if not each}
    assert silent == {"HTTP/0.9", "a bit less than it says"}  # closed when their time is over
    assert not [name for name, answer in answers.items() if b"evil" in answer or b"location" in answer.lower()]
    assert caplog.records == []


ALLOWED = {b"200", b"400", b"403", b"404", b"405", b"413"}


@pytest.mark.parametrize("path", ["/twilio/sms/", "/twilio/voice/", "/health/"])
def test_a_slash_too_much_is_refused_and_sends_nobody_elsewhere(tmp_path: Path, path: str) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            for method in ("GET", "POST"):
                code, words = await post(place, sms(), path, headers={"Host": "evil.example"}, method=method)
                assert (code, "evil" in words) == (404, False)

    asyncio.run(play())


def test_a_text_that_is_replayed_after_days_is_the_same_text(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            text = sms("food")
            first = await post(place, text)
            await post(place, sms("north"))
            before = rows(place)
            for days in (1, 3, 20):
                place.clock.now += days * DAYS
                assert await post(place, text) == first
            assert rows(place) == before

    asyncio.run(play())


async def whole(place: World, fields: Fields, *headers: str, pieces: int = 0, version: str = "1.1") -> bytes:
    """A rightly signed text, written by hand."""
    body = urlencode(fields).encode()
    signature = sign(f"{place.exchange.public_url}/twilio/sms", fields, TOKEN)
    length = f"Content-Length: {len(body)}"
    if pieces:
        length = "Transfer-Encoding: chunked"
        cut = [body[at : at + pieces] for at in range(0, len(body), pieces)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in cut) + b"0\r\n\r\n"
    line = f"POST /twilio/sms HTTP/{version}"
    return request(line, FORM, f"X-Twilio-Signature: {signature}", length, *headers, body=body)


def test_a_right_text_may_come_in_any_shape(tmp_path: Path) -> None:
    async def play() -> None:
        async with world(tmp_path) as place:
            shapes = [
                await whole(place, sms("1"), pieces=7),
                await whole(place, sms("2"), version="1.0"),
                await whole(place, sms("3"), "Connection: close"),
                await whole(place, sms("5"), "Expect: 100-continue"),
                (await whole(place, sms("6"))).replace(b"X-Twilio-Signature", b"x-TWILIO-signature"),
                await whole(place, sms("7", Body="é" * 400 + "😀" * 900)),
            ]
            for at, each in enumerate(shapes):
                assert b"HTTP/1.1 200" in await answered(place, each), at
            two = await answered(place, await whole(place, sms("8")) + await whole(place, sms("9")))
            assert two.count(b"HTTP/1.1 200") == 2
            assert len(select(place, "SELECT id FROM inbound WHERE party = ?", ANA)) == len(shapes) + 2

    asyncio.run(play())


def test_what_is_no_utf_8_is_kept_and_answered(tmp_path: Path) -> None:
    """The carrier signs bytes. Whatever they are, somebody wrote them."""

    async def play() -> None:
        async with world(tmp_path) as place:
            url = f"{place.exchange.public_url}/twilio/sms"
            for odd in ("\udcff\udcfe", "caf\udce9", "\udced\udca0\udc80", "\udcc3("):
                fields = sms(odd)
                content = "".join(sorted(name + value for name, value in fields)).encode("utf-8", "surrogateescape")
                signature = carrier_sign(TOKEN, url, content).decode()
                for body in (urlencode(fields, errors="surrogateescape").encode(), _raw(fields)):
                    assert (await post(place, body, signature=signature))[0] == 200, odd

    asyncio.run(play())


def _raw(fields: Fields) -> bytes:
    """A form whose bytes above 127 are not written with a percent sign."""
    return "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in fields).encode("utf-8", "surrogateescape")
