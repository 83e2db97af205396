"""What the webhooks must reach, as ratios within one run."""

from benchmarks.figures import Cell, Figures, Load, Target

AT, STORM = 16, 64  # callers at once


def targets(figures: Figures) -> list[Target]:
    """Every promise that this run can judge."""
    hotline, slow = figures.middle("b", AT), figures.middle("b", AT, True)
    storm, postgres, bare = (figures.middle(letter, STORM) for letter in "bca")
    small = figures.middle("b3", STORM, load=Load.DAY)
    late, rate, cpu = (storm.p99 if storm else None), None, None
    if postgres:
        rate, cpu = postgres.rate, postgres.cpu
    return [
        Target("at 64 at once, processor time: (a) at least 0.18 × of (b)", _cpu(bare, storm), 0.18),
        Target("the same on the wall: (b) at least 0.30 × of (a), the goal", _times(storm, bare), 0.30),
        Target("(b) at least 15 % of (a)", _times(hotline, figures.middle("a", AT)), 0.15),
        Target("(b) at least 6 × (d)", _times(hotline, figures.middle("d", AT)), 6),
        Target("(b) at least 1.5 × (e)", _times(hotline, figures.middle("e", AT)), 1.5),
        Target("slow disk: at least 5 × one commit a text", _times(slow, figures.middle("b1", AT, True)), 5),
        Target("p99 at 64 at once below 100 ms", late, 100, at_least=False, unit="ms"),
        Target("(b3) on one core: at most 512 MiB", small.memory if small else None, 512, at_least=False, unit="MiB"),
        Target("(c) at 64 at once: at least 1,700 texts a second", rate, 1700, unit="a second"),
        Target("(c) at 64 at once: at most 600 µs, the server with it", cpu, 600, at_least=False, unit="µs"),
    ]


def _times(one: Cell | None, other: Cell | None) -> float | None:
    return one.rate / other.rate if one and other else None


def _cpu(bare: Cell | None, hotline: Cell | None) -> float | None:
    """What part of the processor time of a text the web server alone takes."""
    return bare.cpu / hotline.cpu if bare and hotline else None
