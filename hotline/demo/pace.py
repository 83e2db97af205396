"""Moved time: what is due happens in its order while a pretend world's clock is moved, for the demo and the tests."""

from hotline.app import Hotline
from hotline.simulator.clock import Clock
from hotline.simulator.exchange import Exchange

MOST_ROUNDS = 4  # what is held back stays due


async def settle(hotline: Hotline, exchange: Exchange, clock: Clock) -> None:
    """Lets everything happen that is due, and what follows from the carrier's word on it."""
    for _ in range(MOST_ROUNDS):
        await hotline.worker.work_off()
        await hotline.worker.recordings.tend()
        await exchange.settle()
        due = await _next_due(hotline)
        if due is None or due > clock.now:
            break


async def pass_time(hotline: Hotline, exchange: Exchange, clock: Clock, seconds: float) -> None:
    """Moves the clock, stopping wherever something is due."""
    until = clock.now + seconds
    await settle(hotline, exchange, clock)
    while (due := await _next_due(hotline)) is not None and due <= until:
        clock.now = max(clock.now + 1, due)
        await settle(hotline, exchange, clock)
    clock.now = max(clock.now, until)
    await settle(hotline, exchange, clock)


async def _next_due(hotline: Hotline) -> float | None:
    return await hotline.store.run(lambda tx: tx.outbox.next_due())
