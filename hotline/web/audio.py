"""Audio endpoint: GET /recordings/<token> is one sound, for the provider to play. The token is signed and expires."""

import io
import logging
import wave
from collections.abc import Awaitable, Callable
from functools import cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hotline.storage.audio import PlaceError, Places
from hotline.storage.audio.places import KINDS
from hotline.web.signed_urls import OWN_VOICE, Addresses

log = logging.getLogger(__name__)

PRIVATE, FOR_A_DAY = {"Cache-Control": "no-store"}, {"Cache-Control": "public, max-age=86400"}


def routes(addresses: Addresses, places: Places) -> list[Route]:
    """The one address."""
    return [Route("/recordings/{token}", _play(addresses, places))]


def _play(addresses: Addresses, places: Places) -> Callable[[Request], Awaitable[Response]]:
    async def play(request: Request) -> Response:
        name = addresses.name(request.path_params["token"])
        if name is None:
            return PlainTextResponse("no such recording", 404)
        sound = await _sound(places, name)
        if sound is None:
            return Response(_silence(), media_type=KINDS["wav"], headers=PRIVATE)
        headers = FOR_A_DAY if name.startswith(OWN_VOICE) else PRIVATE
        return Response(sound, media_type=KINDS[name.rpartition(".")[2]], headers=headers)

    return play


async def _sound(places: Places, name: str) -> bytes | None:
    try:
        return await places.get(name)
    except PlaceError as error:
        log.error("a recording cannot be read now: %s", error)
        return None


@cache
def _silence() -> bytes:
    """Half a second of it. With an error the provider may end the call, and the caller is in the middle of it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(8000))
    return file.getvalue()
