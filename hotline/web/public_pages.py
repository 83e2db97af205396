"""Public pages over HTTP: what anybody may read, with nothing that runs in a browser or comes from elsewhere."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

KEPT_FOR = 300  # seconds, by whoever has read it


class Written(Protocol):
    """A page, and the language that it is in."""

    @property
    def language(self) -> str: ...

    @property
    def html(self) -> str: ...


def routes(paths: Iterable[str], page: Callable[[str], Written]) -> list[Route]:
    """A route for each of these paths; "/es" leads to "/es/", from where the links of that page count."""
    paths = tuple(paths)
    folders = (path.rstrip("/") for path in paths if path.endswith("/") and path != "/")

    async def show(path: str, _: Request) -> Response:
        written = page(path)
        return HTMLResponse(written.html, headers=headers(written))

    return [*(Route(path, partial(show, path)) for path in paths), *(Route(path, _slashed) for path in folders)]


def headers(written: Written) -> dict[str, str]:
    """Its own style is let in and nothing else, whatever somebody finds to write into it."""
    style = written.html.partition("<style>")[2].partition("</style>")[0]
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "content-language": written.language,
        "cache-control": f"public, max-age={KEPT_FOR}",
        "content-security-policy": f"default-src 'none'; style-src 'sha256-{hashed}'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }


async def _slashed(request: Request) -> Response:
    return RedirectResponse(f"{request.url.path.rpartition('/')[2]}/")
