"""Open needs and flags for coordinators: LIST, FLAGS, SEEN, and the whole story of one need by its number."""

from collections.abc import Iterable
from math import ceil

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import number_said, so_far, the_need
from hotline.flows.about_needs import story as told
from hotline.model import phone_numbers
from hotline.model.calendar import DAY, HOUR, MINUTE
from hotline.model.coordinator_effects import Misread, Seen, SeenAbout
from hotline.model.effects import Effect
from hotline.model.facts import Facts
from hotline.model.flags import Flag
from hotline.model.needs import Need, Status

ON_A_PAGE = 4  # needs; with everything as long as it can be they fit two segments
IN_A_LIST = {
    "wants_a_person": "asks_for_a_person",
    "message": "left_a_message",
    "not_understood": "was_not_understood",
    "emergency": "speaks_of_danger",
}
FLAG = "f"  # before the number of a flag, so that it is never taken for the number of a need


def age(since: float, now: float) -> str:
    """How long ago, as short as it is said in every language: 20min, 3h, 2d."""
    seconds = max(0.0, now - since)
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)}min"
    return f"{int(seconds // HOUR)}h" if seconds < 2 * DAY else f"{int(seconds // DAY)}d"


def what_waits(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """One page of needs that no one has taken, oldest first, and the number of open flags."""
    pages = max(1, ceil(len(facts.team.waiting) / ON_A_PAGE))
    page = min(max(1, int(answers.get("page") or 1)), pages)
    some = facts.team.waiting[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    if some:
        yield Prompt("list.some", values={"count": str(len(facts.team.waiting))})
    elif not facts.team.flags:
        yield Prompt("list.nothing")
    yield from (_line(need, facts) for need in some)
    if page < pages:
        yield Prompt("list.next", values={"page": str(page + 1)})
    if facts.team.flags:
        yield Prompt("list.flags", values={"count": str(len(facts.team.flags))})


def _line(need: Need, facts: Facts) -> Prompt:
    begun = need.status is Status.DRAFT
    waits = "list.open" if need.asks(facts.now) else "list.held"
    key = "list.draft" if begun else "list.urgent" if need.urgent and need.asks(facts.now) else waits
    return Prompt(key, values={**told(need), "age": age(need.created_at, facts.now)})


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


def flags_there(facts: Facts) -> tuple[str, ...]:
    return tuple(f"{FLAG}{flag.id}" for flag in facts.team.flags)


def the_flag(answers: Answers, facts: Facts) -> Flag | None:
    return next((flag for flag in facts.team.flags if f"{FLAG}{flag.id}" == answers.get("flag")), None)


def flags_listed(_: Answers, facts: Facts) -> Values:
    """Labels: why, about which need or who, since when."""
    return {f"{FLAG}{flag.id}": _labels(flag, facts) for flag in facts.team.flags}


def _labels(flag: Flag, facts: Facts) -> tuple[str, ...]:
    whom = facts.names.get(flag.party, "") or (str(flag.about) if flag.about and flag.party else flag.party)
    return tuple(filter(None, (whom, _why(flag), age(flag.raised_at, facts.now))))


def _why(flag: Flag) -> str:
    return IN_A_LIST.get(flag.why, flag.why)


def flag_shown(answers: Answers, facts: Facts) -> Values:
    flag = the_flag(answers, facts)
    if flag is None:
        return {}
    details = ("voice_message",) if flag.recorded else flag.words
    since = age(flag.raised_at, facts.now)
    where = ", ".join(filter(None, (flag.party, str(flag.about) if flag.about and flag.party else "")))
    who = {"phone": where, "name": facts.names.get(flag.party, ""), "age": since}
    return {**who, "reason": (_why(flag),), "details": details}


def settle_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    flag = the_flag(answers, facts)
    if flag:
        yield Seen(flag.id)


def settle_about(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need:
        yield SeenAbout(need.number)


def known_or_not(answers: Answers, facts: Facts) -> str:
    return "told" if the_need(answers, facts) else "sorry"


def not_known(answers: Answers, _: Facts) -> Iterable[Prompt]:
    key = "team.unknown" if answers.get("need") else "seen.how"
    yield Prompt(key, values=number_said(answers))


def keep_to_learn_from(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if facts.team.past.heard_last and the_need(answers, facts):
        yield Misread(facts.team.past.heard_last)


def kept_or_how(answers: Answers, facts: Facts) -> str:
    return "told" if facts.team.past.heard_last and the_need(answers, facts) else "how"


listing = Flow("list", End("page", says=what_waits))
story = Flow("story", End("whole", says=whole_story))

flags = Flow(
    "flags",
    Do("look", then=lambda _, facts: "which" if facts.team.flags else "none"),
    Choose("which", flags_there, saves="flag", shows=flags_listed),
    Choose("settled", {"yes": "settle", "no": "kept"}, exact=True, shows=flag_shown),
    Do("settle", settle_it),
    End("told"),
    End("kept"),
    End("none"),
)

seen = Flow(
    "seen",
    Do("settle", settle_about, then=known_or_not),
    End("told", shows=lambda answers, _: number_said(answers)),
    End("sorry", says=not_known),
)

misread = Flow("misread", Do("keep", keep_to_learn_from, then=kept_or_how), End("told"), End("how"))
"""What the neighbor of a request wrote last was read wrongly; a coordinator says so."""
