"""Conduct: what one side of a request says of the other, or presses it for ("he asked me for money", "not my ex", "are
you alone"). The other side never reads it before a person has looked, and it closes nothing and ends nothing."""

from collections.abc import Iterable

from hotline.engine.answers import Heard
from hotline.engine.steps import Answers, Ask, Do, End, Flow, Question
from hotline.flows.about_needs import the_need
from hotline.flows.everyone import relay
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.intents.small_words import asks_for_a_person
from hotline.model.effects import Effect, Flag
from hotline.model.facts import Facts


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Words about whoever has their request, or for whom they have one; or about who shall not get it."""
    if not heard.conduct or heard.keys or isinstance(question, Ask) or asks_for_a_person(heard):
        return None
    if facts.in_progress:
        return relay.about_the_other_side(heard, facts)
    if facts.mine.asked_for:
        return command("about_helper", relay.named_or_only(heard, facts.mine.asked_for, facts), said=heard.words)
    return None


def for_a_person(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    yield Flag("conduct", answers["said"], need.number if need else 0)


about_helper = Flow("about_helper", Do("kept", for_a_person), End("told"))
"""Somebody whom they do not want, while nobody has it yet: a person of the team reads that, and no helper."""
