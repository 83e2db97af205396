"""Signs webhooks the way the provider does."""

import base64
import hmac
from collections.abc import Iterable
from hashlib import sha1
from urllib.parse import SplitResult, urlsplit

Params = Iterable[tuple[str, str]]


def sign(url: str, params: Params, token: str) -> str:
    """The X-Twilio-Signature of a form posted to `url`; for a GET the params stand in the URL already."""
    # A set, because the provider drops a pair that is given twice; surrogates pass, since callers' texts contain them.
    told = url + "".join(name + value for name, value in sorted(set(params)))
    digest = hmac.new(token.encode(), told.encode("utf-8", "surrogatepass"), sha1).digest()
    return base64.b64encode(digest).decode()


def signed_url(url: str, voice: bool) -> str:
    """The part of the address that is signed: no fragment, no user, and for voice over https no port."""
    parts = urlsplit(url)._replace(fragment="")
    return parts._replace(netloc=_host(parts, keep_port=not (voice and parts.scheme == "https"))).geturl()


def _host(parts: SplitResult, keep_port: bool) -> str:
    host = parts.netloc.rpartition("@")[2]
    if not keep_port and parts.port is not None:
        host = host.rpartition(":")[0]
    return host
