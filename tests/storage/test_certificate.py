"""The certificate of our own address: told once when it is about to end, and over when it is renewed."""

import asyncio
import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from hotline.model.calendar import DAY
from hotline.worker.certificate import WHY, CertificateWatch
from tests.storage.asking import ask
from tests.world import World, world

ROSA = "+12125550199"


class Shown:
    """What our address shows."""

    def __init__(self, ends_at: float | Exception) -> None:
        self.ends_at = ends_at
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> float:
        self.asked.append((host, port))
        if isinstance(self.ends_at, Exception):
            raise self.ends_at
        return self.ends_at


def watch(place: World, url: str, shown: Shown) -> CertificateWatch:
    store, community = place.hotline.store, place.hotline.catalogue.community
    return CertificateWatch(store, community, url, place.clock, shown)


def open_flags(place: World) -> list[str]:
    rows = ask(place.settings.database_url, f"SELECT words FROM flags WHERE why = '{WHY}' AND settled_at IS NULL")
    return [row["words"] for row in rows]


def test_one_that_is_about_to_end_is_told_once_and_over_when_it_is_renewed(tmp_path: Path, database_url: str) -> None:
    async def play() -> None:
        async with world(tmp_path, database_url=database_url) as place:
            rosa = place.exchange.handset(ROSA, "Rosa")
            shown = Shown(place.clock.now + 30 * DAY)
            own = watch(place, "https://hotline.example.org/here", shown)
            await own.look()
            assert open_flags(place) == []
            place.clock.move(21 * DAY)
            for _ in range(3):
                await own.look()
            await place.settle()
            assert open_flags(place) == ["it ends in 9 days"]
            assert [text.body for text in rosa.inbox if "certificate" in text.body] == [rosa.inbox[-1].body]
            shown.ends_at = place.clock.now + 89 * DAY
            await own.look()
            assert open_flags(place) == []
            assert set(shown.asked) == {("hotline.example.org", 443)}

    asyncio.run(play())


@pytest.mark.parametrize(
    ("url", "shown", "told"),
    [
        ("https://a.example:8443", ssl.SSLCertVerificationError("certificate has expired"), 1),
        ("https://a.example", ConnectionRefusedError(), 0),
        ("https://a.example", TimeoutError(), 0),
        ("http://a.example", AssertionError(), 0),
    ],
)
def test_what_cannot_be_looked_at_is_no_reason_to_worry(tmp_path: Path, url: str, shown: Exception, told: int) -> None:
    if isinstance(shown, ssl.SSLCertVerificationError):
        shown.verify_message = "certificate has expired"

    async def play() -> None:
        async with world(tmp_path) as place:
            await watch(place, url, Shown(shown)).look()
            assert len(open_flags(place)) == told

    asyncio.run(play())


def _certificate(folder: Path, days: int) -> ssl.SSLContext:
    """What a server shows: a certificate for `localhost` that ends in so many days, made by the machine's openssl."""
    key, shown = folder / "key.pem", folder / "shown.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(shown)]
    asked += ["-days", str(days), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(asked, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, key)
    return context


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl here that could make a certificate")
@pytest.mark.parametrize(
    ("days", "trusted", "told"),
    [(5, True, ["it ends in 5 days"]), (60, True, []), (60, False, ["self-signed certificate"])],
    ids=["about to end", "long to go", "trusted by nobody"],
)
def test_what_a_real_server_shows(
    tmp_path: Path, days: int, trusted: bool, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is pretended here: a TLS handshake over a socket of this machine, and the machine's own trust."""
    context = _certificate(tmp_path, days)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "shown.pem"))

    async def play() -> None:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        async with server, world(tmp_path) as place:
            place.clock.now = time.time()
            store, community = place.hotline.store, place.hotline.catalogue.community
            await CertificateWatch(store, community, f"https://localhost:{port}", place.clock).look()
            assert open_flags(place) == told

    asyncio.run(play())
