"""Commands: what the groups of commands share, such as opening the database for one turn."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from hotline import settings
from hotline.channels.catalogue import languages
from hotline.community.model import Community
from hotline.community.reading import load
from hotline.model import phone_numbers
from hotline.storage import Store, open_store

T = TypeVar("T")
Chosen = argparse.Namespace


class Wrong(Exception):
    """What someone typed cannot be done: one sentence with the fix."""


def command(commands: Any, name: str, about: str, run: Callable[[Chosen], int | None]) -> argparse.ArgumentParser:
    """Adds one command to a list of them."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


def group(commands: Any, name: str, about: str) -> Any:
    """Adds a word that has commands of its own."""
    return commands.add_parser(name, help=about, description=about).add_subparsers(required=True, metavar="WHAT")


def listed(url: str, read: Callable[..., Awaitable[T]], *args: Any) -> T:
    """Reads one list of storage/lists.py from the database, and closes it."""
    return _with_store(url, lambda store: read(store, *args))


def in_store(url: str, turn: Callable[..., T], *args: Any) -> T:
    """Runs one turn on the database, and closes it."""

    return _with_store(url, lambda store: store.run(turn, *args))


def _with_store(url: str, use: Callable[[Store], Awaitable[T]]) -> T:
    async def run() -> T:
        store: Store = await open_store(url)
        try:
            return await use(store)
        finally:
            await store.close()

    return asyncio.run(run())


def community(file: Path) -> Community:
    return load(file, languages())


def demo_community() -> Community:
    """The neighborhood of the demo, for who has no file of their own yet."""
    with resources.as_file(resources.files("hotline").joinpath("demo.toml")) as file:
        return community(file)


def names(given: str, known: Sequence[str], option: str) -> tuple[str, ...]:
    """Names with commas between, all of them known."""
    chosen = tuple(name.strip() for name in given.split(",") if name.strip())
    for name in chosen or ("",):
        if name not in known:
            raise Wrong(f"{option}: there is no {name!r}; there are {', '.join(known)}")
    return chosen


def phone_given(given: str, country: str) -> str:
    """A telephone number of somebody in this country, in E.164."""
    wrong = phone_numbers.mistake(given, country)
    phone = phone_numbers.normalise(given, country) or ""
    if wrong:
        raise Wrong(wrong)
    if phone == settings.number():
        raise Wrong(f"{given!r} is the hotline's own number; write the number of the person")
    return phone
