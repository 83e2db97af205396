"""Recordings in the REST API: look one up, hear it, delete it."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.simulator.errors import Refused
from hotline.simulator.exchange import Exchange
from hotline.simulator.recorder import sound
from hotline.simulator.resources import Json, answer, recording_json
from hotline.simulator.rest_lists import page
from hotline.simulator.traffic import Recording


class Recordings:
    """The Recordings resource of one exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

    async def fetch(self, request: Request) -> Response:
        """About one recording."""
        return answer(self._show(self._find(request)))

    async def listed(self, request: Request) -> Response:
        """Recordings, newest first, of one call where it is named."""
        call = request.query_params.get("CallSid")
        found = [each for each in reversed(self.exchange.recordings.values()) if call in (None, each.call_sid)]
        return answer(page(request, "recordings", found, self._show))

    def _show(self, recording: Recording) -> Json:
        return recording_json(recording, self.exchange.account_sid, self.exchange.recording_url(recording))

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
