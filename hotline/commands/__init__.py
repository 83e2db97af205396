"""Commands: what the groups of commands share, such as opening the database for one turn."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, tzinfo
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from hotline import settings
from hotline.channels import own_words
from hotline.channels.catalogue import languages
from hotline.community.model import Community, CommunityError
from hotline.community.reading import load
from hotline.model import phone_numbers
from hotline.storage import NoDatabase, Store, open_store

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
    """Adds a word that has commands of its own; alone it says which."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)

    def tell(_: Chosen) -> int:
        parser.print_help(sys.stderr)
        return 2

    parser.set_defaults(run=tell)
    return parser.add_subparsers(metavar="WHAT")


def listed(url: str, read: Callable[..., Awaitable[T]], *args: Any) -> T:
    """Reads one list of storage/lists.py from the database, and closes it."""
    return _with_store(url, lambda store: read(store, *args))


def in_store(url: str, turn: Callable[..., T], *args: Any, create: bool = False) -> T:
    """Runs one turn on the database, and closes it. Only with `create` is one made where there is none: a command in
    the wrong folder must not find everything empty."""
    return _with_store(url, lambda store: store.run(turn, *args), create)


def _with_store(url: str, use: Callable[[Store], Awaitable[T]], create: bool = False) -> T:
    async def run() -> T:
        try:
            store: Store = await open_store(url, create=create)
        except NoDatabase as where:
            raise Wrong(no_hotline(str(where))) from None
        try:
            return await use(store)
        finally:
            await store.close()

    return asyncio.run(run())


def no_hotline(where: str) -> str:
    """The sentence for a command in the wrong folder."""
    return (
        f"there is no hotline here: {where} was looked for from {Path.cwd()}; go to the hotline's folder with cd, or "
        "make a new one with `hotline init`"
    )


def told(words: str) -> None:
    """What is said when all went well: to somebody who looks on, and to no letter from cron."""
    if sys.stdout.isatty():
        print(words)


def clock() -> Callable[[float], str]:
    """How a time (UTC seconds) is shown: on the community's clocks; where its file cannot be read, in UTC."""
    try:
        zone: tzinfo = community(settings.database()[1]).rules.timezone
    except CommunityError:
        zone = UTC
    return lambda at: f"{datetime.fromtimestamp(at, zone):%d %b %H:%M}" + (" UTC" if zone is UTC else "")


def community(file: Path) -> Community:
    """The community of that file; what it says in its own words is said so from now on."""
    found = load(file, languages())
    own_words.use(own_words.beside(file))
    return found


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
