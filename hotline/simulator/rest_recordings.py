"""Recordings in the REST API: look one up, hear it, delete it."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.simulator.errors import Refused
from hotline.simulator.exchange import Exchange
from hotline.simulator.recorder import sound
from hotline.simulator.resources import answer, recording_json
from hotline.simulator.traffic import Recording


class Recordings:
    """The Recordings resource of one exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    async def fetch(self, request: Request) -> Response:
        """About one recording."""
        recording = self._find(request)
        url = self.exchange.recording_url(recording)
        return answer(recording_json(recording, self.exchange.account_sid, url))

    async def media(self, request: Request) -> Response:
        """The sound; a WAV file whatever the address ends with, as there is no MP3 writer in Python's library."""
        return Response(sound(self._find(request)), media_type="audio/wav")

    async def delete(self, request: Request) -> Response:
        """Forget the recording."""
        del self.exchange.recordings[self._find(request).sid]
        return Response(status_code=204)

    def _find(self, request: Request) -> Recording:
        if status := self.exchange.faults.no_sounds:
            raise Refused(status, 20404 if status == 404 else 20500, "planned")
        sid = request.path_params.get("sid") or request.path_params["file"].partition(".")[0]
        if sid not in self.exchange.recordings:
            raise Refused(404, 20404, f"The requested resource {request.url.path} was not found")
        return self.exchange.recordings[sid]
