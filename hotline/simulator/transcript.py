"""Transcript: a written conversation, read from its file and written to it, and what a person in it does with a phone.

# Ana needs food.
-- Ben gives food, ride in north
Ana texts: food
Ana reads: What do you need?
    1 food
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from hotline.simulator.handset import Handset

INDENT = "    "
_OBSERVED = re.compile(r"\w+ (reads|hears|sees|gets):|\w+'s phone rings$")
_CHANGES = re.compile(r"# (community|setting|carrier|no voice)\b[^:]*:")
_DONE = re.compile(
    r"(\w+) (says and hangs up|says nothing|sends a picture|texts a group|\w+(?: up| silent)?):? ?(.*)", re.DOTALL
)
STORIES = Path(__file__).parent / "stories"
TOLD = (
    *("a_meal_for_a_new_mother", "two_volunteers_say_yes", "begun_by_phone_finished_by_text"),
    *("at_night_nobody_is_woken", "a_need_in_spanish", "a_danger", "volunteer_pauses_and_resumes"),
)


@dataclass
class Step:
    """Something done, and what is read and heard because of it. `kept` are the lines as they stand, with comments."""

    line: str
    expected: list[str] = field(default_factory=list)


@dataclass
class Transcript:
    """One file: its title and comments, its steps."""

    path: Path
    head: list[str]
    steps: list[Step]

    @classmethod
    def load(cls, path: Path) -> "Transcript":
        head: list[str] = []
        steps: list[Step] = []
        for line in path.read_text("utf-8").splitlines():
            if line.startswith(INDENT) and steps:
                steps[-1].expected[-1] += "\n" + line.removeprefix(INDENT)
            elif _OBSERVED.match(line):
                steps[-1].expected.append(line)
            elif steps or (line and not line.startswith("#")):
                steps.append(Step(line))
            else:
                head.append(line)
        return cls(path, head, steps)

    @property
    def title(self) -> str:
        """What its first lines say, up to the first that changes the town."""
        told = [line.removeprefix("#").strip() for line in takewhile(lambda line: not _CHANGES.match(line), self.head)]
        return " ".join(told).strip() or self.path.stem

    def written(self, seen: Sequence[Sequence[str]]) -> str:
        """The file, with what was read and heard after each step."""
        lines = list(self.head)
        for step, observed in zip(self.steps, seen, strict=True):
            lines += [step.line, *(each.replace("\n", "\n" + INDENT) for each in observed)]
        return "\n".join(lines) + "\n"

    def save(self, seen: Sequence[Sequence[str]]) -> None:
        """Writes what was read and heard; never what was said."""
        self.path.write_text(self.written(seen), "utf-8")


def stories() -> list[Path]:
    """The conversations that the page plays by itself: the usual town's as they are best told, then the others."""
    place = {name: at for at, name in enumerate(TOLD)}
    return sorted(STORIES.glob("*.txt"), key=lambda path: (place.get(path.stem, len(place)), path.stem))


def done_by(line: str) -> tuple[str, str, str]:
    """Who does what, and the words or keys; ValueError when the line says nothing of the kind."""
    if match := _DONE.fullmatch(line):
        return match[1], match[2], match[3]
    raise ValueError(f"nobody can do this: {line}")


async def act(phone: Handset, verb: str, rest: str) -> None:
    """One thing that a person does with a phone."""
    match verb:
        case "texts":
            await phone.text(unescaped(rest))
        case "sends a picture":
            await phone.text(unescaped(rest), media=1)
        case "texts a group":
            await phone.text(unescaped(rest), others=("+12125550180", "+12125550181"))
        case "calls":
            await phone.call()
        case "presses":
            await phone.press(rest)
        case "says":
            await phone.say(rest)
        case "says and hangs up":
            await phone.say(rest, then_hang_up=True)
        case "answers":
            await phone.answer()
        case "stays silent" | "says nothing":
            await phone.wait()
        case "hangs up":
            await phone.hang_up()
        case _:
            raise ValueError(f"nobody can do this: {phone} {verb}")


def unescaped(words: str) -> str:
    """What cannot be written in a text file: \\x0b, \\ud800."""
    return re.sub(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4})", lambda match: chr(int(match[1][1:], 16)), words)
