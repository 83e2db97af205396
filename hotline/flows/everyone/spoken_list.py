"""Spoken list: needs are heard one by one, since a caller cannot look back at a list."""

from collections.abc import Iterable, Mapping
from typing import Any

from hotline.engine.session import Values
from hotline.engine.steps import Answers
from hotline.flows.about_needs import number_said, story, the_need
from hotline.model.facts import Facts
from hotline.model.needs import Need

OF_ONE = ("need", "about")  # answers about one need, which do not hold for the next


def the_next(answers: Answers, needs: Iterable[Need]) -> Answers:
    """The answers, with the first need that was not heard yet as "need"; after the last one, without "need"."""
    heard = answers.get("heard", "").split()
    code = next((need.code for need in needs if need.code not in heard), "")
    kept = {name: value for name, value in answers.items() if name not in OF_ONE}
    return {**kept, "heard": " ".join((*heard, code)).strip(), **({"need": code} if code else {})}


def nothing_at_hand(answers: Answers, _: Facts) -> bool:
    return not answers.get("need")


def said_aloud(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """Recordings of the other side about this need, as far as they have been fetched."""
    spoken = [each for each in facts.call.spoken if each.code == answers.get("need")]
    return {"plays": " ".join(each.place for each in reversed(spoken) if each.place)}


def asked_about(answers: Answers, facts: Facts) -> Values:
    """What, where and when: all that a volunteer hears before they say yes."""
    need = the_need(answers, facts)
    return story(need) if need else number_said(answers)
