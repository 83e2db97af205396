"""Audio storage: where recordings are kept, a folder of this machine or a bucket."""

from pathlib import Path

from hotline.model.recordings import BUCKET, Keeping
from hotline.storage.audio.folder import Folder
from hotline.storage.audio.places import LAST_START, PlaceError, Places

__all__ = ["LAST_START", "PlaceError", "Places", "open_places"]


def open_places(keeping: Keeping) -> Places:
    """What the settings name. Raises PlaceError when the driver for buckets is missing."""
    if not keeping.recordings.startswith(BUCKET):
        return Folder(Path(keeping.recordings))
    try:
        from hotline.storage.audio.bucket import Bucket
    except ImportError:
        raise PlaceError("RECORDINGS names a bucket: install its driver with pip install 'hotline[s3]'") from None
    return Bucket(keeping)
