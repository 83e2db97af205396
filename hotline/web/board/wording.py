"""Pages of what is said: every wording in each language, with its segments and as it is heard, and any conversation as
texts and as a call."""

import asyncio

from starlette.responses import Response

from hotline.channels.catalogue import Catalogue
from hotline.channels.flow_printout import Printed, conversations, printed
from hotline.channels.lint.wording_list import conversations as parts_of
from hotline.channels.lint.wording_list import names_of
from hotline.channels.print.card import direction
from hotline.model.board import Role
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page

FIRST_PART, FIRST_FLOW = "hello", "intake"
MOST_FOUND = 40
OF_A_PAGE = 150


async def show_words(asked: Asked) -> Response:
    """One part of the message file, or what somebody looks for: by a name, by words, or by a text as it was read."""
    query = asked.request.query_params
    language, sought = _language(asked), query.get("find", "")[:400]
    everything = await asked.board.said_here.of(language)
    parts = parts_of(language)
    part = query.get("part", "")
    part = part if part in parts else FIRST_PART
    if sought:
        named = names_of(language, sought)[:MOST_FOUND]
        by_name = {each.name: each for each in everything}
        shown = [by_name[name] for name in named]
    else:
        shown = [each for each in everything if each.conversation == part]
    begins = asked.skipped(OF_A_PAGE)
    return asked.page(
        "words.html",
        200,
        **_languages(asked, language),
        **asked.around(more=len(shown) > begins + OF_A_PAGE),
        parts=parts,
        part=part,
        sought=sought,
        shown=shown[begins : begins + OF_A_PAGE],
    )


async def show_flow(asked: Asked) -> Response:
    name, language = asked.request.query_params.get("name", ""), _language(asked)
    name = name if name in conversations() else FIRST_FLOW
    steps = await asyncio.to_thread(_steps, name, language, asked.board.catalogue)
    return asked.page("flow.html", 200, **_languages(asked, language), names=conversations(), name=name, steps=steps)


def _language(asked: Asked) -> str:
    """That of the address if the community speaks it, else its first."""
    return asked.board.catalogue.speaks(asked.request.query_params.get("language", ""))


def _languages(asked: Asked, chosen: str) -> dict[str, object]:
    spoken = asked.board.catalogue.community.languages
    return {"languages": {each: asked.words.label(each) for each in spoken}, "chosen": chosen, "way": direction(chosen)}


def _steps(name: str, language: str, catalogue: Catalogue) -> tuple[Printed, ...]:
    return tuple(printed(name, language, catalogue.community))


PAGES = (
    Page("/words", show_words, role=Role.KEEPER),
    Page("/flows", show_flow),
)
