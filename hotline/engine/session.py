"""Session, prompt and turn: where a person stands in a conversation, what to say, and the outcome of one input."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hotline.engine.answers import Answer
from hotline.engine.plain import Plain

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Session(Plain):
    """One person's place in a conversation: plain data that survives restarts and deploys.

    ``party`` is who speaks (a number in E.164). ``flow`` and ``step`` are names, empty while nothing is being asked.
    ``turn`` counts everything this person ever said, so that a late or repeated step of a call is known as such.
    ``behind`` is the conversation that this one interrupted; it goes on when this one ends. ``call`` is the carrier's
    id of the call in which something was said last, "" for a text. ``told`` is what that call was told just before the
    question that stands: a caller cannot look back at it, so a key says it again. ``silent`` is whether nothing was
    said last: a call ends after two silences on end, and never after one.
    """

    party: str
    flow: str = ""
    step: str = ""
    language: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    misses: int = 0
    turn: int = 0
    page: int = 0
    behind: "Session | None" = None
    call: str = ""
    told: "tuple[Prompt, ...]" = ()
    silent: bool = False

    @property
    def waiting(self) -> bool:
        """Whether a question of ours is still without an answer."""
        return bool(self.step)

    def idle(self) -> "Session":
        return Session(self.party, language=self.language, turn=self.turn)

    def to_plain(self) -> dict[str, Any]:
        """What JSON can hold; `from_plain` reads it back. The party is the key it is kept under."""
        plain = {"flow": self.flow, "step": self.step, "answers": dict(self.answers), "misses": self.misses}
        plain |= {"call": self.call} if self.call else {}
        plain |= {"told": [prompt.to_plain() for prompt in self.told]} if self.told else {}
        plain |= {"silent": True} if self.silent else {}
        return plain | {"page": self.page, "behind": self.behind.to_plain() if self.behind else None}

    @classmethod
    def from_plain(cls, party: str, language: str, turn: int, plain: Mapping[str, Any]) -> "Session":
        behind = plain.get("behind")
        return cls(
            party,
            plain.get("flow", ""),
            plain.get("step", ""),
            language,
            plain.get("answers", {}),
            plain.get("misses", 0),
            turn,
            plain.get("page", 0),
            cls.from_plain(party, language, turn, behind) if behind else None,
            plain.get("call", ""),
            tuple(map(Prompt.from_plain, plain.get("told", ()))),
            plain.get("silent", False),
        )


@dataclass(frozen=True)
class Prompt(Plain):
    """Something to say, before it has words.

    ``key`` names the wording ("intake.what"); ``options`` the choices in the order of their keys 1, 2, 3 ...;
    ``again`` how often the answer was missed; ``values`` what is filled in: a string is said as it is, a tuple holds
    names that get their labels in the listener's language; ``ends`` ends the call after this prompt, ``goes_on`` takes
    the next step by itself once this is said to its end. In a call, ``plays`` are the places of sounds, with blanks
    between, that are played after the wording, ``quote`` (language, words) that are read out, ``in_each`` the name of a
    wording that is said last, in every other language of the community.
    """

    key: str
    options: tuple[str, ...] = ()
    waits: bool = False
    again: int = 0
    values: Values = field(default_factory=dict)
    answer: Answer | None = None
    many: bool = False
    ends: bool = False
    goes_on: bool = False
    plays: str = ""
    quote: tuple[str, str] = ("", "")
    in_each: str = ""

    def to_plain(self) -> dict[str, Any]:
        """What JSON can hold of what is said and not asked: what lies in the outbox, what a call was told."""
        plain: dict[str, Any] = {"key": self.key, "values": dict(self.values)}
        plain |= {"plays": self.plays} if self.plays else {}
        return plain | ({"options": self.options, "again": self.again} if self.options or self.again else {})

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Prompt":
        values = {name: v if isinstance(v, str) else tuple(v) for name, v in plain["values"].items()}
        options = tuple(plain.get("options", ()))
        waits, again = bool(options), plain.get("again", 0)
        return cls(plain["key"], options, waits, again, values, plays=plain.get("plays", ""))


@dataclass(frozen=True)
class Turn(Plain):
    """The outcome of one thing said: the session as it now stands, what to say, what to do."""

    session: Session
    prompts: tuple[Prompt, ...] = ()
    effects: tuple[Any, ...] = ()

    def and_then(self, later: "Turn") -> "Turn":
        return Turn(later.session, self.prompts + later.prompts, self.effects + later.effects)

    def saying(self, *before: Prompt) -> "Turn":
        return self.but(prompts=before + self.prompts)

    def doing(self, *effects: Any) -> "Turn":
        return self.but(effects=effects + self.effects)
