"""Five hundred hostile texts through every field of the board, and by text onto it: none runs, none breaks a page."""

import asyncio
import random
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from hotline.model.sanitize import clean
from hotline.storage import Transaction
from tests.board.visitor import ANA, HERE, NEED, Page, asks_for_food, team

SCRIPTS = (
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus=alert(1) autofocus '",
    "{{ 77 * 99 }}",
    "{% include 'layout.html' %}",
    "{0.__class__.__mro__}",
    "{name}",
    "%(name)s",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "<form action=//evil.example.net><input name=code>",
    "<base href=//evil.example.net>",
    "<meta http-equiv=refresh content=0>",
    "<style>*{display:none}</style>",
)
OTHERS = (
    "=1+1", "+1-1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1:A9)", "\t=1+1",
    "\u202e\u2066txet\u2069\u202c", "\u200f\u200e\u061c", "\u0000\u0007\u001b[31m", "🫠🏳️‍🌈👩‍👩‍👧‍👦",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L", "ﷺ" * 40, "مرحبا بكم", "你好", "x" * 1600, "long" * 400, "W" * 300 + " " + "i" * 300,
    "'; DROP TABLE needs; --", "../../etc/passwd", "\r\nSet-Cookie: a=b", "https://evil.example.net/?" + "q" * 500,
)  # fmt: skip
PATHS = (
    "/sign-in/code",
    "/sign-in",
    "/tray",
    "/day",
    "/handover",
    "/intake",
    "/people",
    "/people/1",
    "/people/message",
    "/words",
    "/flows",
)
SPARE = frozenset(("press", "side", "here", "language", "from", "outcome", "part", "takes", "misread", "was_due"))


def hostile(many: int) -> Iterator[str]:
    """The same ones at each run: pieces of the worst, put together."""
    lot = random.Random(17)
    for place in range(many):
        pieces = [lot.choice(SCRIPTS), lot.choice(OTHERS), lot.choice((*SCRIPTS, *OTHERS))]
        lot.shuffle(pieces)
        yield f"{place} " + lot.choice(("", " ", "\n")).join(pieces)


def is_whole(page: Page) -> None:
    """It is our page, to its end, with nothing in it that we did not put there."""
    assert page.status in (200, 400, 404, 409, 429), (page.status, page.path)
    assert page.body.rstrip().endswith("</html>")
    assert page.tags.count("main") == 1
    assert (
        page.tags.count("script")
        == len(re.findall(r'<script src="/board/static/(?:live|intake)\.js\?', page.body))
        <= 1
    )
    assert not {"img", "svg", "iframe", "base", "style", "object"} & set(page.tags)
    assert all(form.action.startswith("/board") for form in page.forms)
    assert "alert(1)>" not in page.body.replace("alert(1)&gt;", "")
    assert "7623" not in page.body  # what a template would make of 77 * 99


def test_every_field_of_every_form(tmp_path: Path) -> None:
    texts = hostile(500)

    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            sent = 0
            await rosa.get("/people")
            for path in (*PATHS, f"/need/{NEED}"):
                page = await rosa.get(path)
                forms = [
                    each for each in page.forms if not each.action.endswith(("/sign-out", "/close", "/demo", "/export"))
                ]
                for form in forms:
                    for name in form.fields:
                        if name in SPARE or name.startswith("seen_"):
                            continue
                        words = next(texts)
                        fields = {**form.fields, "press": words[:30], name: words}
                        found = await rosa.ask(
                            form.method.upper(), form.action, fields, {"Sec-Fetch-Site": "same-origin"}
                        )
                        is_whole(found)
                        sent += 1
            for odd in ("seen_state", "seen_details", "side", "was_due", "who", "from"):
                is_whole(await rosa.post(f"/need/{NEED}/do/assign", {"name": "Ben", odd: next(hostile(1))}))
                is_whole(await rosa.post(f"/need/{NEED}/do/change", {"what": "food", "area": "north", odd: "<b>"}))
            for words in texts:  # the rest as notes, which stay and are shown
                note = {"words": words, "press": str(sent)}
                found = await rosa.ask("POST", f"/board/need/{NEED}/do/note", note, HERE, follow=False)
                assert found.status == 303
                sent += 1
            assert sent > 480
            page = await rosa.get(f"/need/{NEED}")
            is_whole(page)
            assert unescape(page.body).count("<script>alert(1)</script>") > 50  # as words, nothing more

    asyncio.run(run())


def test_what_neighbors_write(tmp_path: Path) -> None:
    async def run() -> None:
        async with team(tmp_path) as (rosa, _):
            place = rosa.place
            for count, words in enumerate(hostile(60)):
                asked = await place.hotline.store.run(asks, f"+1212555{2000 + count}", clean(words), place.clock.now)
                page = await rosa.get(f"/need/{asked}")
                is_whole(page)
            for path in ("", "/tray", "/column/new", "/trail"):
                is_whole(await rosa.get(path))

    asyncio.run(run())


def asks(tx: Transaction, phone: str, words: str, now: float) -> int:
    number = asks_for_food(tx, now, phone, words)
    tx.people.introduce(phone, words[:60], "en", now)
    tx.flags.add("message", phone, words, number, now)
    tx.relays.keep(number, phone, ANA, words, now)
    return number
