"""Page for signing in: a code by text to a coordinator's own telephone, or their password. Signing out, setting a
password, and the language of the pages."""

import asyncio

from starlette.responses import Response

from hotline.inbound import board_password
from hotline.inbound.board_sign_in import hashed, token
from hotline.model.board import Member, Role, team_name
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import BROWSER, LANGUAGE, SESSION, Page, keep_cookie
from hotline.web.board.kept_forms import landing
from hotline.web.board.words import LANGUAGES


async def ask_for_number(asked: Asked) -> Response:
    if asked.who:
        return asked.go("")
    answer = _door(asked)
    if not asked.browser:
        keep_cookie(answer, asked.board, BROWSER, token())
    return answer


async def send_code(asked: Asked) -> Response:
    """The same answer for every number: nobody learns here who is of the team."""
    if not asked.browser:
        return _door(asked, 400, "no_cookies")
    if not _is_heard(asked):
        return _door(asked, 429, "slowly")
    await asked.board.store.run(asked.board.sign_in.ask, asked.browser, asked.typed("phone"), asked.now)
    return asked.go("/sign-in/code")


async def ask_for_code(asked: Asked) -> Response:
    if asked.who:
        return asked.go("")  # by Back, or from an old page
    return asked.go("/sign-in") if not asked.browser else asked.page("code.html", wrong="")


async def try_code(asked: Asked) -> Response:
    if not _is_heard(asked):
        return asked.page("code.html", 429, wrong="slowly")
    session = token()
    opened = asked.board.sign_in.open
    who = await asked.board.store.run(opened, asked.browser, asked.typed("code"), hashed(session), asked.now)
    if who is None:
        return asked.page("code.html", 400, wrong="code")
    return await _signed_in(asked, who, session)


async def try_password(asked: Asked) -> Response:
    """The same answer, after the same time, for a number of nobody and for somebody without a password."""
    board, store = asked.board, asked.board.store
    if not asked.browser:
        return _door(asked, 400, "no_cookies")
    key, session = board.sign_in.whose(asked.typed("phone")), token()
    if not _is_heard(asked) or not await store.run(board.sign_in.may_guess, asked.browser, key, asked.now):
        return _door(asked, 429, "slowly_password")
    hash = await board_lists.password(store, key) if key else ""
    if not await asyncio.to_thread(board_password.fits, hash, asked.typed("password")):
        return _door(asked, 400, "password")
    opened = board.sign_in.open_with_password
    who = await store.run(opened, asked.browser, key, hash, hashed(session), asked.now)
    return await _signed_in(asked, who, session) if who else _door(asked, 400, "password")


async def show_password(asked: Asked) -> Response:
    return await _password_page(asked)


async def set_password(asked: Asked) -> Response:
    """A new one, typed twice; every other session of theirs ends."""
    password, again = asked.typed("password"), asked.typed("again")
    community = asked.board.catalogue.community
    known = (asked.me.key, asked.me.phone.lstrip("+"), asked.me.phone[-10:], team_name(asked.me.key), community.name)
    wrong = "again" if password != again else board_password.wrong_with(password, known)
    if wrong:
        return await _password_page(asked, f"password_{wrong}")
    hash = await asyncio.to_thread(board_password.kept, password)
    await asked.board.store.run(asked.board.sign_in.set_password, asked.me, hash, asked.session, asked.now)
    return asked.go("/password?did=password")


async def drop_password(asked: Asked) -> Response:
    await asked.board.store.run(asked.board.sign_in.set_password, asked.me, "", asked.session, asked.now)
    return asked.go("/password?did=no_password")


async def _password_page(asked: Asked, wrong: str = "") -> Response:
    has = bool(await board_lists.password(asked.board.store, asked.me.key))
    did = asked.request.query_params.get("did", "")
    said = asked.words(f"did.{did}") if did in ("password", "no_password") and not wrong else ""
    shortest = board_password.SHORTEST
    return asked.page("password.html", 400 if wrong else 200, wrong=wrong, has=has, said=said, shortest=shortest)


async def come_in_as_rosa(asked: Asked) -> Response:
    """Nobody has to be anybody in the demo."""
    rosa = asked.board.demo_as
    if rosa is None:
        return asked.go("/sign-in")
    session = token()
    await asked.board.store.run(asked.board.sign_in.open_for, asked.browser, rosa.key, hashed(session), asked.now)
    return await _signed_in(asked, rosa, session)


async def leave(asked: Asked) -> Response:
    await asked.board.store.run(asked.board.sign_in.leave, asked.me, asked.session, asked.now)
    answer = asked.go("/sign-in")
    answer.delete_cookie(SESSION, path=asked.board.base)
    return answer


async def speak(asked: Asked) -> Response:
    """From now on the pages are in that language, in this browser, and it stays where it is."""
    here = asked.typed("here")
    answer = asked.go(here if here.startswith("/") and "//" not in here and "\\" not in here else "")
    if asked.typed("language") in LANGUAGES:
        keep_cookie(answer, asked.board, LANGUAGE, asked.typed("language"))
    return answer


def _door(asked: Asked, status: int = 200, wrong: str = "") -> Response:
    return asked.page("sign_in.html", status, wrong=wrong, phone=asked.typed("phone"))


async def _signed_in(asked: Asked, who: Member, session: str) -> Response:
    """To the form that they sent while they were not signed in, else to the overview."""
    answer = asked.go(await landing(asked, who))
    keep_cookie(answer, asked.board, SESSION, session, None)
    return answer


def _is_heard(asked: Asked) -> bool:
    client = asked.request.client
    return asked.board.guests.knocks(client.host if client else "")


PAGES = (
    Page("/sign-in", ask_for_number, role=None),
    Page("/sign-in", send_code, role=None, method="POST"),
    Page("/sign-in/code", ask_for_code, role=None),
    Page("/sign-in/code", try_code, role=None, method="POST"),
    Page("/sign-in/password", try_password, role=None, method="POST"),
    Page("/password", show_password),
    Page("/password", set_password, method="POST"),
    Page("/password/none", drop_password, method="POST"),
    Page("/sign-in/demo", come_in_as_rosa, role=None, method="POST"),
    Page("/sign-out", leave, role=Role.COORDINATOR, method="POST"),
    Page("/language", speak, role=None, method="POST"),
)
