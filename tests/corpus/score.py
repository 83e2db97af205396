"""Score of the corpus: how many lines of which kind and language are heard rightly. It never holds or prints a text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.corpus import SHIPPED, Line, false_yes, held_out
from tests.corpus.fairness import Labels
from tests.corpus.judging import ear, judged
from tests.world import COMMUNITY

DANGER = ("emergency", "danger?")
REST = "others"
STOPPING = frozenset({"opt_out", "opt_out_calls"})
FAREWELLS = frozenset({"opt_out", "opt_out_calls", "hours", "nothing", "machine", "carrier", "thanks", "decline"})
BY_LABEL = {
    "opt_out": "opting out",
    "opt_out?": "opting out",
    "opt_out_calls": "calls, texts, hours",
    "by_text": "calls, texts, hours",
    "by_call": "calls, texts, hours",
    "hours": "calls, texts, hours",
    "withdraw": "cancelling",
    "take": "yes",
    "which": "yes",
    "done": "done, given back",
    "drop": "done, given back",
    "decline": "no",
    "answer": "answers",
    "new": "new requests",
    "relay": "words for the other side",
    "status": "how it stands",
    "stranger": "strangers",
    "machine": "machines, reactions",
    "nothing": "machines, reactions",
    "unclear": "unclear",
}
BY_THEME = {"idioms": "idioms", "stop-else": "stopping something else"}


def kind(line: Line) -> str:
    """What a line is about: its best label, and its theme where that says more."""
    best = line.fair[0]
    for level, name in zip(DANGER, ("danger, certain", "danger, possible"), strict=True):
        if level in best:
            return name
    if line.theme in BY_THEME and not best & STOPPING:
        return BY_THEME[line.theme]
    verbs = sorted(label.split(" ")[0] for label in best)
    return next((name for label, name in BY_LABEL.items() if label in verbs), "others")


@dataclass(frozen=True)
class Judgement:
    """A line and what the rules heard in it."""

    line: Line
    heard: Labels

    @property
    def right(self) -> bool:
        raised = "danger?" in self.line.fair[0] and "emergency" in self.heard
        return self.heard in self.line.fair or raised

    @property
    def right_by_label(self) -> bool:
        """Right without what the rules of fairness add."""
        raised = "danger?" in self.line.labelled[0] and "emergency" in self.heard
        return self.heard in self.line.labelled or raised

    @property
    def best(self) -> bool:
        return self.heard == self.line.fair[0]

    @property
    def false_yes(self) -> bool:
        return false_yes(self.line, self.heard)

    @property
    def in_danger(self) -> bool:
        return bool(self.line.fair[0] & set(DANGER))

    @property
    def alarmed(self) -> bool:
        return bool(self.heard & set(DANGER))

    @property
    def raised(self) -> bool:
        """Only possible danger, taken for certain."""
        return "danger?" in self.line.fair[0] and not self.line.may_be("emergency") and "emergency" in self.heard

    @property
    def lowered(self) -> bool:
        """Certain danger, taken for possible."""
        return "emergency" in self.line.fair[0] and not self.line.may_be("danger?") and "danger?" in self.heard

    @property
    def danger_missed(self) -> bool:
        return self.in_danger and not self.alarmed and self.heard not in self.line.fair

    @property
    def sent_off(self) -> bool:
        """Danger that is answered by silence or farewell."""
        return self.in_danger and not self.alarmed and any(label.split(" ")[0] in FAREWELLS for label in self.heard)

    @property
    def false_alarm(self) -> bool:
        return self.alarmed and not self.line.may_be(*DANGER)

    @property
    def opting_out(self) -> bool:
        return "opt_out" in self.line.fair[0]

    @property
    def opting_out_missed(self) -> bool:
        return self.opting_out and not self.heard & {"opt_out", "opt_out?"} and self.heard not in self.line.fair

    @property
    def opting_out_doubted(self) -> bool:
        """Opting out that one line asks about, instead of ending the texts."""
        return self.opting_out and "opt_out?" in self.heard

    @property
    def ended_wrongly(self) -> bool:
        return "opt_out" in self.heard and not self.line.may_be("opt_out")


def judge(folder: Path, some: Iterable[Line], languages: tuple[str, ...] = SHIPPED) -> list[Judgement]:
    """These lines, heard in these languages; `folder` takes the community file."""
    folder.joinpath("community.toml").write_text(COMMUNITY, "utf-8")
    hearing = ear(languages, folder)
    return [Judgement(line, judged(line, hearing, languages)) for line in some]


def share(some: Iterable[bool]) -> float:
    """How many of these are so, from 0 to 1; nothing at all is 0."""
    counted = list(some)
    return sum(counted) / len(counted) if counted else 0.0


def table(some: list[Judgement]) -> str:
    """Right of all, by kind and language: the shipped languages, and the others together."""
    columns = (*SHIPPED, "any", REST)
    cells: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in some:
        language = each.line.language if each.line.language in columns else REST
        for row in (kind(each.line), "all"):
            for column in (language, "all"):
                cells[(row, column)].append(each.right)
    rows = [*sorted({row for row, _ in cells} - {"all"}), "all"]
    head = f"{'':26}" + "".join(f"{column:>11}" for column in (*columns, "all"))
    return "\n".join([head, *(_row(row, (*columns, "all"), cells) for row in rows)])


def _row(row: str, columns: tuple[str, ...], cells: dict[tuple[str, str], list[bool]]) -> str:
    found = (cells.get((row, column), []) for column in columns)
    return f"{row:26}" + "".join(f"{f'{sum(cell)}/{len(cell)}' if cell else '':>11}" for cell in found)


def counts(some: list[Judgement]) -> list[tuple[str, int, int]]:
    """(what is counted, how many, of how many): what is right, and what must not happen."""
    dangers = [each for each in some if each.in_danger]
    idioms = [each for each in some if kind(each.line) == BY_THEME["idioms"]]
    leaving = [each for each in some if each.opting_out]
    staying = [each for each in some if not each.line.may_be("opt_out")]
    return [
        ("right", sum(each.right for each in some), len(some)),
        ("right by the labels alone", sum(each.right_by_label for each in some), len(some)),
        ("heard as is best", sum(each.best for each in some), len(some)),
        ("false yes", sum(each.false_yes for each in some), len(some)),
        ("danger answered by silence or farewell", sum(each.sent_off for each in dangers), len(dangers)),
        ("danger missed", sum(each.danger_missed for each in dangers), len(dangers)),
        ("certain danger heard as possible", sum(each.lowered for each in dangers), len(dangers)),
        ("possible danger heard as certain", sum(each.raised for each in dangers), len(dangers)),
        ("figures of speech alarmed", sum(each.false_alarm for each in idioms), len(idioms)),
        ("anything else alarmed", sum(each.false_alarm for each in some), len(some) - len(dangers)),
        ("opting out missed", sum(each.opting_out_missed for each in leaving), len(leaving)),
        ("opting out asked about", sum(each.opting_out_doubted for each in leaving), len(leaving)),
        ("texts ended wrongly", sum(each.ended_wrongly for each in staying), len(staying)),
    ]


def harm(some: list[Judgement]) -> str:
    """The counts, one a line."""
    return "\n".join(f"{name:42}{k:>6} of {n:<6} {k / max(n, 1):8.2%}" for name, k, n in counts(some))


def parts(some: list[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """Those that rules may be tuned on, and those held out."""
    return [each for each in some if not held_out(each.line)], [each for each in some if held_out(each.line)]
