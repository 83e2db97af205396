"""Audio bucket: sounds are kept with S3, or with any service that speaks its API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from hotline.model.recordings import Keeping
from hotline.storage.audio.places import PlaceError, check_name

if TYPE_CHECKING:
    from obstore.store import S3Config

PATIENCE = timedelta(seconds=15)


class Bucket:
    """One bucket, and a prefix of it."""

    def __init__(self, keeping: Keeping) -> None:
        place = urlsplit(keeping.recordings)
        self._where = keeping.recordings
        config: S3Config = {"endpoint": keeping.s3_endpoint} if keeping.s3_endpoint else {}
        self._store = S3Store(
            place.netloc,
            prefix=place.path.strip("/") or None,
            access_key_id=keeping.s3_access_key_id,
            secret_access_key=keeping.s3_secret_access_key,
            region=keeping.s3_region,
            virtual_hosted_style_request=not keeping.s3_endpoint,  # others mostly want the bucket in the path
            client_options={"allow_http": keeping.s3_endpoint.startswith("http://"), "timeout": PATIENCE},
            retry_config={"max_retries": 1, "retry_timeout": PATIENCE},  # the worker tries again by itself
            config=config,
        )

    async def put(self, name: str, sound: bytes) -> None:
        try:
            await obstore.put_async(self._store, name, sound)
        except BaseError as error:
            raise _as_place_error(error) from None

    async def get(self, name: str) -> bytes | None:
        try:
            return bytes(await (await obstore.get_async(self._store, name)).bytes_async())
        except (NotFoundError, FileNotFoundError):
            return None
        except BaseError as error:
            raise _as_place_error(error) from None

    async def delete(self, name: str) -> None:
        try:
            await obstore.delete_async(self._store, name)
        except (NotFoundError, FileNotFoundError):
            return
        except BaseError as error:
            raise _as_place_error(error) from None

    async def check(self) -> None:
        try:
            name = check_name()
            await self.put(name, b"check")
            await self.delete(name)
        except PlaceError as error:
            raise PlaceError(f"RECORDINGS: nothing can be kept in {self._where} ({error})") from None


def _as_place_error(error: BaseError) -> PlaceError:
    """The kind of error alone: what the driver writes has addresses and names in it."""
    return PlaceError(type(error).__name__)
