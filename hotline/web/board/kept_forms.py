"""Kept forms: what somebody sent who was not signed in any more stands in the form again once they are. One rule for
all forms of the board, and nothing of it is done by itself."""

from collections.abc import Mapping

from starlette.responses import HTMLResponse, RedirectResponse, Response

from hotline.inbound.board_sign_in import token
from hotline.model.board import FORM_KEPT_FOR, KeptForm, Member
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.fill_in import filled_in
from hotline.web.board.forms import Sent

FIELD = "kept"  # of an address and of a form: which one
NEVER = frozenset(("password", "again"))
UNSEEN = ("seen_", "was_", "v_", "press", "kept", "sheet", "do", "takes", "side", "change")
LARGEST = 512 * 1024  # letters of one form


async def keep(asked: Asked, sent: Sent, path: str, action: str, about: Mapping[str, int]) -> str:
    """Keeps it for whoever signed in last in this browser, whose name it says; "" for nobody, and where it is too much.
    `path` is the page that it stands on; a file that was chosen is kept as the rows that stand in it."""
    fields = {name: value for name, value in sent.fields.items() if name not in NEVER}
    if sent.file and not fields.get("list"):
        fields["list"] = sent.file.decode("utf-8", "replace")
    if not asked.browser or sum(map(len, fields.values())) > LARGEST:
        return ""
    form = KeptForm(token(), "", path, action, fields, asked.now)
    need, record = about.get("need", 0), about.get("record", 0)
    turn, press = asked.board.sign_in.keep_form, fields.get("press", "")
    who = await asked.board.store.run(turn, asked.browser, form, press, need, record)
    return who.name if who else ""


async def landing(asked: Asked, who: Member) -> str:
    """Where somebody comes out who has just signed in: at the form that they sent last, "" for the overview."""
    forms = await _of(asked, who)
    return _path(forms[0]) if forms else ""


async def sent_again(asked: Asked) -> None:
    """A form that was kept is sent: whatever comes of it, its page says so."""
    if which := asked.typed(FIELD):
        await asked.board.store.run(lambda tx: tx.typed.drop_form(which, asked.me.key))


async def put_back(asked: Asked, answer: Response) -> Response:
    """The page with what was typed in its form, where its address says so."""
    which = asked.request.query_params.get(FIELD, "")
    forms = await _of(asked, asked.me) if which else []
    form = next((each for each in forms if each.token == which), None)
    if form is None:
        return answer
    if isinstance(answer, RedirectResponse):
        there, mark, at = answer.headers["location"].partition("#")
        answer.headers["location"] = f"{there}{'&' if '?' in there else '?'}{FIELD}={which}{mark}{at}"
    if not isinstance(answer, HTMLResponse):
        return answer
    page, action = bytes(answer.body).decode(), f"{asked.board.base}{form.action}"
    others = [(_path(each), asked.words.clock(each.at)) for each in forms if each.token != which]
    template = asked.board.templates.get_template("kept_form.html")
    told = {"w": asked.words, "board": asked.board, "at": asked.words.clock(form.at), "others": others}

    def notice(placed: frozenset[str] | None) -> str:
        left = _left(form.fields, placed or frozenset())
        return template.render(**told, has_form=placed is not None, left=left)

    filled = filled_in(page, action, form.fields, notice, which)
    return HTMLResponse(filled, answer.status_code, {k: v for k, v in answer.headers.items() if k != "content-length"})


async def _of(asked: Asked, who: Member) -> list[KeptForm]:
    if not asked.browser:
        return []
    return await board_lists.kept_forms(asked.board.store, asked.browser, who.key, asked.now - FORM_KEPT_FOR)


def _path(form: KeptForm) -> str:
    return f"{form.path}?{FIELD}={form.token}"


def _left(typed: Mapping[str, str], placed: frozenset[str]) -> list[str]:
    """What somebody typed that has no place on the page any more."""
    return [
        value
        for name, value in typed.items()
        if value not in ("", "yes") and name not in placed and not name.startswith(UNSEEN)
    ]
