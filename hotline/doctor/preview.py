"""Preview: what somebody who texts or calls now would read and hear. It is done, and undone in the same moment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol
from xml.etree import ElementTree

from hotline.channels.catalogue import Catalogue
from hotline.model import phone_numbers
from hotline.model.events import CallStep, Text
from hotline.model.line import Line
from hotline.storage import Store, Transaction

TEXT_ID, CALL_ID = "doctor", "doctor/0"
LONGEST = 600  # letters of a call that are shown


class Texts(Protocol):
    """Answers texts."""

    def answer_text(self, tx: Transaction, came: Text) -> str: ...


class Calls(Protocol):
    """Answers steps of calls."""

    def answer(self, tx: Transaction, step: CallStep) -> str: ...


class _Undo(Exception):
    """Nothing of a turn is kept; its answer is."""

    def __init__(self, answer: str) -> None:
        super().__init__()
        self.answer = answer


def as_if(catalogue: Catalogue) -> Catalogue:
    """The community on a line that answers at once, so that there is an answer to show."""
    return Catalogue(catalogue.community.on(replace(catalogue.community.line, replies_at_once=True)))


async def preview(store: Store, catalogue: Catalogue, texts: Texts, calls: Calls, line: Line) -> str:
    """Both, as a person would tell it. The number is one that nobody has."""
    number = phone_numbers.example_of(catalogue.community.country)
    party = phone_numbers.normalise(number, catalogue.community.country) or number
    word = next(iter(catalogue.community.needs))
    read = await _undone(store, lambda tx: texts.answer_text(tx, Text(TEXT_ID, party, word)))
    told = f'A stranger who texts "{word}" now reads:\n{_indented(read)}'
    if line.calls:
        heard = await _undone(store, lambda tx: calls.answer(tx, CallStep(CALL_ID, party)))
        told += f"\n\nA stranger who calls now hears:\n{_indented(heard[:LONGEST])}"
    return told


async def _undone(store: Store, turn: Callable[[Transaction], str]) -> str:
    def and_undo(tx: Transaction) -> None:
        raise _Undo(turn(tx))

    try:
        await store.run(and_undo)
    except _Undo as undone:
        return _words(undone.answer)
    raise AssertionError("a turn that raises always raises")


def _words(document: str) -> str:
    """What is said in a document; a sound of the community's own is said to be one."""
    said = []
    for each in ElementTree.fromstring(document).iter():
        if each.tag in ("Message", "Say") and each.text:
            said.append(each.text.strip())
        elif each.tag == "Play":
            said.append("(your own recording)")
    return "\n".join(said) or "(nothing)"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
