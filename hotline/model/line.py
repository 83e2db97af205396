"""Telephone line: what the carrier of this hotline can do, how fast it may go, and what it leaves to us."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One telephone line, as its carrier describes it.

    ``calls`` is whether people are called and can call, ``joins_calls`` whether two of them can be joined so that
    neither sees the other's number. ``answers_opt_out`` says that the carrier itself ends the texts at STOP, begins
    them at START and answers HELP; where it does not, we do. ``replies_at_once``: the answer to a text goes back with
    the webhook's own answer; else it is a row of the outbox. ``seconds_between`` are the shortest and the longest rest
    between two texts, one at a time; None where the settings' segments a second count. ``wave_at_most`` bounds how many
    are asked in one wave. ``silent_after`` is after how many seconds without a sign of life somebody should look at the
    gateway; 0 where there is none to look at. ``priced`` is whether we know about what a text and a call cost.
    """

    calls: bool = True
    joins_calls: bool = True
    answers_opt_out: bool = True
    replies_at_once: bool = True
    seconds_between: tuple[float, float] | None = None
    wave_at_most: int | None = None
    silent_after: float = 0.0
    priced: bool = True


EVERYTHING = Line()
