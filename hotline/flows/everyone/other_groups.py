"""Directory of other groups that help nearby, told one at a time."""

from collections.abc import Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.model.facts import Facts
from hotline.model.rules import Group

ANYTHING = ("anything",)


def how_many(_: Answers, facts: Facts) -> str:
    return "which" if facts.offered.groups else "none"


def each_group(facts: Facts) -> tuple[str, ...]:
    """A name for each, which never meets a word: "g1"."""
    return tuple(f"g{place}" for place, _ in enumerate(facts.offered.groups, 1))


def there_is_one(_: Answers, facts: Facts) -> bool:
    return len(facts.offered.groups) == 1


def their_names(_: Answers, facts: Facts) -> Values:
    return {name: (group.name,) for name, group in zip(each_group(facts), facts.offered.groups, strict=True)}


def told(group: Group) -> Values:
    """What is said about a group."""
    return {
        "group": (group.name,),
        "gives": group.needs or ANYTHING,
        "phone": group.phone,
        "hours": (group.hours,) if group.hours else "",
    }


def about_it(answers: Answers, facts: Facts) -> Iterable[Prompt]:
    """The group that was chosen; a file that was changed meanwhile may have fewer."""
    there = dict(zip(each_group(facts), facts.offered.groups, strict=True))
    group = there.get(answers.get("group", ""), facts.offered.groups[-1] if there else None)
    yield Prompt("groups.told", values=told(group)) if group else Prompt("groups.none")


groups = Flow(
    "groups",
    Do("look", then=how_many),
    Choose("which", each_group, saves="group", unless=there_is_one, shows=their_names),
    End("chosen", says=about_it),
    End("none"),
)
