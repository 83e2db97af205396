"""Words page: what a town says, changed in a browser, without JavaScript and from this machine alone."""

import asyncio
from collections.abc import Mapping
from itertools import groupby
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from hotline.app import Hotline
from hotline.channels import own_words
from hotline.channels.catalogue import MessagesError, languages, messages
from hotline.channels.lint.lint import check_said_here
from hotline.channels.lint.wording_list import Wording, conversations, listed, names_of
from hotline.community.editing import LABELLED, CannotAdd
from hotline.community.model import LONGEST_LABEL, LONGEST_NAME, Community, CommunityError
from hotline.demo.workbench import Told, Workbench
from hotline.model.sanitize import clean
from hotline.simulator.exchange import Exchange
from hotline.web.board.door import is_from_here
from hotline.web.templates import environment

AT = "/simulator/words"
LARGEST = 64 * 1024  # bytes of a form
MOST = 24  # wordings that are shown of those that were looked for
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
CHANGED = {
    "say": "It is said so from now on: the next text and the next step of a call.",
    "community": "The hotline started again with that; what is on record stayed.",
    "later": "That counts from the next beginning: the story that is on keeps its own languages and names.",
    "undo": "The last change is taken back.",
    "reset": "All is said as in the beginning. Undo takes that back, too.",
    "same": "Nothing was different.",
}
Form = Mapping[str, str]


class Place(Protocol):
    """The town whose words these are."""

    workbench: Workbench
    hotline: Hotline
    exchange: Exchange
    player: Any

    async def changed(self, before: Told) -> None: ...


