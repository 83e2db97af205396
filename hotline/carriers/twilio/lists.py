"""Lists of the provider: page after page, newest first, with an end to it in time and in pages."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

from hotline.carriers.api import CarrierError, Reaction

PAGE = 50  # entries; of the longest texts that is half as much as we read of one answer
MOST_PAGES = 400
SECONDS = 60.0  # for a whole list

Entry = Mapping[str, Any]
Ask = Callable[[str, Mapping[str, Any]], Awaitable[str]]


@dataclass(frozen=True)
class Entries:
    """What was read of a list, newest first. `whole` says that it was read to its end, and all of it made sense: only
    then something that is not among them is not there."""

    found: list[Entry]
    whole: bool


async def read_list(ask: Ask, base: str, path: str, name: str, wanted: Mapping[str, Any]) -> Entries:
    """Reads a list, whose entries stand under `name`. Raises CarrierError when nothing can be read.

    `base` is the address of the API, `path` what stands behind it; `ask` sends one request. A list that has no end, or
    goes round in circles, ends at a limit, and so does a slow one.
    """
    found: list[Entry] = []
    seen: set[str] = set()
    whole = True
    try:
        async with asyncio.timeout(SECONDS):
            page = _page(await ask(base + path, {**wanted, "PageSize": PAGE}), name)
            while True:
                entries = [entry for entry in page[name] if _is_entry(entry)]
                whole = whole and len(entries) == len(page[name])
                found += entries
                url = next_address(page.get("next_page_uri"), base)
                if not url:
                    return Entries(found, whole)
                if url in seen or len(seen) >= MOST_PAGES:
                    break
                seen.add(url)
                page = _page(await ask(url, {}), name)
    except (CarrierError, TimeoutError, aiohttp.ClientError, OSError):
        if not found:
            raise
    return Entries(found, whole=False)


def _page(answer: str, name: str) -> dict[str, Any]:
    """One page. Anything but a list of that name is no list, and no proof that something is missing in it."""
    try:
        page = json.loads(answer)
    except (ValueError, RecursionError):
        page = None
    if not isinstance(page, dict) or not isinstance(page.get(name), list):
        raise CarrierError(Reaction.UNKNOWN, "no list")
    return page


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and is_id(entry.get("sid"))


def is_id(said: object) -> bool:
    """Whether that can be an id of the provider's: whatever it looks like, it is one word."""
    return isinstance(said, str) and 0 < len(said) < 100 and said.isprintable() and " " not in said


def next_address(said: object, base: str) -> str:
    """Where the list goes on; "" where it ends. Some providers name the path as it stands behind the API's address,
    others the whole. Elsewhere it does not go on: the account's token goes with the request."""
    if not isinstance(said, str) or not said:
        return ""
    home = urlsplit(base)
    behind = said.startswith("/") and not said.startswith((f"{home.path}/", "//"))
    url = base + said if behind else urljoin(base, said)
    if urlsplit(url)[:2] != home[:2]:
        raise CarrierError(Reaction.UNKNOWN, "a list that goes on elsewhere")
    return url
