"""What the webhooks must reach, as ratios within one run."""

from benchmarks.figures import Cell, Figures, Target

AT = 16  # callers at once


def targets(figures: Figures) -> list[Target]:
    """Every promise that this run can judge."""
    hotline, slow = figures.middle("b", AT), figures.middle("b", AT, True)
    storm = figures.middle("b", 64)
    return [
        Target("(b) at least 15 % of (a)", _times(hotline, figures.middle("a", AT)), 0.15),
        Target("(b) at least 6 × (d)", _times(hotline, figures.middle("d", AT)), 6),
        Target("(b) at least 1.5 × (e)", _times(hotline, figures.middle("e", AT)), 1.5),
        Target("slow disk: at least 5 × one commit a text", _times(slow, figures.middle("b1", AT, True)), 5),
        Target("p99 at 64 at once below 100 ms", storm.p99 if storm else None, 100, at_least=False, unit="ms"),
    ]


def _times(one: Cell | None, other: Cell | None) -> float | None:
    return one.rate / other.rate if one and other else None
