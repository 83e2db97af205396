"""Group check: every ninety days a coordinator is asked to ring another group, and whether all is still so.

In a call they are put through by a key, and asked again afterwards.
"""

from collections.abc import Iterable

from hotline.engine.session import Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.everyone.other_groups import told
from hotline.model.effects import Effect, GroupChecked, JoinGroup
from hotline.model.facts import Facts
from hotline.model.rules import Group

NAME = "group"  # the answer that holds the name of the group


def the_group(answers: Answers, facts: Facts) -> Group | None:
    return next((group for group in facts.offered.groups if group.name == answers.get(NAME)), None)


def shown(answers: Answers, facts: Facts) -> Values:
    group = the_group(answers, facts)
    return told(group) if group else {"group": answers.get(NAME, "")}


def what_can_be_said(answers: Answers, facts: Facts) -> Iterable[str]:
    group = the_group(answers, facts)
    joins = facts.in_call and facts.offered.line.joins_calls and group and group.can_be_joined
    return ("yes", "no", *(("join",) if joins else ()))


def still_so(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield GroupChecked(answers.get(NAME, ""), True)


def no_more(answers: Answers, _: Facts) -> Iterable[Effect]:
    yield GroupChecked(answers.get(NAME, ""), False)


def join(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if group := the_group(answers, facts):
        yield JoinGroup(group.name)


group_still = Flow(
    "group_still",
    Choose(
        "asked",
        {"yes": "still_so", "no": "no_more", "join": "join"},
        offers=what_can_be_said,
        exact=True,
        shows=shown,
        back="asked",
    ),
    Do("still_so", still_so),
    End("kept", shows=shown),
    Do("no_more", no_more),
    End("left_out", shows=shown),
    Do("join", join, then=lambda *_: "asked"),
    asked_by_us=True,
)
