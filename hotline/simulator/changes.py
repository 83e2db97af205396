"""Tells the page that something on a phone has changed."""

import asyncio


class Changes:
    """A counter to wait on: it goes up with every text, ring and key."""

    def __init__(self) -> None:
        self.count = 1
        self.closed = False
        self._waiting: set[asyncio.Future[None]] = set()

    def touch(self) -> None:
        """Something changed."""
        self.count += 1
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    def close(self) -> None:
        """Nothing will change any more: whoever waits goes home."""
        self.closed = True
        self.touch()

    async def after(self, seen: int, seconds: float) -> int:
        """The count, as soon as it is not `seen`; or `seen` after so many seconds."""
        if self.count == seen and not self.closed:
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(waiting)
            await asyncio.wait({waiting}, timeout=seconds)
            self._waiting.discard(waiting)
            waiting.cancel()
        return self.count
