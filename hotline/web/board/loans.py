"""Page of the tools: what neighbors lend, who has it until when, and who waits, in order; it is back, and off the list.
No telephone number stands on it. That a lender said no to somebody stands nowhere: it is told to nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from hotline.inbound.board_loans import BACK, GONE, press
from hotline.model.loans import Loan, State, Tool
from hotline.storage import board_lists
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import Words

OF_A_PAGE = 50
WITH_SOMEBODY = (State.OUT, State.BACK)


@dataclass(frozen=True)
class Line:
    """Who has it or asks for it, under which number, and how that stands. `need` is the page of the request that
    carries their words."""

    code: str
    name: str
    state: str
    need: int


@dataclass(frozen=True)
class Lent:
    """A tool as the page says it. `ways` are what can be pressed."""

    number: int
    code: str
    what: str
    facts: str
    lender: str
    care: str
    loans: tuple[Line, ...]
    ways: tuple[str, ...]


async def show(asked: Asked) -> Response:
    store = asked.board.store
    there = await board_lists.tools(store, OF_A_PAGE + 1, asked.skipped(OF_A_PAGE))
    loans = await board_lists.loans(store, there)
    people = {tool.lender for tool in there} | {each.borrower for of in loans.values() for each in of}
    names = await board_lists.names(store, people - {""})
    did = asked.request.query_params.get("did", "")
    return asked.page(
        "loans.html",
        tools=[_lent(tool, loans.get(tool.number, ()), names, asked) for tool in there[:OF_A_PAGE]],
        **asked.around(more=len(there) > OF_A_PAGE),
        said=asked.words(f"did.tool_{did}") if did in (GONE, BACK) else "",
    )


async def change(asked: Asked) -> Response:
    """It is back, or lent no more."""
    how = asked.typed("how")
    if how not in (GONE, BACK):
        return asked.go("/tools")
    community = asked.board.catalogue.community
    given = (community, asked.me, asked.number("number"), how, asked.typed("press"), asked.now)
    tool = await asked.board.store.run(press, *given)
    return asked.go(f"/tools?did={how}") if tool else asked.page("refused.html", 404, why="no_tool")


def _lent(tool: Tool, loans: Iterable[Loan], names: dict[str, str], asked: Asked) -> Lent:
    words, loans = asked.words, tuple(loans)
    of_group = words("tools.of_group") if tool.of_group else ""
    broken = words("tools.broken") if tool.broken_at is not None else ""
    facts = (words.label(tool.area), words.label(f"days_{tool.days}"), of_group, broken)
    order = sorted(loans, key=lambda loan: (not loan.state.away, loan.state is State.REFUSED, loan.number))
    return Lent(
        tool.number,
        tool.code,
        tool.words or words("offers.spoken", what=words.label("tool")),
        " · ".join(filter(None, facts)),
        names.get(tool.lender, "") or words("who.someone"),
        tool.care,
        tuple(_line(each, place, words, names, asked) for place, each in enumerate(order)),
        (*((BACK,) if any(each.state in WITH_SOMEBODY for each in loans) else ()), GONE),
    )


def _line(loan: Loan, place: int, words: Words, names: dict[str, str], asked: Asked) -> Line:
    zone = asked.board.catalogue.community.rules.timezone
    state = State.LINE if loan.state is State.REFUSED else loan.state
    day = words.label(f"until_{loan.last_day(zone)}") if loan.state.away else ""
    name = names.get(loan.borrower, "") or words("who.someone")
    return Line(loan.code, name, words(f"tools.{state}", until=day), loan.need)


PAGES = (
    Page("/tools", show),
    Page("/tools/{number:int}/change", change, method="POST"),
)
