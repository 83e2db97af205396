"""Reach: one request to an address as the carrier would make it, from this machine out through the public name."""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import aiohttp

PATIENCE = 15.0  # seconds: what the carrier waits
LARGEST = 64 * 1024  # bytes of an answer that are read


@dataclass(frozen=True)
class Reply:
    """What came back, after so many seconds. Names of headers are small letters."""

    status: int
    headers: Mapping[str, str]
    content: str
    seconds: float = 0.0


class Unreachable(Exception):
    """Nothing came back. `kind` is the name of a finding, `detail` what the machine says."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail = kind, detail


class Reach(Protocol):
    """Asks an address once, and follows no redirect. Raises Unreachable."""

    async def post(self, url: str, headers: Mapping[str, str], content: str = "") -> Reply: ...


class Outside:
    """The real one."""

    async def post(self, url: str, headers: Mapping[str, str], content: str = "") -> Reply:
        began = time.perf_counter()
        limit = aiohttp.ClientTimeout(total=PATIENCE)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(url, data=content.encode(), headers=dict(headers), allow_redirects=False) as answer,
            ):
                words = (await answer.content.read(LARGEST)).decode("utf-8", "replace")
                told = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status, told, words, time.perf_counter() - began)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _unreachable(error) from None


def _unreachable(error: Exception) -> Unreachable:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Unreachable("name_unknown", str(error.os_error))
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return Unreachable("certificate_bad", _of_certificate(error.certificate_error))
    if isinstance(error, aiohttp.ClientSSLError):
        return Unreachable("certificate_bad", str(error.os_error))
    inner = getattr(error, "os_error", None) or error
    if isinstance(inner, socket.gaierror):
        return Unreachable("name_unknown", str(inner))
    return Unreachable("nobody_listens", "no answer in time" if isinstance(error, TimeoutError) else _plain(inner))


def _of_certificate(error: Exception) -> str:
    return error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else str(error)


def _plain(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
