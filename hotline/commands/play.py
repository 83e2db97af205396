"""Command `play`: a written conversation in the terminal, everybody's phone side by side, at reading pace."""

import asyncio
import os
import shutil
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hotline.commands import Chosen, Wrong, command
from hotline.simulator.transcript import Step, Transcript, done_by, stories

NARROWEST, WIDEST = 24, 60  # letters in a column


def add(commands: Any) -> None:
    play = command(commands, "play", "play a transcript, its phones side by side; without a file, name them", _play)
    play.add_argument("file", nargs="?", default="", metavar="FILE", help="a transcript, or the name of a story")
    play.add_argument("--pace", type=float, default=1.0, help="2 for twice as fast, 0 for no pause")


def _play(chosen: Chosen) -> None:
    shipped = {path.stem: path for path in stories()}
    if not chosen.file:
        print("\n".join(f"{name}\n    {Transcript.load(path).title}" for name, path in shipped.items()))
        return
    path = shipped.get(chosen.file, Path(chosen.file))
    if not path.is_file():
        raise Wrong(f"play: there is no file {chosen.file}; the stories are {', '.join(shipped)}")
    transcript = Transcript.load(path)
    print(f"\n{transcript.title}\n")
    try:
        asyncio.run(_told(transcript, chosen.pace))
    except (ValueError, KeyError) as error:
        raise Wrong(f"play: {error}") from None


async def _told(transcript: Transcript, pace: float) -> None:
    from hotline.demo.app import served
    from hotline.demo.story_player import StoryPlayer, pause_after

    columns = Columns(people(transcript), shutil.get_terminal_size().columns)
    with tempfile.TemporaryDirectory(prefix="hotline-") as folder:
        async with served(Path(folder)) as town:
            await town.begin(transcript)
            player = StoryPlayer(town.recorder, transcript)
            while not player.over:
                seen = await player.carry_out()
                line = transcript.steps[player.at - 1].line
                print("\n".join(columns.show(Step(line, seen))), flush=True)
                await asyncio.sleep(pause_after(line, seen) / pace if pace > 0 else 0)


def people(transcript: Transcript) -> list[str]:
    """Those whose phones are seen, in the order in which they come up."""
    named: dict[str, None] = {}
    for step in transcript.steps:
        for line in (step.line, *step.expected):
            if line[:1].isalpha():
                named[line.split()[0].removesuffix("'s")] = None
    return list(named)


class Columns:
    """A column for each phone: two where it is narrow, the first person left and all others right."""

    def __init__(self, names: list[str], width: int) -> None:
        most = max(1, min(len(names), width // (NARROWEST + 2)))
        self.of = {name: min(place, most - 1) for place, name in enumerate(names)}
        self.width = min(WIDEST, width // most - 2)
        self.most = most
        self.colored = os.isatty(1)

    def show(self, step: Step) -> Iterator[str]:
        """The lines of one step: what was done, and what everybody read and heard."""
        if step.line.startswith(("--", "#")):
            yield f"  ({step.line.removeprefix('-- ').lstrip('# ')})"
        elif step.line:
            name, verb, words = done_by(step.line)
            yield from self._bubble(name, f"{name} {verb}: {words}" if words else f"{name} {verb}", "> ")
        for line in step.expected:
            if line[:1].isalpha():
                yield from self._bubble(line.split()[0].removesuffix("'s"), line, "")
        yield ""

    def _bubble(self, name: str, words: str, mark: str) -> Iterator[str]:
        indent = " " * (self.of.get(name, self.most - 1) * (self.width + 2))
        for part in f"{mark}{words}".splitlines():
            for line in textwrap.wrap(part, self.width) or [""]:
                yield f"{indent}{self._colored(line) if mark else line}"

    def _colored(self, line: str) -> str:
        return f"\033[1m{line}\033[0m" if self.colored else line
