"""Conductor: what the page can ask of the world behind its phones, where it can be moved and begun again.

A carrier alone has none: tests plug phones into it and move its clock themselves.
"""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from hotline.simulator.handset import Handset

Told = Mapping[str, Any]


class Conductor(Protocol):
    """Begins a world, plays its stories, moves its time, and keeps what was done in it."""

    def state(self) -> dict[str, Any]:
        """What the page shows of it beside the phones."""

    async def do(self, what: str, told: Told) -> None:
        """One thing that a button of the page asks for; SimulatorError when there is no such thing."""

    async def pass_time(self, seconds: float) -> None:
        """So much time passes, with all that is due on the way."""

    @property
    def lan(self) -> str:
        """Where other machines find the page, "http://192.168.1.5:8000/simulator"; "" where they do not."""

    def hidden(self) -> Collection[str]:
        """Numbers of real people, which other machines do not see."""

    def begins(self, handset: Handset, act: str, told: Told) -> None:
        """A person is about to do something with a phone."""

    def failed(self) -> None:
        """What was begun last could not be done."""

    def written(self) -> str:
        """What was done so far, as a transcript."""

    async def behind(self) -> dict[str, Any]:
        """What happened behind: its lines, oldest first, and what it cost."""

    async def understood(self, words: str) -> list[tuple[str, str]]:
        """How a text is understood, layer by layer."""
