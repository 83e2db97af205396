"""Safety ring (telephone reassurance with an alarm), on the side of those who look: a contact agrees or leaves, and
what whoever is asked in an alarm says, by text and by keys alike."""

from collections.abc import Callable, Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.shared_questions import nothing_changed
from hotline.model.effects import CannotLook, Effect, FoundWell, GoesAndLooks, LooksAfter
from hotline.model.facts import Facts
from hotline.model.safety_rings import Alarm

YES_OR_NO = {"yes": "agree", "no": "decline"}
Says = Callable[[Answers, Facts], Iterable[Prompt]]


def last(key: str, shows: Callable[[Answers, Facts], Values] = lambda _, __: {}) -> Says:
    """The last words. A call of ours was for this alone, and ends with them: whoever goes and looks has no time."""

    def says(answers: Answers, facts: Facts) -> Iterable[Prompt]:
        yield Prompt(key, values=shows(answers, facts), ends=bool(facts.call.ring.id))

    return says


# --- Whoever is asked to look after somebody, or does.


def asked_or_mine(_: Answers, facts: Facts) -> str:
    if facts.safety.asked_by:
        return "asked"
    return "mine" if facts.safety.looks_after else "none"


def who_asks(_: Answers, facts: Facts) -> Values:
    return facts.safety.who(facts.safety.asked_by[0].phone) if facts.safety.asked_by else {}


def who_is_looked_after(_: Answers, facts: Facts) -> Values:
    return facts.safety.who(facts.safety.looks_after[0].phone) if facts.safety.looks_after else {}


def agree(_: Answers, facts: Facts) -> Iterable[Effect]:
    return (LooksAfter(each.phone, True) for each in facts.safety.asked_by[:1])


def decline(_: Answers, facts: Facts) -> Iterable[Effect]:
    return (LooksAfter(each.phone, False) for each in facts.safety.asked_by[:1])


def leave(_: Answers, facts: Facts) -> Iterable[Effect]:
    return (LooksAfter(each.phone, False) for each in facts.safety.looks_after[:1])


contact = Flow(
    "contact",
    Do("look", then=asked_or_mine),
    Choose("asked", YES_OR_NO, exact=True, shows=who_asks),
    Do("agree", agree, then=lambda _, facts: "agreed" if facts.safety.asked_by else "none"),
    End("agreed", says=last("contact.agreed", who_asks)),
    Do("decline", decline, then=lambda _, facts: "declined" if facts.safety.asked_by else "none"),
    End("declined", says=last("contact.declined")),
    Choose("mine", {"leave": "leave", "keep": "kept"}, exact=True, shows=who_is_looked_after),
    Do("leave", leave),
    End("left", shows=who_is_looked_after),
    End("kept", says=nothing_changed),
    End("none"),
    asked_by_us=True,
)


# --- An alarm.


def at_hand(facts: Facts) -> Alarm | None:
    """The alarm that this person may answer: where it is their turn first, then the oldest."""
    return facts.safety.alarms[0] if facts.safety.alarms else None


def is_to_answer(facts: Facts) -> bool:
    """Whether it is their turn in an alarm."""
    alarm = at_hand(facts)
    return alarm is not None and alarm.asked == facts.me.phone


def where_it_stands(_: Answers, facts: Facts) -> str:
    alarm = at_hand(facts)
    if alarm is None:
        return "over"
    return "looking" if alarm.looks == facts.me.phone else "asked"


def who_is_silent(_: Answers, facts: Facts) -> Values:
    alarm = at_hand(facts)
    return facts.safety.who(alarm.phone) if alarm else {}


def go(_: Answers, facts: Facts) -> Iterable[Effect]:
    alarm = at_hand(facts)
    if alarm and alarm.looks != facts.me.phone:  # said once more, it begins no other hour
        yield GoesAndLooks(alarm.phone)


def going(_: Answers, facts: Facts) -> str:
    return "looking" if at_hand(facts) else "over"


def passes(_: Answers, facts: Facts) -> Iterable[Effect]:
    if alarm := at_hand(facts):
        yield CannotLook(alarm.phone)


def is_well(_: Answers, facts: Facts) -> Iterable[Effect]:
    if alarm := at_hand(facts):
        yield FoundWell(alarm.phone)


def sure_or_over(_: Answers, facts: Facts) -> str:
    return "sure" if at_hand(facts) else "over"


def while_looking(_: Answers, facts: Facts) -> Iterable[str]:
    """By text they may say once more that they go; in a call there is nothing to say it for."""
    return tuple(each for each in LOOKING if each != "look" or not facts.in_call)


LOOKING = {"well": "found", "cannot": "pass", "look": "looking"}
SURE = {"think": "once_more", "cannot": "pass", "look": "go", "yes": "end"}
"""No digit means two things in an alarm: whoever presses one key on and on, or answers an older text, ends none."""

alarm = Flow(
    "alarm",
    Do("begin", then=where_it_stands),
    Choose("asked", {"well": "found", "cannot": "pass", "look": "go"}, exact=True, shows=who_is_silent),
    Do("go", go, then=going),
    Choose("looking", LOOKING, exact=True, closing=True, offers=while_looking, shows=who_is_silent),
    Do("found", then=sure_or_over),
    Choose("sure", SURE, exact=True, senses={"no": "think"}, shows=who_is_silent),
    Do("end", is_well),
    End("ended", says=last("alarm.ended", who_is_silent)),
    Do("once_more", then=where_it_stands),
    Do("pass", passes, then=lambda _, facts: "passed" if at_hand(facts) else "over"),
    End("passed", says=last("alarm.passed", who_is_silent)),
    End("over", says=last("alarm.over")),
    asked_by_us=True,
)


def lines(facts: Facts) -> Iterable[Prompt]:
    """What STATUS says to who looks after somebody."""
    for each in facts.safety.looks_after:
        yield Prompt("status.looks_after", values=facts.safety.who(each.phone))
