"""The board's door: who may come in, what is refused before anything is done, and what every answer carries.

A change is refused that another web page sends in a coordinator's name: by Sec-Fetch-Site where the browser says it,
else by Origin or Referer. Whoever is not signed in, or may not do it, gets no further either.
"""

import asyncio
import contextlib
import gzip
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from hotline.inbound.board_sign_in import hashed, member
from hotline.model.board import IDLE, Role
from hotline.model.calendar import MINUTE
from hotline.model.sanitize import clean
from hotline.storage import StoreDown, board_lists
from hotline.web.board import kept_forms
from hotline.web.board.asked import HEADERS, Asked
from hotline.web.board.board import Board
from hotline.web.board.forms import MOST_FIELDS, Sent, sent
from hotline.web.board.words import LANGUAGES, Words

log = logging.getLogger(__name__)

SESSION, BROWSER, LANGUAGE = "board_session", "board_browser", "board_language"
YEAR = 365 * 86400
HOLE = re.compile(r"{(\w+)(?::\w+)?}")  # in an address
LARGEST = 96 * 1024  # bytes of a form: 1,600 letters that each take nine when they are sent, several times
LONGEST = 1600  # letters of one field
WORTH_PACKING, LARGE = 1024, 16 * 1024  # bytes


Answer = Callable[[Asked], Awaitable[Response]]


@dataclass(frozen=True)
class Page:
    """One address of the board: what answers there, and who may ask. Without a role anybody may. ``largest`` is how
    many bytes of a form are read there, ``longest`` how many letters of one field, ``fields``
    how many there may be. What a page asks `by_itself` keeps
    nobody signed in; an `endless` answer goes on for as long as somebody listens."""

    path: str
    answer: Answer
    role: Role | None = Role.COORDINATOR
    method: Literal["GET", "POST"] = "GET"
    largest: int = LARGEST
    longest: int = LONGEST
    fields: int = MOST_FIELDS
    by_itself: bool = False
    endless: bool = False

    @property
    def changes(self) -> bool:
        return self.method == "POST"


def route(board: Board, page: Page, shown_on: str) -> Route:
    """The page behind its door. `shown_on` is the address of the page on which a form of it stands."""

    async def endpoint(request: Request) -> Response:
        try:
            answer = await _answered(board, page, request, shown_on)
        except StoreDown as error:
            log.error("the board cannot be shown now: %s", error)
            answer = _plain(board, request, "refused.html", 503, why="down")
        except ClientDisconnect:
            answer = Response(status_code=400)
        return await _with_headers(request, answer)

    return Route(f"/board{page.path}", endpoint, methods=[page.method])


async def _answered(board: Board, page: Page, request: Request, shown_on: str) -> Response:
    if page.changes and not is_from_here(request.headers, board.origin):
        return _plain(board, request, "refused.html", 403, why="elsewhere")
    sent = await _form(request, page) if page.changes else Sent()
    if sent is None:
        return _plain(board, request, "refused.html", 413, why="large")
    asked = await _who_asks(board, request, sent, counts=not page.by_itself)
    if page.role is not None and asked.who is None:
        return await _away(asked, sent, shown_on) if page.changes else asked.go("/sign-in")
    if asked.who and not asked.who.role.may(page.role):
        return asked.page("refused.html", 403, why="role")
    if asked.who and page.changes:
        await kept_forms.sent_again(asked)
    answer = await page.answer(asked)
    return await kept_forms.put_back(asked, answer) if asked.who and not page.changes else answer


async def _away(asked: Asked, sent: Sent, shown_on: str) -> Response:
    """Somebody sent a form who is not signed in any more: nothing is done, and it is kept for them."""
    holes = asked.request.path_params
    path = HOLE.sub(lambda found: str(holes[found[1]]), shown_on)
    need = holes.get("number", 0) if path.startswith(("/need/", "/intake/")) else 0
    about = {"need": need, "record": holes.get("record", 0)}
    kept_for = await kept_forms.keep(asked, sent, path, asked.here, about) if shown_on else ""
    return asked.page("refused.html", 401, why="away", typed=_free_words(sent.fields), kept_for=kept_for)


def is_from_here(headers: Mapping[str, str], origin: str) -> bool:
    """Whether a form was sent by a page of ours. Browsers too old to say so name where it stood, at least."""
    if said := headers.get("sec-fetch-site"):
        return said == "same-origin"
    if (named := headers.get("origin")) is not None:
        return named == origin
    referer = urlsplit(headers.get("referer", ""))
    return f"{referer.scheme}://{referer.netloc}" == origin


async def _form(request: Request, page: Page) -> Sent | None:
    """What was typed, as plain text; None for more than anybody types."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > page.largest:
            return None
    found = sent(bytes(body), request.headers.get("content-type", ""), page.fields)
    if found is None:
        return None
    fields = {name: clean(value).strip()[: page.longest] for name, value in found.fields.items()}
    return Sent(fields, found.file)


async def _who_asks(board: Board, request: Request, sent: Sent, *, counts: bool) -> Asked:
    now, shown = board.clock(), request.cookies.get(SESSION, "")
    words = Words(_language(request), board.catalogue, now)
    session = hashed(shown) if shown else ""
    found = await board_lists.session(board.store, session, now - IDLE) if session else None
    who = member(board.catalogue.community, found.coordinator) if found else None
    if counts and found and who and now - found.seen_at > MINUTE:
        with contextlib.suppress(StoreDown):  # what can be read can be shown
            await board.store.run_behind(lambda tx: tx.sign_in.still_here(session, now))
    browser = request.cookies.get(BROWSER, "")
    known = hashed(browser) if browser else ""
    return Asked(board, request, words, now, who, session, known, sent.fields, sent.file)


def _language(request: Request) -> str:
    """As it was chosen here, else the first of the browser's that we speak."""
    wanted = [request.cookies.get(LANGUAGE, "")]
    wanted += [each.partition(";")[0].strip()[:2] for each in request.headers.get("accept-language", "").split(",")]
    return next((each for each in wanted if each in LANGUAGES), LANGUAGES[0])


def _free_words(form: Mapping[str, str]) -> list[str]:
    """What somebody wrote who is not signed in any more: shown again, so that it can be kept."""
    kept = ("words", "phone", "name", "details", "consent", "group", "list")
    return [said for name, said in form.items() if said and (name in kept or name.startswith("words_"))]


def _plain(board: Board, request: Request, template: str, status: int, **values: object) -> Response:
    words = Words(_language(request), board.catalogue, board.clock())
    return Asked(board, request, words, board.clock()).page(template, status, **values)


async def _with_headers(request: Request, answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    packs = "gzip" in request.headers.get("accept-encoding", "")
    if packs and isinstance(answer, HTMLResponse) and len(answer.body) > WORTH_PACKING:
        packed = await _packed(bytes(answer.body))
        answer.body = packed
        answer.headers["Content-Encoding"], answer.headers["Content-Length"] = "gzip", str(len(packed))
    return answer


async def _packed(body: bytes) -> bytes:
    """A large page in a thread, which needs no lock for it: two milliseconds are many for a text."""
    return gzip.compress(body, 5) if len(body) < LARGE else await asyncio.to_thread(gzip.compress, body, 5)


def keep_cookie(answer: Response, board: Board, name: str, value: str, seconds: int | None = YEAR) -> None:
    """What a browser keeps for us: no script reads it, and no other web page sends it along with a change."""
    secure = board.origin.startswith("https:")
    answer.set_cookie(name, value, max_age=seconds, path=board.base, secure=secure, httponly=True, samesite="lax")
