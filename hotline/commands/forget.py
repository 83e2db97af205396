"""Commands `forget` and `export`: what is kept of one person is deleted everywhere, or shown to whoever asks."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from hotline import settings
from hotline.commands import Chosen, Wrong, clock, command, community, listed, no_hotline, phone_given
from hotline.community.model import Community
from hotline.model.personal_data import Erased, PersonalData
from hotline.model.pseudonyms import LOG, SHORT, Pseudonyms
from hotline.outbound import suppression
from hotline.storage import NoDatabase, lists
from hotline.worker.forgetting import About, Eraser

if TYPE_CHECKING:
    from hotline.app import Hotline  # it brings the whole program with it

T = TypeVar("T")
BACKUPS = "Backups made before still have it: delete them, or let them go as docs/operations.md says."


def add(commands: Any) -> None:
    forget = command(commands, "forget", "delete what is kept of one person, here and at the carrier", _forget)
    forget.add_argument("phone", help="their number, such as +12125550113")
    forget.add_argument("--yes", action="store_true", help="do it; without it is only shown what there is")
    export = command(commands, "export", "all that is kept of one person, for whoever asks", _export)
    export.add_argument("phone", help="their number, such as +12125550113")


def _forget(chosen: Chosen) -> int:
    here = settings.read()
    return asyncio.run(_opened(here, lambda hotline: _forget_one(hotline, chosen)))


async def _opened(here: settings.Settings, use: "Callable[[Hotline], Awaitable[T]]") -> T:
    from hotline.app import Hotline

    try:
        hotline = await Hotline.open(here, time.time, create=False)
    except NoDatabase as where:
        raise Wrong(no_hotline(str(where))) from None
    try:
        return await use(hotline)
    finally:
        await hotline.close()


async def _forget_one(hotline: "Hotline", chosen: Chosen) -> int:
    here = hotline.catalogue.community
    phone = phone_given(chosen.phone, here.country)
    marks = suppression.marks(hotline.settings.secret_key) if hotline.settings.secret_key else None
    eraser = Eraser(hotline.store, hotline.carrier, hotline.places, here, marks, hotline.clock)
    about = await eraser.look(phone)
    if about.refused:
        raise Wrong(_why_not(here, phone, about))
    if not chosen.yes:
        data = await lists.personal_data(hotline.store, phone)
        print(_counted(data))
        print("Nothing is forgotten yet. All of it goes for good, here and at the carrier, with: --yes")
        return 0
    told = await eraser.forget(phone)
    print(_said(told, about))
    return 1 if told.left else 0


def _why_not(here: Community, phone: str, about: About) -> str:
    if about.refused == "team":
        name = next(name for name, theirs in here.coordinators.items() if theirs == phone)
        return f"this is the number of {name}: take [coordinators.{name}] out of the community file first"
    what = "were blocked" if about.left_alone == suppression.BLOCKED else "ended our texts"
    return (
        f"they {what}, and that must be known when all else is forgotten: a hash of the number is kept for it, "
        "made with SECRET_KEY, which is not set. Write this line into .env, start the hotline again, and repeat: "
        f"SECRET_KEY={secrets.token_urlsafe(32)}"
    )


def _counted(data: PersonalData) -> str:
    return "\n".join(f"{many:>8}  {what}" for what, many in data.counts) or "       0  nothing is kept of this number"


def _said(told: Erased, about: About) -> str:
    lines = [f"{many:>8}  {what}" for what, many in told.counts.items() if many]
    lines += [f"Not yet: {each}. Run the same command again later." for each in dict.fromkeys(told.left)]
    if about.left_alone:
        lines.append(f"That this number is left alone ({about.left_alone}) is kept as a hash, and nothing else.")
    return "\n".join([*lines, *([] if told.left else ["Forgotten."]), BACKUPS])


def _export(chosen: Chosen) -> None:
    url, file = settings.database()
    phone = phone_given(chosen.phone, community(file).country)
    print(listed(url, lists.personal_data, phone).in_words(phone, clock()))
    print(f"In the log they are ~{Pseudonyms(settings.secret(), LOG, SHORT).of(phone)}.")
