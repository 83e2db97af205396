"""Access word: told once a request is sent from a telephone that is not the caller's, for them to write down.

The number and the word open the request from any other telephone.
"""

from collections.abc import Iterable, Mapping

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, End, Flow
from hotline.flows.about_needs import number_said
from hotline.model.effects import Record
from hotline.model.facts import Facts
from hotline.model.needs import Need

ELSEWHERE = "elsewhere"  # they left a number to call back


def known(recorded: Record, draft: Need, thanks: Prompt) -> Mapping[str, str]:
    """The answers with which it begins: the request, and the thanks that are said after the word."""
    elsewhere = {ELSEWHERE: "yes"} if recorded.callback else {}
    return {
        "need": draft.code,
        "thanks": thanks.key,
        "time": "".join(thanks.values.get("time", "")),
    } | elsewhere


def to_write_down(answers: Answers, facts: Facts) -> Values:
    return {**number_said(answers), "word": facts.call.word}


def thanks(answers: Answers, _: Facts) -> Iterable[Prompt]:
    """Whoever left a number hears about news right after."""
    time = answers.get("time", "")
    if ELSEWHERE not in answers:
        values = {**number_said(answers), "time": (time,) if time else ""}
        yield Prompt(answers["thanks"], values=values)


word = Flow(
    "word",
    Choose("told", {"again": "told", "on": "thanks"}, shows=to_write_down, back="told"),
    End("thanks", says=thanks),
    optional=True,
)
