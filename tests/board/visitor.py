"""A visitor of the board: follows links, fills in the forms that a page has, and keeps cookies, as a browser does."""

import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar

from hotline.model.people import Volunteer
from hotline.storage import Transaction
from tests.world import COMMUNITY, FIRST_ROW, World, world

ROSA, LUZ, ANA = "+12125550199", "+12125550198", "+12125550111"
BEN, CHO = "+12125550113", "+12125550114"
TEAM = COMMUNITY + f'keeper = true\n[coordinators.luz]\nphone = "{LUZ}"\n'
HERE = {"Sec-Fetch-Site": "same-origin"}
CODE = re.compile(r"\b(\d{4}) (\d{4})\b")
NEED = FIRST_ROW


class Form:
    """A form of a page: where it goes, and what stands in it."""

    def __init__(self, action: str, method: str) -> None:
        self.action, self.method = action, method
        self.fields: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}


class Page(HTMLParser):
    """A page that came: its forms, its words, and its tags."""

    def __init__(self, status: int, path: str, body: str, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.status, self.path, self.body, self.headers = status, path, body, headers
        self.forms: list[Form] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self._select, self._text = "", ""
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", ""), told.get("method", "get")))
        if not self.forms:
            return
        form, name = self.forms[-1], told.get("name", "")
        if tag == "input" and name:
            if told.get("type") in ("radio", "checkbox"):
                form.choices.setdefault(name, []).append(told["value"])
                if "checked" in told:
                    form.fields[name] = told["value"]
            else:
                form.fields[name] = told.get("value", "")
        elif tag == "textarea":
            self._text, form.fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(told.get("value", ""))
            if "selected" in told or self._select not in form.fields:
                form.fields[self._select] = told.get("value", "")
        elif tag == "button" and name:
            form.choices.setdefault(name, []).append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea" and self._text:
            fields = self.forms[-1].fields
            fields[self._text] = fields[self._text].removeprefix("\n")  # as browsers do
            self._text = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._text:
            self.forms[-1].fields[self._text] += data

    @property
    def said(self) -> str:
        """All words of the page."""
        return " ".join(" ".join(self.words).split())

    def form(self, end: str) -> Form:
        return next(each for each in self.forms if each.action.endswith(end))


class Visitor:
    """One browser."""

    def __init__(self, place: World, http: ClientSession) -> None:
        self.place, self.http = place, http
        self.page = Page(0, "", "", {})

    async def get(self, path: str = "", **headers: str) -> Page:
        return await self.ask("GET", f"/board{path}", None, headers)

    async def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Page:
        return await self.ask("POST", f"/board{path}", fields or {}, {**HERE, **headers})

    async def ask(
        self, method: str, path: str, fields: Mapping[str, str] | None, headers: Mapping[str, str], follow: bool = True
    ) -> Page:
        url = self.place.exchange.public_url + path
        asking = self.http.request(method, url, data=fields, headers=headers, allow_redirects=follow)
        async with asking as response:
            body = await response.text()
            self.page = Page(response.status, str(response.url.relative()), body, response.headers)
        return self.page

    async def press(self, end: str, **fields: str) -> Page:
        """Sends the form of the page whose address ends so, with what stands in it and these fields."""
        form = self.page.form(end)
        sent = {**form.fields, **fields}
        return await self.ask(form.method.upper(), form.action, sent, HERE)

    async def sign_in(self, phone: str = ROSA) -> Page:
        """With the code that came by text."""
        await self.get("/sign-in")
        await self.press("/sign-in", phone=phone)
        return await self.press("/code", code=await self.code(phone))

    async def code(self, phone: str = ROSA) -> str:
        """The newest code that came to that telephone."""
        await self.place.settle()
        inbox = self.place.exchange.handset(phone).inbox
        return next("".join(found.groups()) for text in reversed(inbox) if (found := CODE.search(text.body)))


@contextlib.asynccontextmanager
async def visitors(folder: Path, many: int = 1, community: str = TEAM, **settings: Any) -> AsyncIterator[list[Visitor]]:
    """A hotline with so many browsers before its board; nobody is signed in."""
    async with world(folder, community, **settings) as place, contextlib.AsyncExitStack() as stack:
        for phone, name in ((ROSA, "Rosa"), (LUZ, "Luz"), (ANA, "Ana"), (BEN, "Ben"), (CHO, "Cho")):
            place.exchange.handset(phone, name)
        sessions = [ClientSession(cookie_jar=CookieJar(unsafe=True)) for _ in range(many)]
        for session in sessions:
            await stack.enter_async_context(session)
        yield [Visitor(place, session) for session in sessions]


@contextlib.asynccontextmanager
async def team(folder: Path, **settings: Any) -> AsyncIterator[tuple[Visitor, Visitor]]:
    """Rosa, a keeper, and Luz, both signed in; Ben and Cho give food, and Ana asked for some: request 101."""
    async with visitors(folder, 2, **settings) as (rosa, luz):
        for phone, name in ((BEN, "Ben"), (CHO, "Cho")):
            await rosa.place.add_volunteer(Volunteer(phone, name, ("food",), ("north",), "en"))
        await rosa.place.hotline.store.run(asks_for_food, rosa.place.clock.now)
        await rosa.place.settle()
        await rosa.sign_in(ROSA)
        await luz.sign_in(LUZ)
        yield rosa, luz


def asks_for_food(tx: Transaction, now: float, phone: str = ANA, details: str = "4 Elm Street") -> int:
    """A request that was sent; its number."""
    tx.people.introduce(phone, "Ana Maria", "en", now)
    number = tx.needs.draft(phone, "food please", now)
    fields = {"what": "food", "area": "north", "details": details, "recording": "", "callback": ""}
    tx.needs.record(number, fields, now)
    return number
