"""Trace of one text through the program: `python -m tests.architecture.trace`.

A neighbor has asked, a volunteer was asked and texts YES 101. Printed are the files and functions that this text runs
through between the webhook and its answer, and how often the way changes from one folder to another.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

from hotline.model.people import Volunteer
from tests.architecture.code import HOTLINE
from tests.world import World, world

ANA, BEN = "+12125550111", "+12125550112"
NOT_OURS = ("simulator", "app.py")  # the pretend carrier runs in the same process


class Trace:
    """Every named function of the hotline that is entered, in order, as (file, function)."""

    def __init__(self) -> None:
        self.entered: list[tuple[str, str]] = []

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(f"{HOTLINE}/"):
            file = frame.f_code.co_filename.removeprefix(f"{HOTLINE}/")
            if not file.startswith(NOT_OURS) and not frame.f_code.co_name.startswith("<"):
                self.entered.append((file, frame.f_code.co_qualname))

    @property
    def files(self) -> list[str]:
        return list(dict.fromkeys(file for file, _ in self.entered))

    @property
    def functions(self) -> int:
        return len(set(self.entered))

    @property
    def changes(self) -> int:
        """How often the next function stands in another folder."""
        folders = [file.partition("/")[0] if "/" in file else "" for file, _ in self.entered]
        return sum(one != other for one, other in pairwise(folders))


async def trace_a_yes(place: World) -> Trace:
    await place.add_volunteer(Volunteer(BEN, "Ben", ("food",), ("north",), "en", "active"))
    ana, ben = place.exchange.handset(ANA, "Ana"), place.exchange.handset(BEN, "Ben")
    for words in ("food 11216", "no", "1"):
        await ana.text(words)
        await place.settle()
    assert any("YES 101" in text.body for text in ben.inbox)
    trace = Trace()
    sys.setprofile(trace)
    try:
        await ben.text("YES 101")
    finally:
        sys.setprofile(None)
    return trace


def run(folder: Path) -> Trace:
    async def play() -> Trace:
        async with world(folder) as place:
            return await trace_a_yes(place)

    return asyncio.run(play())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        found = run(Path(place))
    entered = Counter(file for file, _ in found.entered)
    print("\n".join(f"{entered[file]:5}  {file}" for file in found.files))
    print(f"{len(found.files)} files, {found.functions} functions, {found.changes} changes of folder")
