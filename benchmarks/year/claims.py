"""Claims and targets: what is said of the hotline, and in which towns it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from statistics import mean, stdev

from benchmarks.year.asking import BEFORE, HOTLINE
from benchmarks.year.figures import Tally, middle
from benchmarks.year.study import MIDDLE, SIMULATORS, Cell, Results
from benchmarks.year.tables import percent, table

EVERYONE, IN_LIMITS, BY_LOT = "everyone at once", "everyone within their limits", "a random three, until taken"


@dataclass(frozen=True)
class Claim:
    """A sentence about one measure of two ways of asking, where both were run in the same towns."""

    words: str
    measure: str
    opponent: str
    more: bool  # whether more of it is better


CLAIMS = (
    Claim("more is taken within two hours than by texting everyone at once", "two_hours", EVERYONE, more=True),
    Claim("fewer segments for each taken than texting everyone at once", "segments", EVERYONE, more=False),
    Claim("fewer people tire than by texting everyone at once", "tired", EVERYONE, more=False),
    Claim("fewer segments for each taken than everyone within their limits", "segments", IN_LIMITS, more=False),
    Claim("more within two hours than everyone within their limits", "two_hours", IN_LIMITS, more=True),
    Claim("more within two hours than a random three, until taken", "two_hours", BY_LOT, more=True),
    Claim("more within half an hour than the policy before", "half_hour", BEFORE, more=True),
    Claim("more within two hours than the policy before", "two_hours", BEFORE, more=True),
    Claim("fewer segments for each taken than the policy before", "segments", BEFORE, more=False),
    Claim("fewer people tire than by the policy before", "tired", BEFORE, more=False),
    Claim("coordinators are told of less than by the policy before", "told", BEFORE, more=False),
    Claim("what they are told of is rather not taken in time", "told_rightly", BEFORE, more=True),
    Claim("more of a minority's requests reach who speaks its language", "speaker", BEFORE, more=True),
    Claim("volunteers of a minority wait less long for a question", "unasked_minority", BEFORE, more=False),
    Claim("more requests for a van are taken within two hours", "van", BEFORE, more=True),
    Claim("more of a storm is taken within two hours", "storm", BEFORE, more=True),
    Claim("more of what is asked in the five days after it", "after", BEFORE, more=True),
)

BETTER, EVEN, WORSE = "better", "no difference seen", "worse"
SURELY = 2.0  # standard errors


def claims(results: Results) -> str:
    """Each claim, in how many of the towns it holds, where no difference is seen, and where the contrary holds."""
    rows = []
    for claim in CLAIMS:
        found = list(_held(claim, results))
        counts = [str(sum(verdict == each for _, verdict in found)) for each in (BETTER, EVEN)]
        contrary = "; ".join(words for words, verdict in found if verdict == WORSE)
        rows.append([claim.words, *counts, contrary or "nowhere"])
    return table(["the hotline", "towns where it holds", EVEN, "the contrary holds"], rows)


def _held(claim: Claim, results: Results) -> Iterator[tuple[str, str]]:
    for cell, ours in results.items():
        theirs = results.get(Cell(cell.simulator, cell.people, claim.opponent, cell.fatigue, cell.storm))
        if cell.policy != HOTLINE or cell.setting or theirs is None:
            continue
        if cell.storm != (claim.measure in ("storm", "after")):
            continue
        verdict = _verdict(claim, ours, theirs)
        if verdict:
            yield f"{_named(cell)} ({_of(ours, claim)} against {_of(theirs, claim)})", verdict


def _verdict(claim: Claim, ours: Sequence[Tally], theirs: Sequence[Tally]) -> str:
    """By the differences of the same seeds: surely more than nothing, surely less, or neither."""
    nothing = (0.0, 0.0)
    both = zip(ours, theirs, strict=True)
    pairs = [(one.get(claim.measure, nothing), other.get(claim.measure, nothing)) for one, other in both]
    differences = [one[0] / one[1] - other[0] / other[1] for one, other in pairs if one[1] and other[1]]
    if not differences:
        return ""
    least = SURELY * stdev(differences) / sqrt(len(differences)) if len(differences) > 1 else inf
    gained = mean(differences) if claim.more else -mean(differences)
    return BETTER if gained > least else WORSE if gained < -least else EVEN


def _of(tallies: Sequence[Tally], claim: Claim) -> str:
    found = middle(tallies, claim.measure).mean or 0.0
    return f"{found:.1f}" if claim.measure in ("segments", "unasked_minority") else percent(found)


def _named(cell: Cell) -> str:
    return f"{cell.simulator}: {cell.people:,}, {cell.fatigue}"


@dataclass(frozen=True)
class Target:
    """What was to be reached at 200 people, in both simulators."""

    words: str
    measure: str
    bound: float
    at_least: bool
    storm: bool = False


TARGETS = (
    Target("of the storm, taken within two hours: at least 40%", "storm", 0.40, at_least=True, storm=True),
    Target("of what is asked in the five days after: at least 55%", "after", 0.55, at_least=True, storm=True),
    Target("told to the coordinators, not for want of people: at most 25%", "told", 0.25, at_least=False),
    Target("of these, not taken within two hours: at least 50%", "told_rightly", 0.50, at_least=True),
)


def targets(results: Results) -> str:
    """What was to be reached, what was measured, and whether it was."""
    rows = []
    for target in TARGETS:
        for simulator in SIMULATORS:
            found = middle(results[Cell(simulator, MIDDLE, HOTLINE, storm=target.storm)], target.measure)
            if found.mean is None:
                continue
            reached = found.mean >= target.bound if target.at_least else found.mean <= target.bound
            spread = f"{percent(found.mean)} ({percent(found.low)}–{percent(found.high)})"
            rows.append([f"{simulator}: {target.words}", spread, "reached" if reached else "NOT reached"])
    return table(["at 200 people", "measured", ""], rows)
