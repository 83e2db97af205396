"""Open needs for coordinators: what waits (LIST), and the whole story of one need by its number."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, End, Flow
from hotline.flows.about_needs import number_said, so_far, the_need
from hotline.flows.about_needs import story as told
from hotline.model import phone_numbers
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

MOST_COUNTED = 400  # needs and flags that are counted
QUIET = 30 * MINUTE  # after which a form that was begun waits for a person
ON_A_PAGE = 4  # needs; with everything as long as it can be they fit two segments


def age(since: float, now: float) -> str:
    """How long ago, as short as it is said in every language: 20min, 3h, 2d."""
    seconds = max(0.0, now - since)
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)}min"
    return f"{int(seconds // HOUR)}h" if seconds < 2 * DAY else f"{int(seconds // DAY)}d"


def what_waits(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """One page of what waits."""
    concerns = {flag.concern for flag in facts.team.flags}
    return page_of(facts.team.waiting, len(concerns), facts.now, int(answers.get("page") or 1))


def page_of(waiting: Sequence[Need], flags: int, now: float, page: int = 1) -> Iterator[Prompt]:
    """Needs that no one has taken, oldest first, so many as a page holds; and how many of FLAGS there are."""
    pages = max(1, ceil(len(waiting) / ON_A_PAGE))
    page = min(max(1, page), pages)
    some = waiting[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    if some:
        yield Prompt("list.some", values={"count": str(len(waiting))})
    elif not flags:
        yield Prompt("list.nothing")
    yield from (_line(need, now) for need in some)
    if page < pages:
        yield Prompt("list.next", values={"page": str(page + 1)})
    if flags:
        yield Prompt("list.flags", values={"count": str(flags)})


def _line(need: Need, now: float) -> Prompt:
    begun = need.status is Status.DRAFT
    waits = "list.open" if need.asks(now) else "list.held"
    key = "list.draft" if begun else "list.urgent" if need.urgent and need.asks(now) else waits
    return Prompt(key, values={**told(need), "age": age(need.created_at, now)})


def whole_story(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """What, where, since when; who was asked and who has it; the words; what was said lately; last the number."""
    need = the_need(answers, facts)
    if need is None:
        yield Prompt("team.unknown", values=number_said(answers))
        return
    spoken: Values = {"details": ("voice_message",)} if need.recording and not need.details else {}
    values = {**told(need), **spoken, "status": (need.status,), "age": age(need.created_at, facts.now)}
    yield Prompt("story.draft" if need.status is Status.DRAFT else "story.what", values=values)
    if need.status is not Status.DRAFT:
        yield Prompt("story.asked", values={"count": str(facts.team.past.asked)})
    if need.status is Status.OPEN and facts.team.past.silent and not need.held:
        yield Prompt("story.silent", values={"count": str(facts.team.past.silent), "number": need.code})
    if need.takers:
        who: Values = {"name": _names(need, facts), **so_far(need)}
        yield Prompt("story.taken_some" if need.wanted > 1 else "story.taken", values=who)
    if need.status is Status.OPEN and not need.asks(facts.now):
        yield Prompt("story.held" if need.held else "story.paused", values=values)
    if need.doubted_by in need.takers:
        yield Prompt("story.doubted", values={"name": (facts.names.get(need.doubted_by) or "someone",)})
    yield Prompt("story.words", values=values)
    for said in facts.team.past.said:
        writer = said.name or ("someone" if said.writer == need.neighbor else "team")
        yield Prompt("story.said", values={"name": (writer,), "words": said.words, "age": age(said.at, facts.now)})
    yield reached_at(need)


def _names(need: Need, facts: Facts) -> tuple[str, ...]:
    return tuple(facts.names.get(phone) or "someone" for phone in need.takers)


def reached_at(need: Need) -> Prompt:
    """A coordinator may have to ring the neighbor; a withheld number cannot be shown."""
    phone = need.callback or (need.neighbor if phone_numbers.is_shown(need.neighbor) else "")
    return Prompt("story.phone", values={"phone": phone}) if phone else Prompt("story.no_phone")


listing = Flow("list", End("page", says=what_waits))
story = Flow("story", End("whole", says=whole_story))
