"""Day's list: what is over its time, for today, or for no day, to print with room for ticks and as plain text to copy.
Reading only. Numbers and words of neighbors stand on it only for whoever ticks that, and that is written down first."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from hotline.model import calendar
from hotline.model.board import Card
from hotline.model.phone_numbers import is_shown
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.overview import Names

MOST = 200  # requests on one list
PARTS = ("late", "today", "any")
NUMBERS, DETAILS = "numbers", "details"  # what is ticked to stand on it
TICKS = (NUMBERS, DETAILS)


@dataclass(frozen=True)
class Line:
    """One request as the list says it. `number` and `details` are "" unless somebody ticked them."""

    need: int
    code: str
    title: str
    facts: str
    number: str = ""
    details: str = ""

    @property
    def plain(self) -> str:
        """The same as one line to copy."""
        told = (f"[ ] {self.code} {self.title}", self.facts, self.number, " ".join(self.details.split()))
        return " · ".join(filter(None, told))


async def show(asked: Asked) -> Response:
    return await _page(asked, frozenset())


async def with_more(asked: Asked) -> Response:
    """With what is ticked, on this one answer alone: no address leads to it."""
    return await _page(asked, frozenset(name for name in TICKS if asked.typed(name) == "yes"))


async def _page(asked: Asked, ticked: frozenset[str]) -> Response:
    until = calendar.midnight(asked.now, asked.board.catalogue.community.rules.timezone, 1)
    cards = await board_lists.day(asked.board.store, MOST + 1, until)
    full, cards = len(cards) > MOST, cards[:MOST]
    if ticked and cards:
        numbers = [card.need.number for card in cards]
        await asked.board.store.run(asked.board.desk.listed, asked.me, numbers, [t for t in TICKS if t in ticked])
    takers = {phone for card in cards for phone in card.need.takers}
    names = Names(asked, await board_lists.names(asked.board.store, takers))
    parts = {part: [_line(asked, card, names, ticked) for card in some] for part, some in _parts(asked, cards).items()}
    return asked.page(
        "days_list.html", parts=parts, plain=_plain(asked, parts), ticked=ticked, full=MOST if full else 0
    )


def _parts(asked: Asked, cards: Iterable[Card]) -> dict[str, list[Card]]:
    """By PARTS: what is over by its time, what is for today by time and area, what is for no day by area."""
    found: dict[str, list[Card]] = {part: [] for part in PARTS}
    for card in cards:
        expected = card.need.expected
        late = expected is not None and expected[1] <= asked.now
        found["late" if late else "today" if expected or card.need.urgent else "any"].append(card)
    for some in found.values():
        some.sort(key=lambda card: (card.need.expected or (asked.now,), asked.words.label(card.need.area)))
    return {part: some for part, some in found.items() if some}


def _line(asked: Asked, card: Card, names: Names, ticked: frozenset[str]) -> Line:
    need, words = card.need, asked.words
    who = ", ".join(names.called(phone) or words("who.someone") for phone in need.takers)
    when = words.labelled(need.times)
    if need.coming_at is not None:
        when = f"{when}; {words('day.comes', at=words.clock(need.coming_at))}" if when else words.clock(need.coming_at)
    facts = (
        when,
        words("card.urgent") if need.urgent else "",
        words(f"status.{need.status}"),
        words("mark.held") if need.held else "",
        words("card.has_it", name=who) if who else "",
        words("card.helpers", have=len(need.takers) + len(need.helped), wanted=need.wanted) if need.wanted > 1 else "",
        words("mark.doubted") if need.doubted_by else "",
    )
    phone = need.callback or (need.neighbor if is_shown(need.neighbor) else words("need.no_number"))
    number = phone if NUMBERS in ticked else ""
    details = (need.details or need.words) if DETAILS in ticked else ""
    return Line(
        need.number, need.code, words.title(need.what, need.area), " · ".join(filter(None, facts)), number, details
    )


def _plain(asked: Asked, parts: dict[str, list[Line]]) -> str:
    words = asked.words
    lines = [words("day.title", day=f"{words.day(asked.now)} {words.clock(asked.now)}")]
    for part, some in parts.items():
        lines += ["", words(f"day.{part}"), *(each.plain for each in some)]
    return "\n".join(lines)


PAGES = (
    Page("/day", show),
    Page("/day", with_more, method="POST"),
)