class WordsPage:
    """The page's endpoints for one town."""

    def __init__(self, town: Place) -> None:
        self.town = town

    def routes(self) -> list[Route]:
        """At "/simulator/words"."""
        return [
            Route(AT, self.page),
            Route(f"{AT}/find", self.find, methods=["POST"]),
            Route(f"{AT}/say", self.say, methods=["POST"]),
            Route(f"{AT}/community", self.community, methods=["POST"]),
            Route(f"{AT}/undo", self.undo, methods=["POST"]),
            Route(f"{AT}/reset", self.reset, methods=["POST"]),
            Route(f"{AT}/words.toml", self.words_file),
            Route(f"{AT}/community.toml", self.community_file),
        ]

    @property
    def here(self) -> Community:
        return self.town.hotline.catalogue.community

    async def page(self, request: Request) -> Response:
        """One conversation in one language, the wordings of one text, or where to begin."""
        asked = request.query_params
        said, language = asked.get("said", ""), self._language(asked.get("language", ""))
        found: dict[str, list[Wording]] = {}
        body = next((text.body for text in self.town.exchange.texts if text.sid == asked.get("text")), "")
        if body:
            found = self._found(body)
        elif part := asked.get("part", ""):
            found = {language: list(listed(language, self.here, part))}
        doubts = await self._doubts(language, said) if said else ()
        told = CHANGED.get(asked.get("did", ""), "")
        return self._shown(found, language, asked.get("part", ""), sought=body, told=told, said=said, doubts=doubts)

    async def find(self, request: Request) -> Response:
        """Wordings that somebody looks for; what they type stands in no address."""
        if (form := await _form(request)) is None:
            return _refused()
        words = form.get("words", "")
        return self._shown(self._found(words), self._language(""), sought=words)

    async def say(self, request: Request) -> Response:
        """One wording is said otherwise."""
        if (form := await _form(request)) is None:
            return _refused()
        language, name = self._language(form.get("language", "")), form.get("name", "")
        path, before = tuple(name.split(".")), self.town.workbench.now
        words = "" if "shipped" in form else form.get("words", "")
        try:
            self.town.workbench.say(language, path, words)
        except MessagesError as error:
            if own_words.shipped_at(language, path) is None:
                return self._shown({}, language, refused=error.all)
            found = {language: list(listed(language, self.here, path[0]))}
            typed = {name: words} if words else {}
            return self._shown(found, language, path[0], said=name, wrong=error.all, typed=typed)
        await self.town.changed(before)
        return _to(before, self.town.workbench.now, "say", language=language, part=path[0], said=name)

    async def community(self, request: Request) -> Response:
        """Its name, its languages and what its needs and areas are called."""
        if (form := await _form(request)) is None:
            return _refused()
        spoken = [each for each in self._languages() if form.get(f"speaks.{each}")]
        first = form.get("first", "")
        spoken.sort(key=lambda each: each != first)
        labels: dict[tuple[str, str], dict[str, str]] = {}
        for field, words in form.items():
            part, _, rest = field.partition(".")
            topic, _, language = rest.partition(".")
            if part in LABELLED and language:
                labels.setdefault((part, topic), {})[language] = words
        before = self.town.workbench.now
        try:
            self.town.workbench.be(form.get("name", ""), spoken or [first], labels)
        except (CommunityError, CannotAdd) as error:
            wrong = error.all if isinstance(error, CommunityError) else (str(error),)
            return self._shown({}, self._language(""), refused=wrong)
        await self.town.changed(before)
        return _to(before, self.town.workbench.now, "later" if self.town.player else "community")

    async def undo(self, request: Request) -> Response:
        """The last change is taken back."""
        return await self._back(request, "undo")

    async def reset(self, request: Request) -> Response:
        """All of them are."""
        return await self._back(request, "reset")

    async def _back(self, request: Request, what: str) -> Response:
        if await _form(request) is None:
            return _refused()
        before = self.town.workbench.now
        getattr(self.town.workbench, what)()
        await self.town.changed(before)
        return _to(before, self.town.workbench.now, what)

    async def words_file(self, _: Request) -> Response:
        """`words.toml`, to lie beside the community file."""
        return _file("words.toml", self.town.workbench.words_lines())

    async def community_file(self, _: Request) -> Response:
        """The community file with what was changed."""
        return _file("community.toml", self.town.workbench.now.community)

    def _languages(self) -> list[str]:
        """Those that are spoken, then all others."""
        spoken = self.town.workbench.now.table["languages"]
        return [*spoken, *(each for each in languages() if each not in spoken)]

    def _language(self, wanted: str) -> str:
        return wanted if wanted in languages() else self.here.languages[0]

    def _found(self, words: str) -> dict[str, list[Wording]]:
        """In each language that is spoken; a text is in one of them."""
        found = {}
        for language in self.here.languages:
            if names := names_of(language, words)[:MOST]:
                known = {each.name: each for each in listed(language, self.here)}
                found[language] = [known[name] for name in names]
        return found

    async def _doubts(self, language: str, name: str) -> tuple[str, ...]:
        """What `hotline check` says of it. The first look of all takes seconds: it is taken beside everything else."""
        key = ".".join(name.split(".")[:2])
        found = await asyncio.to_thread(lambda: list(check_said_here(language, {key}, self.here)))
        return tuple(dict.fromkeys(f"{each.wrong}; {each.fix}" for each in found))

    def _shown(self, found: Mapping[str, list[Wording]], language: str, part: str = "", **told: Any) -> Response:
        workbench, table = self.town.workbench, self.town.workbench.now.table
        shown: dict[str, Any] = {
            "sought": "",
            "told": "",
            "said": "",
            "doubts": (),
            "wrong": (),
            "typed": {},
            "refused": (),
        }
        shown |= {
            "at": AT,
            "language": language,
            "part": part,
            "found": {one: _by_key(wordings) for one, wordings in found.items()},
            "parts": conversations(language),
            "languages": {each: str(messages(each)["name"]) for each in self._languages()},
            "voices": {each: str(messages(each)["voice_language"]) for each in languages()},
            "spoken": table["languages"],
            "here": self.here.languages,
            "name": table["name"],
            "topics": [(kind, topic, table[kind][topic]) for kind in LABELLED for topic in table[kind]],
            "own": list(own_words.names(workbench.now.own)),
            "workbench": workbench,
            "story": self.town.player,
            "longest": (LONGEST_NAME, LONGEST_LABEL),
            **told,
        }
        return HTMLResponse(environment("demo/templates").get_template("words.html").render(shown), headers=HEADERS)


def _by_key(found: list[Wording]) -> list[tuple[str, list[Wording]]]:
    return [(key, list(wordings)) for key, wordings in groupby(found, key=lambda each: each.key.partition("/")[0])]


async def _form(request: Request) -> Form | None:
    """What was typed into a page of ours; None for what another web page sent, or more than anybody types."""
    if not is_from_here(request.headers, f"{request.url.scheme}://{request.url.netloc}"):
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=2000)
    return {name: clean(value).replace("\r\n", "\n").strip() for name, value in fields}


def _refused() -> Response:
    return PlainTextResponse("This can be changed from its own page only.\n", 403)


def _to(before: Told, now: Told, did: str, **where: str) -> Response:
    """Back to the page, at the wording that was changed."""
    asked = urlencode({**where, "did": did if before != now else "same"})
    at = f"#{where['language']}.{where['said']}" if where else "#top"
    return RedirectResponse(f"{AT}?{asked}{at}", 303, HEADERS)


def _file(name: str, content: str) -> Response:
    return PlainTextResponse(content, headers=HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'})
