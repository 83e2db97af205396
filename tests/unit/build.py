"""What the unit tests are made of: a small community, facts about it, things heard."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hotline.channels.catalogue import Catalogue, languages
from hotline.channels.parsing.parser import Hearing
from hotline.community.model import Community
from hotline.community.reading import load
from hotline.engine.session import Session
from hotline.model.facts import Facts, Offered
from hotline.model.needs import Need, Status
from hotline.model.people import Person
from tests.world import COMMUNITY, heard_in

ME, ANA, BEN = "+12125550113", "+12125550111", "+12125550112"
NOW = 1_773_158_400.0


def community(folder: Path, text: str = COMMUNITY) -> Community:
    file = folder / "community.toml"
    file.write_text(text, "utf-8")
    return load(file, languages())


def catalogue(folder: Path, text: str = COMMUNITY) -> Catalogue:
    return Catalogue(community(folder, text))


def hearing(folder: Path, text: str = COMMUNITY) -> Hearing:
    return heard_in(community(folder, text))


def plain(text: str = COMMUNITY) -> dict[str, Any]:
    return tomllib.loads(text)


OFFERED = Offered(("en", "es"), ("food", "ride", "medicine", "other"), ("north", "downtown"))


def need(number: int = 112, status: Status = Status.OPEN, **fields: Any) -> Need:
    return replace(Need(number, ANA, status, "food", "north", details="two bags", code=str(number)), **fields)


def facts(session: Mapping[str, Any] | None = None, person: Mapping[str, Any] | None = None, **known: Any) -> Facts:
    """Facts about someone at ME who stands where `session` says."""
    here = Session(ME, **{"language": "en", **(session or {})})
    me = Person(ME, here, **{"known": True, "asked_at": NOW - 3600, **(person or {})})
    return knowing(Facts(NOW, OFFERED, me), **known)


def knowing(facts: Facts, **known: Any) -> Facts:
    """The facts with these fields, in whichever of its groups each is: knowing(facts, draft=...)."""
    for name, value in known.items():
        groups = {"mine": facts.mine, "alerts": facts.alerts, "reachable": facts.reachable, "team": facts.team}
        groups |= {"call": facts.call}
        group = next((group for group, fields in groups.items() if hasattr(fields, name)), "")
        facts = facts.but(**{group: groups[group].but(**{name: value})} if group else {name: value})
    return facts
