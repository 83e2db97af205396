"""Asked: one request that came through the board's door, and how it is answered with a page."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hotline.inbound.board_sign_in import token
from hotline.model.board import Member
from hotline.web.board.board import Board
from hotline.web.board.navigation import Menu, navigation
from hotline.web.board.words import Words

DIGITS = 5  # of the number of a page
PIECE = 0.0005  # seconds that a page is made in one go: texts are answered between two pieces
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Accept-Encoding, Cookie",
}
WITH_SCRIPT = {  # a page with our script
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    + HEADERS["Content-Security-Policy"].partition("; ")[2]
}


@dataclass(frozen=True)
class Asked:
    """One request that came through the door: who asks, in which language, and what they typed."""

    board: Board
    request: Request
    words: Words
    now: float
    who: Member | None = None
    session: str = ""
    browser: str = ""
    form: Mapping[str, str] | None = None
    file: bytes = b""

    @property
    def me(self) -> Member:
        """Whoever is signed in; only behind pages that ask for a role."""
        if self.who is None:
            raise LookupError("nobody is signed in")
        return self.who

    @property
    def here(self) -> str:
        """The address, below the board's."""
        return self.request.url.path.removeprefix(self.board.base)

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return (self.form or {}).get(name, "")

    def number(self, name: str) -> int:
        """A number in the address."""
        return int(self.request.path_params[name])

    @property
    def turned(self) -> int:
        """Which page of a long list is asked for; the first where that is none."""
        page = self.request.query_params.get("page", "1")
        sensible = page.isascii() and page.isdecimal() and len(page) < DIGITS
        return max(1, int(page)) if sensible else 1

    def skipped(self, of_a_page: int) -> int:
        """How many stand on the pages before it."""
        return (self.turned - 1) * of_a_page

    def around(self, *, more: bool) -> dict[str, int]:
        """The pages beside it, 0 for none; `more` is whether anything stands behind it."""
        return {"page_before": self.turned - 1, "page_after": self.turned + 1 if more else 0}

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """A whole page; with a script of ours (`script`) where it moves or is saved by itself: then `mark` says how
        things stand."""
        body = self.board.templates.get_template(template).render(self._shown(values), navigation=self._navigation())
        return HTMLResponse(body, status, WITH_SCRIPT if values.get("mark") else None)

    def _navigation(self) -> tuple[Menu, ...]:
        """Nobody who is not signed in is led anywhere."""
        here = self.board.catalogue.community
        return navigation(self.who.role, here.sharing, self.here, groups=bool(here.groups)) if self.who else ()

    async def part(self, template: str, **values: object) -> Markup:
        """A large part of a page, made in small pieces: nobody's text waits for it."""
        pieces, since = [], time.perf_counter()
        for piece in self.board.templates.get_template(template).generate(self._shown(values)):
            pieces.append(piece)
            if time.perf_counter() - since > PIECE:
                await self.board.store.calm()
                since = time.perf_counter()
        return Markup("".join(pieces))

    def _shown(self, values: Mapping[str, object]) -> dict[str, object]:
        same = {"board": self.board, "w": self.words, "me": self.who, "language": self.words.language}
        return {**same, "here": self.here, "press": token(), "mark": "", "script": "live", **values}

    def go(self, path: str) -> Response:
        """To another page of the board, which is asked for anew."""
        return RedirectResponse(f"{self.board.base}{path}", 303)
