"""Start-up summary: one line in the log that says what runs here, so that a wrong folder or file is seen at once."""

from urllib.parse import urlsplit

from hotline import __version__
from hotline.community.model import Community
from hotline.settings import Settings


def summary(settings: Settings, community: Community) -> str:
    """What runs here, at which address, on which database; no secret and no number."""
    told = (
        f"hotline {__version__} for {community.name}",
        f"at {settings.public_url}",
        f"listens at {settings.host}:{settings.port}",
        f"database {_bare(settings.database_url)}",
        f"recordings in {settings.recordings}",
        f"worker {settings.worker}",
        f"{len(community.coordinators)} coordinators",
        f"languages {', '.join(community.languages)}",
    )
    return "; ".join(told)


def _bare(url: str) -> str:
    """An address without its name and password."""
    if url.startswith("sqlite"):
        return url
    there = urlsplit(url)
    return f"{there.scheme}://{there.hostname or ''}{there.path}"
