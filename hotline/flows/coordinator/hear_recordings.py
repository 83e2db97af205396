"""Playback of recordings in a call: a volunteer hears their neighbor, a coordinator hears everybody."""

from collections.abc import Iterable, Mapping
from typing import Any

from hotline.engine.session import Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.model.facts import Facts
from hotline.model.recordings import Spoken


def to_choose_from(facts: Facts) -> tuple[str, ...]:
    return tuple(each.sid for each in facts.call.spoken)


def only_one(_: Answers, facts: Facts) -> bool:
    return len(facts.call.spoken) == 1


def chosen(answers: Answers, facts: Facts) -> Spoken | None:
    wanted = answers.get("spoken") or next(iter(to_choose_from(facts)), "")
    return next((each for each in facts.call.spoken if each.sid == wanted), None)


def told(spoken: Spoken) -> tuple[str, ...]:
    """What it is about, and its number digit by digit."""
    about = tuple(filter(None, (spoken.what, spoken.area)))
    return (*about, " ".join(spoken.code)) if spoken.number else ("a_message",)


def listed(_: Answers, facts: Facts) -> Values:
    return {each.sid: told(each) for each in facts.call.spoken}


def about_it(answers: Answers, facts: Facts) -> Values:
    spoken = chosen(answers, facts)
    return {"what": told(spoken)} if spoken else {}


def its_sound(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    spoken = chosen(answers, facts)
    return {"plays": spoken.place if spoken else ""}


def here_or_not(answers: Answers, facts: Facts) -> str:
    spoken = chosen(answers, facts)
    return "heard" if spoken and spoken.place else "not_yet"


def once_more_or_another(_: Answers, facts: Facts) -> Iterable[str]:
    return ("again", "other") if len(facts.call.spoken) > 1 else ("again",)


listening = Flow(
    "listening",
    Choose("which", to_choose_from, saves="spoken", unless=only_one, shows=listed),
    Do("look", then=here_or_not),
    Choose(
        "heard",
        {"again": "heard", "other": "which"},
        offers=once_more_or_another,
        shows=about_it,
        sounds=its_sound,
    ),
    End("not_yet"),
    locked=True,
)
