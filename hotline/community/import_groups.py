"""Imported groups: services of an Open Referral file as groups of a community, and the file that holds them.

Each is told by name, need, area, hours and telephone, and nothing is made up: what has no number, helps with nothing
that is asked for here, or is elsewhere or closed, is not taken, and named.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hotline.community.editing import quoted, write_whole
from hotline.community.hsds import Opening, Service
from hotline.community.model import LONGEST_GROUP, LONGEST_HOURS, LONGEST_STREET, Community
from hotline.model import phone_numbers
from hotline.model.rules import Group

SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEAD = """\
# Other groups, as `hotline groups import` found them. The next import writes this file anew: what you know better
# stands in the community file, under the same name.
"""


@dataclass(frozen=True)
class Usual:
    """What holds where a file does not say it: needs and areas, and words of its own that mean a need here."""

    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Taken:
    """A group that can be told, and what of its row is not."""

    row: str
    group: Group
    notes: tuple[str, ...] = ()


@dataclass
class Preview:
    """What would be told, and why the rest would not."""

    taken: list[Taken] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def preview(
    services: Iterable[Service], here: Community, usual: Usual, needs_in: Callable[[str], Iterable[str]]
) -> Preview:
    """What becomes of each service. `needs_in` are the needs that some words name."""
    found, names = Preview(), {group.name.casefold() for group in here.own_groups}
    for service in services:
        group, why, notes = _group(service, here, usual, needs_in)
        if group is None:
            found.left.append(f"{service.row}: {why}")
            continue
        if any(each.name.casefold() == group.name.casefold() for each in here.own_groups):
            found.left.append(f"{service.row}: the community file has {group.name!r} itself")
            continue
        if any(_is_same(each.group, group) for each in found.taken):
            found.left.append(f"{service.row}: the same as another row")
            continue
        named = _of_its_own(group.name, names)
        notes += (f"called {named!r}",) if named != service.name else ()
        names.add(named.casefold())
        found.taken.append(Taken(service.row, _renamed(group, named), notes))
    return found


def _is_same(one: Group, other: Group) -> bool:
    same = one.name.casefold() == other.name.casefold()
    return same and (one.phone, one.where, one.hours) == (other.phone, other.where, other.hours)


def _group(
    service: Service, here: Community, usual: Usual, needs_in: Callable[[str], Iterable[str]]
) -> tuple[Group | None, str, tuple[str, ...]]:
    """(the group, why it is none, what of it is not told)."""
    if service.closed:
        return None, service.closed, ()
    phone, extension, tried = _phone(service, here.country)
    if not phone:
        return None, f"no telephone number that can be called{f' ({tried})' if tried else ''}", ()
    needs = _needs(service, here, usual, needs_in)
    if not needs:
        return None, "nothing of it is a need here; --needs says what such rows give, --word what a word means", ()
    areas = _areas(service, here, usual)
    if areas is None:
        return None, f"elsewhere ({service.postal_code or ', '.join(service.serves)})", ()
    hours = hours_said(service.openings, twelve=here.country in ("US", "CA", "PH", "AU"))
    notes = []
    if len(hours) > LONGEST_HOURS:
        notes, hours = [f"its hours are too long to be told: {hours}"], ""
    where = service.where if len(service.where) <= LONGEST_STREET else ""
    if service.withheld:
        notes.append("where it is is withheld, and not told")
    elif service.where and not where:
        notes.append(f"its address is too long to be told: {service.where}")
    if extension:
        notes.append(f"its extension {extension} is not told")
    name = cut(service.name if len(service.name) <= LONGEST_GROUP else _short_name(service))
    checked = service.checked.isoformat() if service.checked else ""
    return Group(name, phone, hours, needs, areas, where, checked), "", tuple(notes)


def _phone(service: Service, country: str) -> tuple[str, str, str]:
    """(the number as people dial it, its extension, those that cannot be called). One without extension comes first."""
    tried = []
    for each in sorted(service.phones, key=lambda phone: bool(phone.extension)):
        if phone_numbers.SHORT_CODE.fullmatch(each.number):
            return each.number, "", ""
        if not phone_numbers.mistake(each.number, country) and (whole := phone_numbers.normalise(each.number, country)):
            return phone_numbers.show(whole), each.extension, ""
        tried.append(each.number)
    return "", "", ", ".join(filter(None, tried))


def _needs(
    service: Service, here: Community, usual: Usual, needs_in: Callable[[str], Iterable[str]]
) -> tuple[str, ...]:
    """The needs of its kind and name; where those name none, of what is said about it; else the usual ones."""
    for words in ((*service.sorts, service.name, service.other_name), (service.about,)):
        said = " ; ".join(filter(None, words))
        named = {need for word, need in usual.words if word.casefold() in said.casefold()} or set(needs_in(said))
        if found := tuple(need for need in here.needs_offered if need in named):
            return found
    return usual.needs


def _areas(service: Service, here: Community, usual: Usual) -> tuple[str, ...] | None:
    """Where it helps: by what it says that it serves, else by its own postal code; () is everywhere, None elsewhere."""
    served = " ".join(service.serves).casefold()
    by_name = [
        area
        for area, known in here.areas.items()
        if any(word.casefold() in served for word in (*known.labels.values(), *known.words))
    ]
    if by_name:
        return tuple(by_name)
    if usual.areas:
        return usual.areas
    if not service.postal_code:
        return () if not served else None
    return tuple(area for area, known in here.areas.items() if service.postal_code[:5] in known.words) or None


def hours_said(openings: Sequence[Opening], *, twelve: bool) -> str:
    """As people write hours: "Mon-Thu 9am-5pm, Fri 9am-1pm"."""
    days: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day in range(7):
        spans = tuple((each.begin, each.end) for each in openings if each.day == day)
        if spans:
            days.setdefault(spans, []).append(day)
    return ", ".join(
        f"{_run(each)} {' and '.join(_span(span, twelve) for span in spans)}" for spans, each in days.items()
    )


def _run(days: Sequence[int]) -> str:
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{SHORT_DAYS[days[0]]}-{SHORT_DAYS[days[-1]]}"
    return " ".join(SHORT_DAYS[day] for day in days)


def _span(span: tuple[int, int], twelve: bool) -> str:
    return "-".join(_clock(minutes, twelve) for minutes in span)


def _clock(minutes: int, twelve: bool) -> str:
    hour, minute = divmod(minutes, 60)
    if not twelve:
        return f"{hour}:{minute:02}"
    half = "am" if hour % 24 < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{minute:02}' if minute else ''}{half}"


def _short_name(service: Service) -> str:
    return next((name for name in (service.other_name, service.group) if 0 < len(name) <= LONGEST_GROUP), service.name)


def cut(name: str) -> str:
    """A name of so many letters that it can be told, ended behind a word."""
    if len(name) <= LONGEST_GROUP:
        return name
    whole = name[: LONGEST_GROUP + 1].rsplit(" ", 1)[0]
    return whole[:LONGEST_GROUP].rstrip(" ,;:-&(")


def _of_its_own(name: str, taken: set[str]) -> str:
    """The name, or the same with a number, where another has it already."""
    if name.casefold() not in taken:
        return name
    place = 2
    while (numbered := f"{cut(name)[: LONGEST_GROUP - 3].rstrip()} {place}").casefold() in taken:
        place += 1
    return numbered


def _renamed(group: Group, name: str) -> Group:
    return Group(name, group.phone, group.hours, group.needs, group.areas, group.where, group.checked)


def write(file: Path, taken: Iterable[Taken]) -> None:
    """The file of imported groups, written whole or not at all."""
    write_whole(file, HEAD + "".join(map(_as_table, taken)))


def _as_table(taken: Taken) -> str:
    group = taken.group
    lines = [
        f"{key} = {quoted(getattr(group, key))}"
        for key in ("name", "phone", "hours", "where", "checked")
        if getattr(group, key)
    ]
    lines += [
        f"{key} = [{', '.join(map(quoted, getattr(group, key)))}]" for key in ("needs", "areas") if getattr(group, key)
    ]
    return "\n[[groups]]\n" + "\n".join(lines) + "\n"
