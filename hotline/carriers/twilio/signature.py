"""The carrier's signature on a webhook: HMAC-SHA1 over the public address and the sorted fields.

By hand because the package's validator costs twenty times as much, on every single webhook; a property test holds the
two against each other.
"""

import base64
import hmac
import re
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, urlsplit

HEADER = b"x-twilio-signature"

Fields = Iterable[tuple[str, str]]
PORTS = {"http": 80, "https": 443}
FORM = re.compile(rb"[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=")  # 160 bits in base64: the last two bits are always none


def is_well_formed(signature: bytes) -> bool:
    """Whether it can be a signature at all: seen before anything of the request is read."""
    return FORM.fullmatch(signature) is not None


def is_signed(token: str, url: str, fields: Fields, signature: str) -> bool:
    """Whether the signature is right. A port may be signed or not: texts keep it, secure calls drop it."""
    if not token or not signature:
        return False
    signed = content(fields)
    given = signature.encode("utf-8", "surrogateescape")
    return any(hmac.compare_digest(sign(token, each, signed), given) for each in _with_and_without_port(url))


def signed_for(token: str, addresses: Iterable[str], fields: Fields, signature: str) -> str:
    """Which of these addresses it was signed for with our token, "" for none of them."""
    pairs = list(fields)
    return next((each for each in addresses if is_signed(token, each, pairs, signature)), "")


def sign(token: str, url: str, content: bytes) -> bytes:
    digest = hmac.digest(token.encode(), url.encode("utf-8", "surrogateescape") + content, "sha1")
    return base64.b64encode(digest)


def content(fields: Fields) -> bytes:
    """Names and values run together without a mark between, sorted; a doubled pair counts once."""
    return "".join(map("".join, sorted(set(fields)))).encode("utf-8", "surrogateescape")


def _with_and_without_port(url: str) -> Iterator[str]:
    """The address as it is; the other is only made where that was not signed."""
    yield url
    parts = urlsplit(url)
    host = parts.netloc.rsplit(":", 1)[0] if parts.port else parts.netloc
    yield _at(parts, host if parts.port else f"{host}:{PORTS.get(parts.scheme, 443)}")


def _at(parts: SplitResult, place: str) -> str:
    return parts._replace(netloc=place).geturl()
