"""Work checks: whether the hotline runs, sends and is reached. Pure."""

from collections.abc import Iterator

from hotline.carriers.error_codes import explained
from hotline.doctor.findings import Finding, found
from hotline.model.calendar import DAY, MINUTE
from hotline.model.heartbeat import Health, Work
from hotline.web.health import STUCK

QUIET = 7 * DAY
LATELY = 7 * DAY


def judge(work: Work, health: Health, now: float, *, can_call: bool) -> Iterator[Finding]:
    """Everything that is wrong with how it runs."""
    if health.beat_at is None:
        yield found("never_started")
        return
    if abs(now - health.beat_at) > STUCK:
        yield found("worker_silent", minutes=_minutes(now - health.beat_at))
    if health.held_for:
        yield found("held", detail=explained(health.held_for))
    elif health.senseless:
        yield found("senseless")
    elif health.waiting_since and now - health.waiting_since > STUCK:
        yield found("stuck", minutes=_minutes(now - health.waiting_since))
    if work.dead_letters:
        yield found("dead_letters", many=work.dead_letters)
    yield from _heard(work, now, can_call)


def _heard(work: Work, now: float, can_call: bool) -> Iterator[Finding]:
    if work.text_at is None:
        yield found("no_text")
    if work.call_at is None and can_call:
        yield found("no_call")
    last = max(work.text_at or 0.0, work.call_at or 0.0)
    if last and now - last > QUIET:
        yield found("long_quiet", days=f"{(now - last) / DAY:.0f}")


def _minutes(seconds: float) -> str:
    return f"{abs(seconds) / MINUTE:.0f}"
