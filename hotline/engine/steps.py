"""Flow definition: the steps of a conversation. A flow checks itself when it is built: no mistake reaches a caller."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hotline.engine.answers import Answer, Heard
from hotline.engine.session import Prompt, Values

Facts = Any  # what a decision may rest on: the engine hands it on and never looks inside
Answers = Mapping[str, str]
Options = tuple[str, ...] | Mapping[str, str] | Callable[[Facts], Iterable[str]]
Unless = Callable[[Answers, Facts], bool]
Shows = Callable[[Answers, Facts], Values]
Sounds = Callable[[Answers, Facts], Mapping[str, Any]]
"""Sounds that a call plays with a question: the fields ``plays`` or ``quote`` of its prompt."""
Hears = Callable[[Heard, Facts], Mapping[str, str]]


@dataclass(frozen=True)
class Choose:
    """A question with options. `options` are names, or {name: the step it leads to}, or a function of facts.

    `unless` says when it is no question, however one comes to it. `many` takes several at once. `exact` takes an option
    only when nothing else was said: for every yes and no. `shows` gives the values that the wording fills in, besides
    the answers so far. `offers` are those of the options
    that are offered as things stand. `senses` are words that mean an option at this question alone: {"right": "yes"}.
    `skip` is the option that `#` stands for, `keys` are those of options that are not offered under their place: {"9":
    "quiet"}. `back` is the step that BACK leads to, where it is not the one above. `closing` says that nothing more is
    to be heard: in a call, a second silence ends it. `wide` offers up to eight options at once, always or
    as things stand. `harmless` says that a leading yes or no is enough, whatever friendly words follow: nothing is lost
    by it. `adds` is the step that other words lead to, where the caller may say more instead of choosing: no miss.
    """

    name: str
    options: Options
    saves: str | None = None
    unless: Unless | None = None
    many: bool = False
    exact: bool = False
    shows: Shows | None = None
    offers: Callable[[Answers, Facts], Iterable[str]] | None = None
    sounds: Sounds | None = None
    senses: Mapping[str, str] = field(default_factory=dict)
    skip: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    back: str = ""
    harmless: bool = False
    closing: bool = False
    wide: bool | Unless = False
    adds: str = ""

    def names(self, facts: Facts, answers: Answers | None = None) -> tuple[str, ...]:
        if self.offers:
            return tuple(self.offers(answers or {}, facts))
        return tuple(self.options(facts) if callable(self.options) else self.options)

    def is_wide(self, answers: Answers, facts: Facts) -> bool:
        return self.wide(answers, facts) if callable(self.wide) else self.wide

    def leads_to(self, option: str) -> str | None:
        return self.options[option] if isinstance(self.options, Mapping) else None


@dataclass(frozen=True)
class Ask:
    """A question with an answer of one kind, saved under a name.

    `hears` reads further answers out of free words; they are saved under "<saves>_<name>". `back` is as
    in Choose. `free` says that any word may be the answer, even one that is a command elsewhere: a name may be Max.
    """

    name: str
    answer: Answer
    saves: str
    unless: Unless | None = None
    shows: Shows | None = None
    sounds: Sounds | None = None
    hears: Hears | None = None
    back: str = ""
    free: bool = False


def nothing(_: Answers, __: Facts) -> Iterable[Any]:
    """No effects: the step only decides where to go on, or changes the answers."""
    return ()


@dataclass(frozen=True)
class Do:
    """Something to be done; `then` may name the step that follows, by how things stand.

    `learns` returns all the answers as they are from here on.
    """

    name: str
    effects: Callable[[Answers, Facts], Iterable[Any]] = nothing
    then: Callable[[Answers, Facts], str] | None = None
    learns: Callable[[Answers, Facts], Answers] | None = None


@dataclass(frozen=True)
class Announce:
    """Something that is told in a call to its end: a key or silence goes on with the next step, which also follows at
    once where there is nothing to tell.
    """

    name: str
    says: Callable[[Answers, Facts], Iterable[Prompt]]


@dataclass(frozen=True)
class End:
    """The last words of a conversation; `says` gives them where they are more than one wording."""

    name: str
    shows: Shows | None = None
    sounds: Sounds | None = None
    says: Callable[[Answers, Facts], Iterable[Prompt]] | None = None


@dataclass(frozen=True)
class Begin:
    """Goes over into another conversation."""

    name: str
    flow: "Flow"


Question = Choose | Ask
Step = Choose | Ask | Do | Announce | End | Begin


class Flow:
    """A conversation: its steps from top to bottom, unless an option names another step.

    `form`: it is filled in question by question, so it goes on after an interruption, and in the next call or text.
    `asked_by_us`: time brings its question, not the caller; the question stands after a call.
    `optional`: nobody has to answer it; a third silence ends the call instead of bringing a person.
    `replaces`: a word that begins it ends what was being asked. Every other flow interrupts, and then that goes on.
    `locked`: only the coordinators' PIN opens it, for one call.
    `in_passing`: nobody has to answer it. What is none of its options means what it would mean without the question,
    which then stands silently, and is never put again.
    `stands`: its question is put again after whatever interrupts it, and what it interrupted is put after it.
    """

    def __init__(
        self,
        name: str,
        *steps: Step,
        form: bool = False,
        asked_by_us: bool = False,
        optional: bool = False,
        replaces: bool = False,
        locked: bool = False,
        stands: bool = False,
        in_passing: bool = False,
    ) -> None:
        self.name = name
        self.steps = steps
        self.form, self.asked_by_us, self.optional = form, asked_by_us, optional
        self.replaces, self.locked, self.stands, self.in_passing = replaces, locked, stands, in_passing
        self.choices = frozenset(step.saves for step in steps if isinstance(step, Choose) and step.saves)
        self._places = {step.name: place for place, step in enumerate(steps)}
        self._check()

    def _check(self) -> None:
        if len(self._places) < len(self.steps):
            raise ValueError(f"flow {self.name}: two steps have one name")
        if not self.steps or not self._leads_on(self.steps[-1]):
            raise ValueError(f"flow {self.name}: it never ends")
        asks = any(isinstance(step, Choose | Ask) for step in self.steps)
        if (self.form or self.asked_by_us or self.optional or self.in_passing) and not asks:
            raise ValueError(f"flow {self.name}: it asks nothing, so it is no form and no question")
        if self.asked_by_us and (self.form or self.optional):
            raise ValueError(f"flow {self.name}: a question that time brings is no form and not optional")
        for step in self.steps:
            if isinstance(step, Choose):
                self._check_choice(step)
            if isinstance(step, Choose | Ask) and step.back:
                self._check_targets(step.name, (step.back,))

    def _check_choice(self, step: Choose) -> None:
        if isinstance(step.options, Mapping):
            self._check_targets(step.name, step.options.values())
        if step.adds:
            self._check_targets(step.name, (step.adds,))
        if step.many and not step.saves:
            raise ValueError(f"flow {self.name}: step {step.name} takes several options and saves none")
        if step.skip and not callable(step.options) and step.skip not in step.options:
            raise ValueError(f"flow {self.name}: step {step.name} skips to {step.skip}, which is not an option")

    @staticmethod
    def _leads_on(last: Step) -> bool:
        """Whether the last step leads somewhere, so that no session runs past the end."""
        jumps = isinstance(last, Choose) and isinstance(last.options, Mapping)
        return jumps or isinstance(last, End | Begin) or (isinstance(last, Do) and last.then is not None)

    def _check_targets(self, name: str, targets: Iterable[str]) -> None:
        for target in targets:
            if target not in self._places:
                raise ValueError(f"flow {self.name}: step {name} leads to {target}, which is not a step")

    def find(self, name: str) -> Step | None:
        """The step of that name; none when the flow was edited since."""
        place = self._places.get(name)
        return None if place is None else self.steps[place]

    def at(self, name: str) -> Step:
        return self.steps[self._places[name]]

    def after(self, step: Step) -> Step:
        return self.steps[self._places[step.name] + 1]

    def before(self, step: Step) -> list[Question]:
        """The questions before this one, from top to bottom."""
        return [s for s in self.steps[: self._places[step.name]] if isinstance(s, Choose | Ask)]
