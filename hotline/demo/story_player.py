"""Story player: a transcript is carried out on the page's phones, at reading pace or a line a press."""

import asyncio
import contextlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hotline.demo.recorder import Recorder
from hotline.simulator.transcript import Transcript, done_by

LETTERS_A_SECOND = 25.0  # a quick reader; nobody wants to wait for a slow one
SHORTEST, LONGEST = 1.2, 7.0  # seconds between two lines


def noon() -> float:
    """When a story begins, as in the tests: a Tuesday at noon."""
    return datetime(2026, 3, 10, 12, 0, tzinfo=ZoneInfo("America/New_York")).timestamp()


def pause_after(line: str, seen: list[str]) -> float:
    """Seconds that it takes to read what was done, and what came of it."""
    letters = len(line) + sum(map(len, seen))
    return min(LONGEST, max(SHORTEST, letters / LETTERS_A_SECOND))


class StoryPlayer:
    """One story in a town that was begun for it."""

    def __init__(self, recorder: Recorder, story: Transcript) -> None:
        self.recorder, self.story, self.at = recorder, story, 0
        self._task: asyncio.Task[None] | None = None

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._task is not None

    @property
    def over(self) -> bool:
        """Whether it has been told to its end."""
        return self.at >= len(self.story.steps)

    def state(self) -> dict[str, Any]:
        """What the page shows of it: the line that was carried out last, and whose phone that was."""
        line = self.story.steps[self.at - 1].line if self.at else ""
        return {
            "name": self.story.path.stem, "title": self.story.title, "at": self.at, "of": len(self.story.steps),
            "line": line.removeprefix("-- "), "who": "" if not line or line[0] in "-#" else done_by(line)[0],
            "playing": self.playing, "over": self.over,
        }  # fmt: skip

    async def play(self) -> None:
        """Goes on by itself until it is stopped or over."""
        if self._task is None and not self.over:
            self._task = asyncio.create_task(self._play())

    async def stop(self) -> None:
        """Stands still after the line that is being carried out; people go on by hand."""
        task, self._task = self._task, None
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def step(self) -> None:
        """Carries the next line out."""
        await self.stop()
        await self.carry_out()

    async def carry_out(self) -> list[str]:
        """One line, and what everybody read and heard because of it."""
        if self.over:
            return []
        line = self.story.steps[self.at].line
        self.at += 1
        directed = line.startswith(("-", "#")) or not line
        actor = "" if directed else done_by(line)[0]
        self.recorder.begins(actor, line)
        await self.recorder.cast.carry_out(line)
        self._changed()
        return self.recorder.look()

    def _changed(self) -> None:
        self.recorder.cast.place.exchange.changes.touch()

    async def _play(self) -> None:
        try:
            while not self.over:
                # Shielded: a line that was begun is carried out whole, even when the story is stopped.
                seen = await asyncio.shield(asyncio.ensure_future(self.carry_out()))
                await asyncio.sleep(pause_after(self.story.steps[self.at - 1].line, seen))
        finally:
            self._task = None
            self._changed()
