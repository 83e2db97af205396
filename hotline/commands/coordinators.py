"""Commands `coordinators add` and `list`: who is texted when somebody must look, and may text orders back."""

import os
import re
import unicodedata
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, command, community, group, phone_given
from hotline.community.model import CommunityError

EXAMPLE = "--name Rosa"


def add(commands: Any) -> None:
    coordinators = group(commands, "coordinators", "who is texted when somebody must look")
    new = command(coordinators, "add", "someone coordinates from now on; restart the hotline afterwards", _add)
    new.add_argument("phone", help="their number, such as +12125550199")
    new.add_argument("--name", required=True, help="their first name; neighbors never see it")
    command(coordinators, "list", "all who coordinate", _list)


def _add(chosen: Chosen) -> None:
    file = settings.database()[1]
    here = community(file)
    phone, key = phone_given(chosen.phone, here.country), _key(chosen.name)
    if here.is_coordinator(phone):
        raise Wrong(f"{chosen.phone} coordinates already; `hotline coordinators list` shows who does")
    if key in here.coordinators:
        raise Wrong(f"there is a coordinator {key} already; give another name, such as --name {chosen.name}B")
    _append(file, f'[coordinators.{key}]\nphone = "{phone}"\n', key, phone)
    print(f"{chosen.name} coordinates from now on. Restart the hotline, so that it knows.")


def _append(file: Path, lines: str, key: str, phone: str) -> None:
    """At the end, as a person would write it; the file is replaced only by one that reads as it should."""
    before = file.read_bytes().decode("utf-8-sig")
    whole = file.with_name(file.name + ".new")
    whole.write_bytes((before.rstrip("\r\n") + "\n\n" + lines).encode())
    try:
        found = community(whole).coordinators
    except CommunityError as error:
        whole.unlink()
        raise Wrong(f"{file} cannot be added to; write there by hand: {lines.strip()!r} ({error})") from None
    if found.get(key) != phone:
        whole.unlink()
        raise Wrong(f"{file} cannot be added to; write there by hand: {lines.strip()!r}")
    whole.chmod(file.stat().st_mode)
    os.replace(whole, file)


def _key(name: str) -> str:
    """A name as the file's keys are written: small plain letters."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    key = re.sub(r"[^a-z0-9]+", "_", "".join(letter for letter in flat if not unicodedata.combining(letter))).strip("_")
    if not key:
        raise Wrong(f"--name: {name!r} has no letters that a key can be made of; write it in plain letters, {EXAMPLE}")
    return key


def _list(_: Chosen) -> None:
    found = community(settings.database()[1]).coordinators
    for key, phone in found.items():
        print(f"{phone}  {key}")
    print(f"{len(found)} in all.")
