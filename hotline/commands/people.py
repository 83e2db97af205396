"""Commands `volunteers add`, `list`, `approve`, and `block` and `unblock` a number."""

import time
from typing import Any
from zoneinfo import ZoneInfo

from hotline import settings
from hotline.commands import (
    Chosen,
    Wrong,
    command,
    community,
    group,
    in_store,
    listed,
    names,
    phone_given,
    volunteer_import,
)
from hotline.outbound import suppression
from hotline.storage import Transaction, lists


def add(commands: Any) -> None:
    volunteers = group(commands, "volunteers", "who gives")
    new = command(volunteers, "add", "someone gives from now on, or gives something else", _add)
    new.add_argument("phone", help="their number, such as +12125550113")
    new.add_argument("--name", default="", help="the first name that neighbors are told")
    new.add_argument("--needs", required=True, help="what they give, such as food,ride")
    new.add_argument("--areas", required=True, help="where, such as north,downtown")
    new.add_argument("--language", default="", help="how they are spoken to (the community's first)")
    new.add_argument("--calls", action="store_true", help="they are rung, and never texted")
    new.add_argument("--timezone", default="", help="where they live, such as America/Chicago (the community's)")
    volunteer_import.add(volunteers)
    command(volunteers, "list", "all who give", _list)
    command(volunteers, "approve", "say yes to someone who signed up", _approve).add_argument("phone")
    command(commands, "block", "a number gets no answer any more and reaches nobody", _block).add_argument("phone")
    command(commands, "unblock", "a number is answered again", _unblock).add_argument("phone")


def _add(chosen: Chosen) -> None:
    url, file = settings.database()
    here = community(file)
    phone = phone_given(chosen.phone, here.country)
    needs = names(chosen.needs, here.needs_offered, "--needs")
    areas = names(chosen.areas, tuple(here.areas), "--areas")
    timezone = _timezone(chosen.timezone)
    language = names(chosen.language or here.languages[0], here.languages, "--language")[0]

    marks = suppression.marks(settings.secret_key())

    def enroll(tx: Transaction) -> None:
        if reason := suppression.why(tx, marks, phone):
            raise Wrong(f"{chosen.phone}: this number is left alone ({reason}); they can text START themselves")
        tx.people.introduce(phone, chosen.name, language, time.time())
        tx.volunteers.enroll(phone, needs, areas, "active", time.time())
        if chosen.calls:
            tx.people.reach_by(phone, True)
        if timezone:
            tx.volunteers.live_in(phone, timezone)

    in_store(url, enroll)
    print(f"{chosen.name or phone} gives {', '.join(needs)} in {', '.join(areas)}.")


def _timezone(given: str) -> str:
    try:
        return ZoneInfo(given).key if given else ""
    except (LookupError, ValueError, OSError):
        raise Wrong(f"--timezone: {given!r} is no time zone; write one such as America/Chicago") from None


def _list(_: Chosen) -> None:
    people = listed(settings.database()[0], lists.volunteers)
    for who in people:
        gives = f"{','.join(who.needs)}  {','.join(who.areas)}"
        print(f"{who.phone}  {who.name or '-':<12} {who.status:<8} {who.language:<3} {gives}")
    print(f"{len(people)} in all.")


def _approve(chosen: Chosen) -> None:
    url, file = settings.database()
    phone = phone_given(chosen.phone, community(file).country)
    if not in_store(url, lambda tx: tx.volunteers.approve(phone)):
        raise Wrong(f"nobody with the number {chosen.phone} waits for a yes; `hotline volunteers list` shows who does")
    print("Approved.")


def _block(chosen: Chosen) -> None:
    _set_blocked(chosen, True)
    print("That number gets no answer any more. What it writes is kept.")


def _unblock(chosen: Chosen) -> None:
    _set_blocked(chosen, False)
    print("That number is answered again.")


def _set_blocked(chosen: Chosen, blocked: bool) -> None:
    url, file = settings.database()
    phone = phone_given(chosen.phone, community(file).country)
    in_store(url, lambda tx: tx.people.block(phone, blocked, time.time()))
