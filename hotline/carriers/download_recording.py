"""Recording download: from the provider's own address and no other, with a limit on time and size."""

from base64 import b64encode

import aiohttp
from aiohttp import ClientTimeout

from hotline.carriers.api import CarrierError, Reaction
from hotline.carriers.http_answers import retry_after

API_VERSION = "2010-04-01"
SECONDS = 30.0
LARGEST = 8 * 1024 * 1024  # bytes; two minutes as the carrier writes them are less than two million
PIECE = 64 * 1024
NOT_THERE = ("404", "20404")


async def fetch(base_url: str, account: str, token: str, sid: str, seconds: float = SECONDS) -> bytes:
    """The sound as it is kept there. Raises CarrierError, code 404 while there is none.

    The address is made of the id alone: one that a webhook names is never asked, and no redirect is followed, since
    the account's token goes with the request.
    """
    url = f"{base_url.rstrip('/')}/{API_VERSION}/Accounts/{account}/Recordings/{sid}.mp3"
    told = {"Authorization": f"Basic {b64encode(f'{account}:{token}'.encode()).decode()}"}
    async with (
        aiohttp.ClientSession(timeout=ClientTimeout(total=seconds), headers=told) as session,
        session.get(url, allow_redirects=False) as response,
    ):
        if response.status != 200:
            raise CarrierError(Reaction.UNKNOWN, str(response.status), retry_after(response.headers))
        return await _whole(response)


async def _whole(response: aiohttp.ClientResponse) -> bytes:
    sound = b""
    async for piece in response.content.iter_chunked(PIECE):
        sound += piece
        if len(sound) > LARGEST:
            raise CarrierError(Reaction.NEVER, "too large")
    if not kind_of(sound):
        raise CarrierError(Reaction.UNKNOWN, "no sound")
    return sound


def kind_of(sound: bytes) -> str:
    """mp3 or wav by its first letters, whatever the answer calls it; "" for what is neither, such as a page."""
    if sound[:4] == b"RIFF" and sound[8:12] == b"WAVE":
        return "wav"
    frame = len(sound) > 1 and sound[0] == 0xFF and sound[1] & 0xE0 == 0xE0
    return "mp3" if frame or sound[:3] == b"ID3" else ""
