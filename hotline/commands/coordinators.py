"""Commands `coordinators add` and `list`: who is texted when somebody must look, and may text orders back."""

from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, command, community, group, phone_given
from hotline.community.editing import CannotAdd, add_coordinator, key_of

EXAMPLE = "--name Rosa"


def add(commands: Any) -> None:
    coordinators = group(commands, "coordinators", "who is texted when somebody must look")
    new = command(coordinators, "add", "someone coordinates from now on", _add)
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
    try:
        add_coordinator(file, key, phone, community)
    except CannotAdd as error:
        raise Wrong(str(error)) from None
    print(f"{chosen.name} coordinates from now on. A hotline that runs knows it within seconds.")


def _key(name: str) -> str:
    if key := key_of(name):
        return key
    raise Wrong(f"--name: {name!r} has no letters that a key can be made of; write it in plain letters, {EXAMPLE}")


def _list(_: Chosen) -> None:
    found = community(settings.database()[1]).coordinators
    for key, phone in found.items():
        print(f"{phone}  {key}")
    print(f"{len(found)} in all.")
