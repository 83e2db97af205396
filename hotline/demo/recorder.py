"""Recorder: keeps what people do in a town, and what is read and heard because of it, as a transcript."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hotline.demo.cast import Cast
from hotline.simulator.handset import Handset
from hotline.simulator.transcript import Step, Transcript

WORDS = {
    "text": "texts: {body}", "call": "calls", "press": "presses: {keys}", "say": "says: {words}",
    "wait": "stays silent", "answer": "answers", "hangup": "hangs up",
}  # fmt: skip


class Recorder:
    """The steps so far. What happens by itself belongs to what was done last."""

    def __init__(self, cast: Cast, head: Sequence[str]) -> None:
        self.cast, self.head = cast, list(head)
        self.steps: list[Step] = []
        self._actor = ""
        self._heard = cast.listening()

    def begins(self, actor: str, line: str) -> None:
        """Someone is about to do what the line says."""
        self.look()
        self.steps.append(Step(line))
        self._actor = actor

    def person_begins(self, handset: Handset, act: str, told: Mapping[str, Any]) -> None:
        """Someone is about to do something with a phone."""
        words = {name: _on_one_line(str(said)) for name, said in told.items()}
        said = WORDS[act].format_map({"body": "", "keys": "", "words": "", **words})
        if act == "press" and self.steps and self.steps[-1].line.startswith(f"{handset.name} presses: "):
            heard = self.cast.observed(handset.name, self._heard)
            if not heard:  # two keys of one number are one step
                self.steps[-1].line += words.get("keys", "")
                return
            self.steps[-1].expected += heard
        self.begins(handset.name, f"{handset.name} {said}")

    def failed(self) -> None:
        """What was begun last could not be done."""
        if self.steps:
            self.steps.pop()

    def look(self) -> list[str]:
        """What was read and heard since the last look."""
        news = self.cast.observed(self._actor, self._heard)
        if self.steps:
            self.steps[-1].expected += news
        self._heard = self.cast.listening()
        return news

    def written(self, remarks: Sequence[str] = ()) -> str:
        """The transcript, with these remarks in its head."""
        self.look()
        whole = Transcript(Path("what-I-did.txt"), [*self.head, *remarks], self.steps)
        return whole.written([step.expected for step in self.steps])


def _on_one_line(words: str) -> str:
    """A step is one line: what a line cannot hold is written as the transcripts have it."""
    return words.replace("\n", "\\x0a").replace("\r", "\\x0d")
