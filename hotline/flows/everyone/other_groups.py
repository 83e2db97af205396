"""Directory of other groups that help nearby: by need and area, those that are open first, told one at a time. In a
call they are joined by a key, or come as a text."""

from collections.abc import Iterable
from datetime import date

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.intents import time_expressions
from hotline.flows.shared_questions import areas_we_serve
from hotline.model.effects import Effect, JoinGroup, Tell
from hotline.model.facts import Facts
from hotline.model.rules import Group

ANYTHING = ("anything",)
LISTED = 6  # where there are no more, nobody is asked what for and where
LONG_AGO = 300  # days
MOST = 12  # that one question lists, over several screens


def each_group(facts: Facts) -> dict[str, Group]:
    """All that are told, under names that never meet a word: "g1"."""
    there = enumerate(facts.offered.groups, 1)
    return {f"g{place}": group for place, group in there if group.name not in facts.directory.gone}


def fitting(answers: Answers, facts: Facts) -> tuple[str, ...]:
    """The names of those that help with that there: the open ones first, those that are shut last."""
    what, area = answers.get("what", ""), answers.get("area", "" if are_few(answers, facts) else facts.me.area)
    found = [
        name
        for name, group in each_group(facts).items()
        if (not what or group.helps_with(what)) and (not area or group.is_in(area))
    ]
    ranks = {name: _rank(group, facts) for name, group in each_group(facts).items()}
    return tuple(sorted(found, key=ranks.__getitem__)[:MOST])


def _rank(group: Group, facts: Facts) -> int:
    return 0 if group.name in facts.directory.open else 2 if group.name in facts.directory.shut else 1


def how_many(_: Answers, facts: Facts) -> str:
    return "what" if each_group(facts) else "none"


def are_few(_: Answers, facts: Facts) -> bool:
    return len(each_group(facts)) <= LISTED


def what_is_known(answers: Answers, facts: Facts) -> bool:
    return are_few(answers, facts) or "what" in answers


def where_is_known(answers: Answers, facts: Facts) -> bool:
    return are_few(answers, facts) or "area" in answers or bool(facts.me.area)


def needs_helped_with(facts: Facts) -> tuple[str, ...]:
    """What some of them help with, in the order of the menu."""
    there = each_group(facts).values()
    return tuple(need for need in facts.offered.needs if any(group.helps_with(need) for group in there))


def some_or_none(answers: Answers, facts: Facts) -> str:
    return "which" if fitting(answers, facts) else "none_there"


def there_is_one(answers: Answers, facts: Facts) -> bool:
    return len(fitting(answers, facts)) == 1


def their_names(_: Answers, facts: Facts) -> Values:
    return {name: (group.name,) for name, group in each_group(facts).items()}


def told(group: Group, facts: Facts | None = None) -> Values:
    """What is said about a group; whether it is open now where that is known."""
    now = ""
    if facts:
        now = "open_now" if group.name in facts.directory.open else now
        now = "shut_now" if group.name in facts.directory.shut else now
    return {
        "group": (group.name,),
        "gives": group.needs or ANYTHING,
        "phone": group.phone,
        "hours": (group.hours,) if group.hours else "",
        "where": group.where,
        "now": (now,) if now else "",
        "checked": _checked(group, facts) if facts else "",
    }


def _checked(group: Group, facts: Facts) -> tuple[str, ...] | str:
    """When somebody last said that it is so: a day without its year, so none that is long ago."""
    last = max(group.checked, facts.directory.checked.get(group.name, ""))
    if not last:
        return ""
    days = (time_expressions.local(facts).date() - date.fromisoformat(last)).days
    return ("checked_long_ago" if days > LONG_AGO else f"checked_{last}",)


def chosen(answers: Answers, facts: Facts) -> Group | None:
    """The group that was chosen, or the only one; a file that was changed meanwhile may have fewer."""
    names = fitting(answers, facts)
    name = answers.get("group", names[0] if len(names) == 1 else "")
    there = each_group(facts)
    return there.get(name) or next(reversed(there.values()), None)


def shown(answers: Answers, facts: Facts) -> Values:
    group = chosen(answers, facts)
    return told(group, facts) if group else {}


def reads_it(_: Answers, facts: Facts) -> bool:
    return not facts.in_call


def what_now(answers: Answers, facts: Facts) -> Iterable[str]:
    """In a call: being joined where the line can and the number is no short one, a text where they get any."""
    group = chosen(answers, facts)
    if group and group.can_be_joined and facts.offered.line.joins_calls:
        yield "join"
    if facts.me.has_number and not (facts.me.opted_out or facts.me.by_voice):
        yield "text"
    yield "again"
    if not there_is_one(answers, facts):
        yield "others"


def join(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if group := chosen(answers, facts):
        yield JoinGroup(group.name)


def as_a_text(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if group := chosen(answers, facts):
        yield Tell(facts.me.phone, Prompt("groups.told", values=told(group, facts)))


def about_it(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    group = chosen(answers, facts)
    yield Prompt("groups.told", values=told(group, facts)) if group else Prompt("groups.none")


groups = Flow(
    "groups",
    Do("look", then=how_many),
    Choose("what", needs_helped_with, saves="what", unless=what_is_known),
    Choose("area", areas_we_serve, saves="area", unless=where_is_known),
    Do("fits", then=some_or_none),
    Choose(
        "which",
        lambda facts: tuple(each_group(facts)),
        saves="group",
        unless=there_is_one,
        offers=fitting,
        shows=their_names,
    ),
    Choose(
        "heard",
        {"join": "join", "text": "text", "again": "heard", "others": "which"},
        unless=reads_it,
        offers=what_now,
        shows=shown,
        back="heard",
    ),
    End("chosen", says=about_it),
    Do("join", join, then=lambda *_: "heard"),
    Do("text", as_a_text),
    End("sent"),
    End("none_there"),
    End("none"),
)
