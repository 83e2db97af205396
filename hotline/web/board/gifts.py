"""Page of the offers: what neighbors have to give, who asks for it, and taking one off the list. No telephone number
stands on it. That a giver said no to somebody stands nowhere: it is told to nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from hotline.inbound.board_gifts import ENDED, GONE, take_off
from hotline.model.calendar import DAY
from hotline.model.gifts import Answer, Gift
from hotline.model.needs import Status
from hotline.storage import board_lists
from hotline.storage.board_lists import OfferAsk
from hotline.web.board.asked import Asked
from hotline.web.board.door import Page
from hotline.web.board.words import Words

OF_A_PAGE = 50
LATELY = 7 * DAY  # so long what is over is shown


@dataclass(frozen=True)
class Line:
    """Who asked for it, under which number, and how that stands. `need` is the page of the request that it became."""

    code: str
    name: str
    state: str
    need: int


@dataclass(frozen=True)
class Offer:
    """An offer as the page says it."""

    number: int
    code: str
    what: str
    facts: str
    giver: str
    inside: str
    asks: tuple[Line, ...]
    over: str


async def show(asked: Asked) -> Response:
    store = asked.board.store
    there = await board_lists.offers(store, OF_A_PAGE + 1, asked.skipped(OF_A_PAGE))
    over = await board_lists.offers_over(store, OF_A_PAGE, asked.now - LATELY) if asked.turned == 1 else []
    asks = await board_lists.offer_asks(store, [*there, *over])
    people = {gift.giver for gift in (*there, *over)} | {each.ask.asker for of in asks.values() for each in of}
    names = await board_lists.names(store, people - {""})
    did = asked.request.query_params.get("did", "")
    return asked.page(
        "gifts.html",
        offers=[_offer(gift, asks.get(gift.number, ()), asked.words, names, asked) for gift in there[:OF_A_PAGE]],
        over=[_offer(gift, asks.get(gift.number, ()), asked.words, names, asked) for gift in over],
        **asked.around(more=len(there) > OF_A_PAGE),
        said=asked.words(f"did.offer_{did}") if did in (GONE, ENDED) else "",
        ways=(GONE, ENDED),
    )


async def end(asked: Asked) -> Response:
    """It is gone, or shall not be asked for any more."""
    how = asked.typed("how")
    if how not in (GONE, ENDED):
        return asked.go("/offers")
    given = (asked.board.catalogue.community, asked.me, asked.number("number"), how, asked.typed("press"), asked.now)
    gift = await asked.board.store.run(take_off, *given)
    return asked.go(f"/offers?did={how}") if gift else asked.page("refused.html", 404, why="no_offer")


def _offer(gift: Gift, asks: Iterable[OfferAsk], words: Words, names: dict[str, str], asked: Asked) -> Offer:
    zone = asked.board.catalogue.community.rules.timezone
    kind = words.label(gift.what)
    how_many = words("offers.portions", left=gift.left, all=gift.portions) if gift.portions else ""
    facts = (kind if gift.words else "", words.label(gift.area), words.label(gift.until_when(zone)), how_many)
    return Offer(
        gift.number,
        gift.code,
        gift.words or (words("offers.spoken", what=kind or words("card.something")) if gift.spoken else kind),
        " · ".join(filter(None, facts)),
        names.get(gift.giver, "") or words("who.someone"),
        gift.inside,
        tuple(_line(each, words, names) for each in asks),
        words(f"offers.why_{gift.why.replace(' ', '_')}", ago=words.ago(gift.ended_at)) if gift.ended_at else "",
    )


def _line(each: OfferAsk, words: Words, names: dict[str, str]) -> Line:
    name = names.get(each.ask.asker, "") or words("who.someone")
    return Line(each.code, name, words(f"offers.{_state(each)}"), each.ask.need)


def _state(each: OfferAsk) -> str:
    if each.ask.named and each.ask.answer is not Answer.YES:
        return "named"
    match each.ask.answer:
        case Answer.YES if each.status is Status.DONE:
            return "has_it"
        case Answer.YES if each.status is Status.CANCELLED or each.status is None:
            return "called_off"
        case Answer.YES:
            return "promised"
        case Answer.TAKEN_BACK:
            return "taken_back"
        case Answer.OVER:
            return "nothing"
        case _:
            return "waits"


PAGES = (
    Page("/offers", show),
    Page("/offers/{number:int}/end", end, method="POST"),
)
