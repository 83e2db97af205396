"""Own address: whether our public name leads to us, and not to another hotline or another program, asked as anybody out
there would: a signed question goes out through the name, and only we can give its answer."""

import asyncio
import json
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from hotline.monitoring import self_probe

PATIENCE = 15.0  # seconds: what the carrier waits
LARGEST = 16 * 1024  # bytes of an answer that are read


async def is_reached(url: str, secret: str, now: float) -> bool:
    """Whether this very hotline answers there. `url` is PUBLIC_URL."""
    return await asyncio.to_thread(_asks, url.rstrip("/"), self_probe.key(secret), now)


def _asks(url: str, key: bytes, now: float) -> bool:
    asked = self_probe.question(key, now)
    if urlsplit(url).scheme not in ("http", "https"):
        return False
    request = urllib.request.Request(f"{url}{self_probe.PATH}", b"", {self_probe.HEADER: asked}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            told = json.loads(answer.read(LARGEST))
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return isinstance(told, dict) and self_probe.is_answer_to(key, asked, told)
