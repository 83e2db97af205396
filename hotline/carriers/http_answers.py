"""HTTP answers of the provider: read no further than makes sense, and what a refusal asks us to do."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from hotline.carriers.api import CarrierError
from hotline.carriers.error_codes import code_of, reaction

LARGEST = 1024 * 1024  # bytes of one answer; a page of a list is a tenth of it
PIECE = 64 * 1024
LONGEST_AFTER = 3600.0  # seconds for which we let ourselves be sent away


async def read(answer: aiohttp.ClientResponse) -> str | None:
    """What it says; None where that is too much to be true."""
    came = bytearray()
    async for piece in answer.content.iter_chunked(PIECE):
        came += piece
        if len(came) > LARGEST:
            answer.close()
            return None
    return came.decode("utf-8", "replace")


def refusal(status: int, words: str, headers: Mapping[str, str]) -> CarrierError:
    """What an answer that is no success asks us to do."""
    try:
        code = code_of(json.loads(words))
    except (ValueError, RecursionError):  # a page of some proxy
        code = ""
    return CarrierError(reaction(code, status), code or str(status), retry_after(headers))


def retry_after(headers: Mapping[str, str]) -> float:
    """For how many seconds the provider wants to be left alone; 0 where it does not say so, or nothing that makes
    sense."""
    said = headers.get("Retry-After", "").strip()
    try:
        seconds = float(said) if said[:1].isdigit() else _until(said)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(LONGEST_AFTER, max(0.0, seconds)) if math.isfinite(seconds) else 0.0


def _until(date: str) -> float:
    when = parsedate_to_datetime(date)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp()
