"""Trouble that is switched on from the page: at the carrier, on its lines, and at one phone."""

from collections.abc import Iterator

from hotline.simulator.exchange import Exchange
from hotline.simulator.handset import Handset

FILTERED = 30007  # the code of a text that a filter ate
ON_THE_WAY_IN = ("twice", "late", "out_of_order", "slow")


def switch(exchange: Exchange, name: str, on: bool, phone: Handset | None) -> bool:
    """Switches one on or off; False when there is none of that name."""
    match name:
        case "twice" | "late" | "out_of_order" | "slow":
            setattr(exchange.on_the_way_in, name, on)
        case "carrier":
            exchange.faults.random = (lambda: "500_before") if on else None
        case "filtered":
            exchange.faults.fails_later = FILTERED if on else 0
        case "off" if phone:
            phone.switched_off = on
        case "opted_out" if phone and on:
            exchange.optout.blocked.add(phone.number)
        case "opted_out" if phone:
            exchange.optout.blocked.discard(phone.number)
        case _:
            return False
    return True


def on(exchange: Exchange) -> Iterator[str]:
    """Those that are on, but for those of one phone."""
    yield from (name for name in ON_THE_WAY_IN if getattr(exchange.on_the_way_in, name))
    if exchange.faults.random:
        yield "carrier"
    if exchange.faults.fails_later:
        yield "filtered"
