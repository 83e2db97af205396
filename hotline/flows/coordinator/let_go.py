"""Letting go what was held for danger: a request goes to volunteers (ASK), words go to the other side (PASS).

ASK 112 AGAIN asks those a second time who were asked and said nothing.
"""

from collections.abc import Iterator

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Do, End, Flow
from hotline.flows.about_needs import line_for_each, numbers_said, story
from hotline.model.coordinator_effects import AskAgain, LetGo, PassOn
from hotline.model.effects import Effect
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status


def let_go(answers: Answers, facts: Facts) -> Iterator[Effect]:
    for number in numbers_said(answers):
        need = facts.need(number)
        if need and need.held:
            yield LetGo(need.number)
        elif need and asks_again(need, answers) and facts.team.past.silent:
            yield AskAgain(need.number)


def asks_again(need: Need, answers: Answers) -> bool:
    """ASK 112 again: about a need that waits for somebody."""
    return "again" in answers and need.status is Status.OPEN and not need.held


def how_they_stand(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    """A line for each number; how it goes where there is none."""
    if not numbers_said(answers):
        yield Prompt("ask.how")

    def line(need: Need, number: str) -> Prompt:
        if asks_again(need, answers):
            return Prompt("ask.again" if facts.team.past.silent else "ask.nobody_silent", values=story(need))
        if not need.held or need.status not in (Status.DRAFT, Status.OPEN):
            return Prompt("ask.nothing", values={"number": number})
        return Prompt("ask.told" if need.status is Status.OPEN else "ask.begun", values=story(need))

    yield from line_for_each(answers, facts, line)


def pass_on(answers: Answers, facts: Facts) -> Iterator[Effect]:
    for number in numbers_said(answers):
        need = facts.need(number)
        if need:
            yield PassOn(need.number)


def what_is_passed_on(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    for number in numbers_said(answers):
        held = facts.need(number) and number in facts.team.words_held
        yield Prompt("pass.told" if held else "pass.nothing", values={"number": number})


ask = Flow("ask", Do("let_go", let_go), End("told", says=how_they_stand))
passing = Flow("pass", Do("pass_on", pass_on), End("told", says=what_is_passed_on))
