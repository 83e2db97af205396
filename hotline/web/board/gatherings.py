"""Page of the days together: what neighbors do together and when, who comes with how many, and who waits for a place;
off the list. No telephone number stands on it."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from hotline.inbound.board_gatherings import take_off
from hotline.model.gatherings import Gathering, Guest, GuestState
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import Words

OF_A_PAGE = 50


@dataclass(frozen=True)
class Planned:
    """A day together as the page says it."""

    number: int
    code: str
    what: str
    facts: str
    host: str
    place: str
    guests: tuple[str, ...]


async def show(asked: Asked) -> Response:
    store = asked.board.store
    there = await board_lists.days(store, OF_A_PAGE + 1, asked.skipped(OF_A_PAGE))
    guests = await board_lists.guests(store, there)
    people = {day.host for day in there} | {each.guest for of in guests.values() for each in of}
    names = await board_lists.names(store, people - {""})
    return asked.page(
        "gatherings.html",
        days=[_planned(day, guests.get(day.number, ()), names, asked) for day in there[:OF_A_PAGE]],
        **asked.around(more=len(there) > OF_A_PAGE),
        said=asked.words("did.day_off") if asked.request.query_params.get("did") == "off" else "",
    )


async def change(asked: Asked) -> Response:
    """It is off."""
    community = asked.board.catalogue.community
    given = (community, asked.me, asked.number("number"), asked.typed("press"), asked.now)
    day = await asked.board.store.run(take_off, *given)
    return asked.go("/days?did=off") if day else asked.page("refused.html", 404, why="no_day")


def _planned(day: Gathering, guests: Iterable[Guest], names: dict[str, str], asked: Asked) -> Planned:
    words, zone = asked.words, asked.board.catalogue.community.rules.timezone
    comes = words("days.people_of", come=str(day.people), places=str(day.places)) if day.places else ""
    facts = (words.label(day.when(zone)), words.label(day.area), comes or words("days.people", come=str(day.people)))
    return Planned(
        day.number,
        day.code,
        day.words or words("offers.spoken", what=words.label("gathering")),
        " · ".join(facts),
        names.get(day.host, "") or words("who.someone"),
        day.place,
        tuple(_line(guest, names, words) for guest in guests),
    )


def _line(guest: Guest, names: dict[str, str], words: Words) -> str:
    name = names.get(guest.guest, "") or words("who.someone")
    told = {"name": name, "many": str(guest.people), "at": words.clock(guest.told_at) if guest.told_at else ""}
    match guest.state:
        case GuestState.COMES:
            return words("days.comes", **told)
        case GuestState.ASKS:
            return words("days.asks", **told)
        case GuestState.WAITS:
            return words("days.waits", **told)
    return words("days.knew", **told)


PAGES = (
    Page("/days", show),
    Page("/days/{number:int}/change", change, method="POST"),
)
