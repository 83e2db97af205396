"""Intents: the list of everything that a reply can mean. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hotline.engine.answers import Heard
from hotline.engine.plain import Plain

OURS = "ours"  # what other carriers do and answer by themselves is left to us here


class Kind(StrEnum):
    """All that a reply can mean."""

    OPT_OUT = "opt_out"
    STOP_UNCLEAR = "stop_unclear"  # a word of stopping, and nobody can tell what it is about
    HOURS = "hours"  # no texts at some hours, or for some time
    WRONG_NUMBER = "wrong_number"  # somebody else has this number, or wants to know who we are
    OPT_IN = "opt_in"
    CARRIERS = "carriers"  # HELP: the carrier has answered already, or leaves it to us
    EMERGENCY = "emergency"
    TAKE = "take"
    DECLINE = "decline"
    DONE = "done"
    DROP = "drop"
    WITHDRAW = "withdraw"
    UNSURE = "unsure"  # a yes with words around it: no yes
    STATUS = "status"
    GROUPS = "groups"
    TOGETHER = "together"
    LISTEN = "listen"
    MENU = "menu"
    BACK = "back"
    PERSON = "person"
    SIGNUP = "signup"
    LANGUAGE = "language"
    GOODBYE = "goodbye"
    AGAIN = "again"
    ANSWER = "answer"
    THANKS = "thanks"
    NOTE = "note"  # words about a need that is under way
    NEW = "new"
    NOTHING_OPEN = "nothing_open"
    NOTHING = "nothing"  # a reaction or a machine: it changes nothing, and what we asked stands
    UNCLEAR = "unclear"  # nothing to go by, and nothing open
    COMMAND = "command"  # a word of command; `name` is the flow that carries it out


@dataclass(frozen=True)
class Meaning(Plain):
    """What a reply means; `number` is the need it is about, "" where none was said; `name` the word that said it.

    ``known`` is what a command says already: the answers that its flow begins with. ``said`` are the words that mean
    it, where they are not the whole text; ``beside`` is what the text means as well: "done 112, now stop texting me".
    ``danger`` says that someone may be in danger beside that: the person is warned, and a coordinator is told.
    """

    kind: Kind
    number: str = ""
    name: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    said: Heard | None = None
    beside: "Meaning | None" = None
    danger: bool = False

    @property
    def flow(self) -> str:
        """The name of the flow that carries it out: a command names one, and so does a kind that bears its name."""
        return self.name if self.kind is Kind.COMMAND else str(self.kind)


def command(flow: str, number: str = "", **known: str) -> Meaning:
    """A word of command, carried out by the flow of that name."""
    return Meaning(Kind.COMMAND, number, flow, known)
