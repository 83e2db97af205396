"""Phone connection: registers our webhook with the app, once for each event."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from hotline.carriers.android.client import NOT_THERE, PhoneClient
from hotline.carriers.android.webhooks import EVENTS
from hotline.carriers.api import CarrierError, Pointer, Reaction

MARK = "hotline-"  # ours begin so; what others registered stays as it is


class PhoneConnection:
    """The app keeps any number of registrations, each under an id: ours replace ours alone."""

    def __init__(self, client: PhoneClient, path: str) -> None:
        self._client, self._path = client, path

    async def pointers(self, base: str, fallback: str) -> list[Pointer]:
        """There is nothing to fall back to: what the phone cannot bring us now, it brings later."""
        _, listed = await self._client.ask("GET", "/webhooks")
        found = {each.get("id"): str(each.get("url")) for each in listed or () if isinstance(each, dict)}
        wanted = f"{base}{self._path}" if base else ""
        return [Pointer(event, found.get(_id(event), ""), wanted) for event in EVENTS]

    async def point(self, pointers: Sequence[Pointer]) -> None:
        for each in pointers:
            if not each.wanted:
                await self._client.ask("DELETE", f"/webhooks/{_id(each.what)}", fine=(NOT_THERE,))
                continue
            if not _is_accepted(each.wanted):
                raise CarrierError(Reaction.WORDS, "the app takes https addresses alone; PUBLIC_URL has none")
            await self._client.ask("POST", "/webhooks", {"id": _id(each.what), "url": each.wanted, "event": each.what})

    async def close(self) -> None:
        await self._client.close()


def _is_accepted(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost")


def _id(event: str) -> str:
    return MARK + event.replace(":", "-")
