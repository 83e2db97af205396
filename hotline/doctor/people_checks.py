"""People checks: who coordinates, who gives, and what callers would hear. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hotline.community.model import OTHER, Community
from hotline.doctor.findings import Finding, found
from hotline.model import phone_numbers
from hotline.model.calendar import DAY
from hotline.model.flags import Flag
from hotline.model.people import Reach, Volunteer

WAITS = "volunteer_waits"
HALF_A_YEAR = 182 * DAY
PATIENCE = DAY  # seconds that a flag, or somebody who wants to help, may wait
MANY_WITHOUT = 3  # gaps that are named one by one


@dataclass(frozen=True)
class People:
    """Who there is. ``reach`` is how each coordinator is reached, ``shut_out`` how many give and are not reached,
    ``unspoken`` how many prompts each language lacks that the carrier has no voice for."""

    volunteers: Sequence[Volunteer] = ()
    flags: Sequence[Flag] = ()
    reach: Mapping[str, Reach] = field(default_factory=dict)
    shut_out: int = 0
    has_pin: bool = True
    unspoken: Mapping[str, int] = field(default_factory=dict)


def judge(people: People, community: Community, file: str, now: float, *, can_call: bool) -> Iterator[Finding]:
    """Everything that is wrong with who is there. `file` is the community's."""
    yield from _coordinators(people, community, file, can_call)
    yield from _volunteers(people, community)
    yield from _waiting(people, now)
    if can_call and not people.has_pin:
        yield found("no_pin")
    for language, many in people.unspoken.items() if can_call else ():
        yield found("unspoken", language=language, many=many)


def in_zone(number: str, community: Community, now: float) -> Iterator[Finding]:
    """Whether it is the same time by the community's clock and where the hotline's number is at home, in winter and in
    summer."""
    zones = phone_numbers.time_zones(number)
    if zones and _hours(community.rules.timezone.key, now) not in {_hours(zone, now) for zone in zones}:
        yield found("zone_elsewhere", zone=community.rules.timezone.key, theirs=" or ".join(zones[:2]))


def _hours(zone: str, now: float) -> tuple[timedelta | None, ...]:
    """How far from UTC it is there, now and half a year from now."""
    return tuple(datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset() for at in (now, now + HALF_A_YEAR))


def _coordinators(people: People, community: Community, file: str, can_call: bool) -> Iterator[Finding]:
    phones = community.coordinators
    if not phones:
        yield found("no_coordinators")
        return
    for name, phone in phones.items():
        if why := _shut_out(people.reach.get(phone, Reach()), can_call):
            yield found("coordinator_shut_out", who=name, why_not=why)
    if len(phones) == 1:
        yield found("one_coordinator")
    if can_call and not community.rung_for_danger:
        yield found("nobody_rung", file=file)
    elif can_call and community.sharing.rings and not community.rings_for_safety:
        yield found("no_safety_calls", file=file)


def _shut_out(reach: Reach, can_call: bool) -> str:
    if reach.blocked:
        return "the number is blocked"
    if reach.disowned_at is not None:
        return "somebody else said that this number is theirs now"
    if reach.opted_out and not reach.rung_instead:
        return "they ended the texts"
    return "no text arrives there, and nothing is rung" if not reach.can_text and not can_call else ""


def _volunteers(people: People, community: Community) -> Iterator[Finding]:
    active = [who for who in people.volunteers if who.status == "active"]
    if not active:
        some = ",".join(list(community.needs)[:2])
        yield found("no_volunteers", needs=some, area=next(iter(community.areas), "north"))
        return
    if people.shut_out:
        yield found("volunteers_shut_out", many=people.shut_out, all=len(active))
    gaps = [
        (what, area)
        for area in community.areas
        for what in community.needs
        if not _given(what, area, active, community)
    ]
    for what, area in gaps[:MANY_WITHOUT]:
        yield found("nobody_gives", what=what, area=area)
    if len(gaps) > MANY_WITHOUT:
        yield found("more_without", many=len(gaps) - MANY_WITHOUT)


def _given(what: str, area: str, active: Sequence[Volunteer], community: Community) -> bool:
    near = {area, *community.areas[area].near}
    return any((what in who.needs or what == OTHER) and near & set(who.areas) for who in active)


def _waiting(people: People, now: float) -> Iterator[Finding]:
    waiting = [flag for flag in people.flags if flag.why == WAITS]
    unseen = [flag for flag in people.flags if flag.why != WAITS]
    for name, flags in (("waiting", waiting), ("unseen", unseen)):
        oldest = min((flag.raised_at for flag in flags), default=now)
        if now - oldest > PATIENCE:
            yield found(name, many=len(flags), days=f"{(now - oldest) / DAY:.0f}")
