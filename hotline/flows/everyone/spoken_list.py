"""Hearing needs one by one: in a call nobody can look back at a list."""

from collections.abc import Iterable, Mapping
from typing import Any

from hotline.engine.session import Values
from hotline.engine.steps import Answers
from hotline.flows.volunteer.claim import story, the_need
from hotline.model.facts import Facts
from hotline.model.needs import Need

OF_ONE = ("need", "about")  # what was said about one of them is not meant for the next


def the_next(answers: Answers, needs: Iterable[Need]) -> Answers:
    """The answers with the first of these that was not heard yet as the one that is spoken of; "" after the last."""
    heard = answers.get("heard", "").split()
    code = next((need.code for need in needs if need.code not in heard), "")
    kept = {name: value for name, value in answers.items() if name not in OF_ONE}
    return {**kept, "heard": " ".join((*heard, code)).strip(), **({"need": code} if code else {})}


def nothing_at_hand(answers: Answers, _: Facts) -> bool:
    return not answers.get("need")


def said_aloud(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    """What the other side said about it, in their own voice, as far as it is here by now."""
    spoken = [each for each in facts.call.spoken if str(each.number) == answers.get("need")]
    return {"plays": " ".join(each.place for each in reversed(spoken) if each.place)}


def asked_about(answers: Answers, facts: Facts) -> Values:
    """What, where, and whether it is for today: all that a volunteer hears before a yes."""
    need = the_need(answers, facts)
    if need is None:
        return {"number": answers.get("need", "")}
    return {**story(need), "area": (need.area, *(("today",) if need.urgent else ()))}
