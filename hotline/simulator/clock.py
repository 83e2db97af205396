"""Clock of a pretend world: runs with the machine's own or stands still, and can be moved. One for everything in it."""

import time

LONGEST = 8 * 86400.0  # seconds that may pass at once: a week and a day


class Clock:
    """UTC seconds, as `time.time`. With `at` it stands still there until it is moved."""

    def __init__(self, at: float | None = None) -> None:
        self._at, self._ahead = at, 0.0

    def __call__(self) -> float:
        return self.now

    @property
    def now(self) -> float:
        return (time.time() if self._at is None else self._at) + self._ahead

    @now.setter
    def now(self, at: float) -> None:
        self._ahead += at - self.now

    def hold(self, still: bool) -> None:
        """Stands still at this moment, or runs on from it."""
        now = self.now
        self._at, self._ahead = (now, 0.0) if still else (None, now - time.time())

    def real(self) -> None:
        """The machine's own time again, running."""
        self._at, self._ahead = None, 0.0

    def move(self, seconds: float) -> None:
        """So much time passes at once; back, as where the machine's clock is set right."""
        self._ahead += seconds
