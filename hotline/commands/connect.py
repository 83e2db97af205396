"""Commands `connect`, `disconnect` and `fallback`: where the carrier finds us, and what it says while it does not."""

import asyncio
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any
from urllib.parse import urlsplit

from hotline import settings
from hotline.carriers.api import CarrierError, Connection, Pointer
from hotline.carriers.provider import provider
from hotline.channels import away
from hotline.channels.catalogue import Catalogue
from hotline.commands import Chosen, Wrong, command, community, group, phone_given
from hotline.settings import ANDROID, Settings

SECONDS = 15.0  # that a static host may take to answer
XML = re.compile(r"(text|application)/xml")
SOUNDS = (".mp3", ".wav")


def add(commands: Any) -> None:
    _connecting(commands, lambda here: None)
    account = group(commands, "twilio", "the same for Twilio and those that speak its API")
    _connecting(account, _must_have_an_account)
    made = command(commands, "fallback", "write what callers hear while this machine is down, for a static host", _made)
    made.add_argument("folder", type=Path, help="a new folder; put what is in it on any static host")
    made.add_argument("--person", default="", metavar="PHONE", help="who is called meanwhile, such as +12125550199")
    made.add_argument("--sound", type=Path, help="an mp3 or wav file that says it in your own voice")


def _connecting(commands: Any, may: Callable[[Settings], None]) -> None:
    new = command(
        commands, "connect", "tell the carrier where it finds this hotline", lambda chosen: _connect(chosen, may)
    )
    new.add_argument("--force", action="store_true", help="take over what points somewhere else")
    new.add_argument("--fallback", default="", metavar="URL", help="where a static host has what `fallback` wrote")
    old = command(
        commands, "disconnect", "take back what `connect` told the carrier", lambda chosen: _disconnect(chosen, may)
    )
    for each in (new, old):
        each.add_argument("--yes", action="store_true", help="do it without asking")


def _must_have_an_account(here: Settings) -> None:
    if here.carrier == ANDROID:
        raise Wrong(f"CARRIER={ANDROID} has no account at a provider; write `hotline connect`")


def _connect(chosen: Chosen, may: Callable[[Settings], None]) -> int:
    here = settings.read()
    may(here)
    fallback = chosen.fallback.rstrip("/")
    if fallback:
        _look_at(fallback)
    base = here.public_url.rstrip("/")
    return asyncio.run(_change(here, base, fallback, lambda found: _taken_over(found, base, chosen.force), chosen.yes))


def _disconnect(chosen: Chosen, may: Callable[[Settings], None]) -> int:
    here = settings.read()
    may(here)
    base = here.public_url.rstrip("/")
    ours = partial(_is_ours, base=base)
    return asyncio.run(_change(here, "", "", lambda found: list(filter(ours, found)), chosen.yes))


async def _change(
    here: Settings, base: str, fallback: str, which: Callable[[list[Pointer]], Sequence[Pointer]], sure: bool
) -> int:
    """Shows what would change, and changes it once somebody says so."""
    country = community(Path(here.community_file)).country
    connection: Connection = provider(here, country, time.time).connection()
    try:
        found = await connection.pointers(base, fallback)
        wanted = [each for each in which(found) if not each.is_right]
        _show(found, wanted)
        if not wanted:
            print("Nothing is to be changed.")
            return 0
        if not (sure or _says_yes()):
            print("Nothing was changed.")
            return 1
        await connection.point(wanted)
    except CarrierError as error:
        raise Wrong(f"it could not be asked ({error.told}). `hotline doctor` says what is wrong") from None
    finally:
        await connection.close()
    print("Done." if base else "Done. Nothing reaches this hotline any more.")
    return 0


def _taken_over(found: Iterable[Pointer], base: str, force: bool) -> list[Pointer]:
    """What is to be ours. What points elsewhere may be another program's, which would hear nothing any more."""
    wanted = [each for each in found if each.wanted]
    theirs = [each for each in wanted if each.now and not each.is_right and not _is_ours(each, base)]
    if theirs and not force:
        _show(wanted, wanted)
        named = ", ".join(each.what for each in theirs)
        raise Wrong(
            f"another name than {urlsplit(base).hostname} stands there: {named}. If it was this hotline's, or nobody "
            "needs it any more, add --force"
        )
    return wanted


def _is_ours(each: Pointer, base: str) -> bool:
    """Whether it leads to our own name, with or without a lock, by whatever port and path it did before."""
    return bool(each.now) and urlsplit(each.now.split()[-1]).hostname == urlsplit(base).hostname


def _show(found: Iterable[Pointer], changed: Sequence[Pointer]) -> None:
    for each in found:
        print(f"{each.what}\n    now:  {each.now or 'nothing'}")
        if each in changed and not each.is_right:
            print(f"    then: {each.wanted or 'nothing'}")


def _says_yes() -> bool:
    if not sys.stdin.isatty():
        print("Add --yes to change it.")
        return False
    return input("Change it? Type yes: ").strip().casefold() in ("yes", "y")


def _look_at(fallback: str) -> None:
    """Whether the static host answers as the carrier will ask it: by GET, with the right type."""
    for name in (away.CALLS, away.TEXTS):
        try:
            with urllib.request.urlopen(f"{fallback}/{name}", timeout=SECONDS) as answer:
                kind, said = answer.headers.get_content_type(), answer.read(away.LARGEST)
        except (urllib.error.URLError, OSError, ValueError) as error:
            raise Wrong(
                f"--fallback: {fallback}/{name} does not answer ({error}); upload what `fallback` wrote"
            ) from None
        if not XML.fullmatch(kind) or b"<Response>" not in said:
            raise Wrong(f"--fallback: {fallback}/{name} comes as {kind}; it must be text/xml, as `fallback` wrote it")


def _made(chosen: Chosen) -> None:
    here = community(settings.database()[1])
    if chosen.folder.exists():
        raise Wrong(f"{chosen.folder} is there already; name a new folder")
    if chosen.sound and (chosen.sound.suffix.lower() not in SOUNDS or not chosen.sound.is_file()):
        raise Wrong(f"--sound: {chosen.sound} is no mp3 or wav file")
    person = phone_given(chosen.person, here.country) if chosen.person else ""
    sound = f"away{chosen.sound.suffix.lower()}" if chosen.sound else ""
    chosen.folder.mkdir(parents=True)
    if chosen.sound:
        copyfile(chosen.sound, chosen.folder / sound)
    for name, document in away.documents(Catalogue(here), person, sound).items():
        (chosen.folder / name).write_text(document, "utf-8")
    print(f"Written to {chosen.folder}. Put what is in it on a static host, then tell the carrier where:")
    print("hotline connect --fallback https://static.example.org/hotline")
