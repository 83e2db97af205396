"""Command `doctor`: what is wrong with a set-up, why it matters, and what mends it."""

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotline import settings
from hotline.channels import own_words
from hotline.channels.catalogue import Catalogue
from hotline.commands import Chosen, check, command, community
from hotline.community.model import CommunityError
from hotline.doctor.findings import Finding, as_data, as_page, found, in_order
from hotline.doctor.preview import as_if, preview
from hotline.settings import SettingError
from hotline.storage import open_store

if TYPE_CHECKING:
    from hotline.carriers.api import Provider


def add(commands: Any) -> None:
    doctor = command(commands, "doctor", "what is wrong with this set-up, and what mends it", _doctor)
    doctor.add_argument("--json", action="store_true", help="for machines")
    doctor.add_argument("--all", action="store_true", help="only say what it looks for")


def _doctor(chosen: Chosen) -> int:
    """1 where something is wrong now; what only needs care leaves it at 0."""
    if chosen.all:
        print(as_page(), end="")
        return 0
    findings, now = asyncio.run(_examined(shows_now=not chosen.json))
    wrong = [each for each in findings if each.weight == "wrong"]
    print(json.dumps(as_data(findings), indent=2) if chosen.json else _told(findings, now))
    return 1 if wrong else 0


async def _examined(*, shows_now: bool) -> tuple[Sequence[Finding], str]:
    """Where nothing can be opened, what keeps it shut is told alone: all else would follow from it."""
    mistakes = [found("mistake", detail=each.rstrip(".")) for each in check.mistakes(settings.environment(), Path())]
    try:
        here = settings.read()
        catalogue = Catalogue(community(Path(here.community_file)))
    except (SettingError, CommunityError):
        return mistakes, ""
    findings, now = await _with_carrier(here, catalogue, shows_now=shows_now)
    return in_order([*mistakes, *findings]), now


async def _with_carrier(
    here: settings.Settings, catalogue: Catalogue, *, shows_now: bool
) -> tuple[Sequence[Finding], str]:
    from hotline.app import examined
    from hotline.carriers.provider import provider

    of = provider(here, catalogue.community.country, time.time)
    catalogue = Catalogue(catalogue.community.on(of.line))
    found = await examined(here, catalogue, of, time.time)
    now = await _preview(here, catalogue, of) if shows_now and found.could_read else ""
    return found.findings, now


async def _preview(here: settings.Settings, catalogue: Catalogue, of: "Provider") -> str:
    """What would happen now, in the community's own words."""
    from hotline.app import Inbound
    from hotline.web.signed_urls import Addresses, key

    own_words.use(own_words.beside(Path(here.community_file)))
    addresses = Addresses(key(here.secret), f"{here.public_url.rstrip('/')}/recordings", time.time)
    inbound = Inbound.of(here, as_if(catalogue), of, addresses, time.time)
    store = await open_store(here.database_url, create=False)
    try:
        return await preview(store, catalogue, inbound.texts, inbound.calls, of.line)
    finally:
        await store.close()


def _told(findings: Sequence[Finding], now: str) -> str:
    """For people: what is wrong first, each in three lines."""
    many = {weight: sum(each.weight == weight for each in findings) for weight in ("wrong", "careful")}
    head = f"{many['wrong']} wrong, {many['careful']} to look after." if findings else "Nothing is wrong."
    parts = [head, *map(_of_one, findings), now]
    return "\n\n".join(filter(None, parts))


def _of_one(finding: Finding) -> str:
    mark = "WRONG " if finding.weight == "wrong" else "CARE  "
    return f"{mark} {finding.wrong}\n       Why: {finding.why}\n       Do:  {finding.mend}"
