"""The commands. `hotline --help` lists them; each says what it needs."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from hotline import settings
from hotline.community import CommunityError
from hotline.settings import SettingError
from hotline.storage import StoreDown

T = TypeVar("T")


class Wrong(Exception):
    """What someone typed cannot be done: one sentence with the fix."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it went well, 2 when a setting or an argument must be mended first."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except (SettingError, CommunityError, StoreDown, Wrong) as error:
        print(f"hotline: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hotline", description="A telephone hotline for mutual aid.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = _command(commands, "demo", "try everything on this machine, with five phones in the browser", _demo)
    demo.add_argument("--port", type=int, default=8000, help="where the page is (8000)")
    _command(commands, "serve", "answer texts and calls (settings: see .env.example)", _serve)
    _command(commands, "worker", "send texts and waves, beside a `serve` with WORKER=outside", _worker)
    _command(commands, "migrate", "bring the database up to date", _migrate)
    _volunteers(commands)
    _flows(commands)
    return parser


def _command(
    commands: Any, name: str, about: str, run: Callable[[argparse.Namespace], None]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


def _volunteers(commands: Any) -> None:
    inner = commands.add_parser("volunteers", help="who gives").add_subparsers(required=True, metavar="WHAT")
    add = _command(inner, "add", "someone gives from now on, or gives something else", _add_volunteer)
    add.add_argument("phone", help="their number, such as +12125550100")
    add.add_argument("--name", default="", help="the first name that neighbors are told")
    add.add_argument("--needs", required=True, help="what they give, such as food,ride")
    add.add_argument("--areas", required=True, help="where, such as north,downtown")
    add.add_argument("--language", default="", help="how they are spoken to (the community's first)")
    _command(inner, "list", "all who give", _list_volunteers)
    approve = _command(inner, "approve", "say yes to someone who signed up", _approve_volunteer)
    approve.add_argument("phone", help="their number")


def _flows(commands: Any) -> None:
    inner = commands.add_parser("flows", help="our conversations").add_subparsers(required=True, metavar="WHAT")
    show = _command(inner, "show", "print a conversation, as it is written and as it is heard", _show_flow)
    show.add_argument("name", nargs="?", default="intake", help="which one (intake)")
    show.add_argument("--language", default="en", help="in which language (en)")
    show.add_argument("--channel", choices=("text", "voice", "both"), default="both")


def _demo(chosen: argparse.Namespace) -> None:
    from hotline.demo import create_demo

    print(f"\n  Five phones are waiting: open http://127.0.0.1:{chosen.port}/ in a browser.\n  Ctrl+C ends the demo.\n")
    _listen(create_demo(chosen.port), "127.0.0.1", chosen.port, "WARNING")


def _serve(_: argparse.Namespace) -> None:
    from hotline.app import check, create_app

    here = settings.read()
    check(here)
    _listen(create_app(here), here.host, here.port, here.log_level)


def _listen(app: Any, host: str, port: int, level: str) -> None:
    import uvicorn

    _log(level)
    # One step of a call may be on its way when the machine stops: it is answered before the end.
    uvicorn.run(
        app, host=host, port=port, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10
    )


def _worker(_: argparse.Namespace) -> None:
    from hotline.app import check, run_worker

    here = settings.read()
    check(here)
    _log(here.log_level)
    asyncio.run(run_worker(here))


def _log(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("twilio").setLevel(logging.WARNING)  # at INFO it would write numbers and texts
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)


def _migrate(_: argparse.Namespace) -> None:
    url, _community = settings.database()
    asyncio.run(_with_store(url, lambda store: store.run(lambda tx: None)))
    print("The database is up to date.")


async def _with_store(url: str, work: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
    from hotline.storage import open_store

    store = await open_store(url)
    try:
        return await work(store)
    finally:
        await store.close()


def _add_volunteer(chosen: argparse.Namespace) -> None:
    import time

    from hotline import phones

    url, file = settings.database()
    community = _community(file)
    phone = phones.normalise(chosen.phone, community.country)
    if phone is None:
        raise Wrong(f"{chosen.phone!r} is no telephone number; write it with the area code, such as +12125550100")
    needs = _names(chosen.needs, community.needs_offered, "--needs")
    areas = _names(chosen.areas, tuple(community.areas), "--areas")
    language = _names(chosen.language or community.languages[0], community.languages, "--language")[0]

    def add(tx: Any) -> None:
        tx.introduce(phone, chosen.name, language, time.time())
        tx.enroll(phone, needs, areas, "active", time.time())

    asyncio.run(_with_store(url, lambda store: store.run(add)))
    print(f"{chosen.name or phone} gives {', '.join(needs)} in {', '.join(areas)}.")


def _list_volunteers(_: argparse.Namespace) -> None:
    from hotline.storage import Transaction

    url, _community = settings.database()
    people = asyncio.run(_with_store(url, lambda store: store.run(Transaction.volunteers)))
    for who in people:
        print(f"{who.phone}  {who.name or '-':<12} {who.status:<8} {who.language:<3} "
              f"{','.join(who.needs)}  {','.join(who.areas)}")  # fmt: skip
    print(f"{len(people)} in all.")


def _approve_volunteer(chosen: argparse.Namespace) -> None:
    from hotline import phones
    from hotline.storage import Transaction

    url, file = settings.database()
    phone = phones.normalise(chosen.phone, _community(file).country)
    if not asyncio.run(_with_store(url, lambda store: store.run(Transaction.approve, phone))):
        raise Wrong(f"nobody with the number {chosen.phone} waits for a yes; `hotline volunteers list` shows who does")
    print("Approved.")


def _show_flow(chosen: argparse.Namespace) -> None:
    from hotline.channels.script import script
    from hotline.flows import FLOWS

    if chosen.name not in FLOWS:
        raise Wrong(f"there is no conversation {chosen.name!r}; there are {', '.join(FLOWS)}")
    file = Path(settings.database()[1])
    community = _community(file) if file.is_file() else _demo_community()
    language = _names(chosen.language, community.languages, "--language")[0]
    print(script(FLOWS[chosen.name], language, community, chosen.channel))


def _community(file: Path) -> Any:
    from hotline.channels.catalogue import languages
    from hotline.community import load

    return load(file, languages())


def _demo_community() -> Any:
    from importlib import resources

    with resources.as_file(resources.files("hotline").joinpath("demo.toml")) as file:
        return _community(file)


def _names(given: str, known: Sequence[str], option: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in given.split(",") if name.strip())
    for name in names or ("",):
        if name not in known:
            raise Wrong(f"{option}: there is no {name!r}; there are {', '.join(known)}")
    return names
