"""Pages of the set-up: the community file as it is read, and what is wrong with all of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import tzinfo

from starlette.responses import Response

from hotline.model.board import Role, team_name
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import Words, ending

Rows = tuple[tuple[str, str], ...]
NOT_OF_THE_FILE = frozenset(("timezone", "wave_at_most"))  # what stands elsewhere, or comes from the line


async def show_community(asked: Asked) -> Response:
    """As it is read: with what is left out, and without anything secret; of a number of the team its end."""
    return asked.page("community.html", sections=tuple(_sections(asked)))


def _sections(asked: Asked) -> Iterator[tuple[str, Rows]]:
    """(the table in the file, its lines)."""
    here, words = asked.board.catalogue.community, asked.words
    head = {"name": here.name, "languages": here.languages, "country": here.country, "timezone": here.rules.timezone}
    yield "", _rows({**head, "emergency": here.emergency, "crisis": here.crisis}, words)
    for what, need in here.needs.items():
        yield f"needs.{what}", _rows({**need.labels, "words": need.words}, words)
    for name, area in here.areas.items():
        yield f"areas.{name}", _rows({**area.labels, "zips, words": area.words, "near": area.near}, words)
    rules = {name: value for name, value in asdict(here.rules).items() if name not in NOT_OF_THE_FILE}
    yield "dispatch", _rows(rules, words)
    yield "volunteers", _rows({"approval": here.approval}, words)
    yield "sharing", _rows(asdict(here.sharing), words)
    yield "retention", _rows({**asdict(here.retention), "recordings_days": here.recordings_days}, words)
    for key, phone in here.coordinators.items():
        roles = {"keeper": phone in here.keepers, "rings_for_danger": phone in here.rung_for_danger}
        yield f"coordinators.{key}", _rows({"name": team_name(key), "phone": ending(phone), **roles}, words)
    if here.operator.phone:
        yield "operator", _rows({"phone": ending(here.operator.phone)}, words)
    for group in here.own_groups:
        told = {name: value for name, value in asdict(group).items() if name != "imported"}
        yield "[groups]", _rows(told, words)


def _rows(values: Mapping[str, object], words: Words) -> Rows:
    return tuple((name, _said(value, words)) for name, value in values.items())


def _said(value: object, words: Words) -> str:
    match value:
        case bool():
            return words("set_up.yes" if value else "set_up.no")
        case None | "" | ():
            return words("set_up.nothing")
        case str() | int() | float() | tzinfo():
            return str(value)
        case Iterable():
            return ", ".join(map(str, value))
    return str(value)


async def show_doctor(asked: Asked) -> Response:
    doctor = asked.board.doctor
    findings = doctor.findings.get(asked.words.language, ())
    return asked.page(
        "doctor.html",
        at=asked.words.clock(doctor.at) if doctor.at is not None else "",
        is_at_it=doctor.is_at_it,
        broke=doctor.broke,
        wrong=[each for each in findings if each["weight"] == "wrong"],
        careful=[each for each in findings if each["weight"] != "wrong"],
    )


async def examine(asked: Asked) -> Response:
    """Whoever is impatient reads that it goes on."""
    await asked.board.doctor.look()
    return asked.go("/doctor")


PAGES = (
    Page("/community", show_community),
    Page("/doctor", show_doctor, role=Role.KEEPER),
    Page("/doctor", examine, role=Role.KEEPER, method="POST"),
)
