"""The conversation that records a need."""

from collections.abc import Iterable

from hotline.effects import Add, Draft, Effect, Record
from hotline.engine.answers import PhoneNumber, Words
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.facts import (
    area_is_known,
    areas_we_serve,
    language_is_known,
    languages,
    needs_we_take,
    number_is_known,
)
from hotline.flows.senses import IS_IT_RIGHT
from hotline.records import Facts


def keep_the_words(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """On record at once: whoever stops answering after the first word still has a need that a person can see."""
    words = answers.get("words", "")
    if facts.draft is None:
        yield Draft(words)
    elif words and words not in facts.draft.words:
        yield Add(facts.draft.number, words)


def record_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if facts.draft:
        yield Record(
            facts.draft.number,
            what=answers["what"],
            area=answers.get("area", facts.offered.areas[0]),
            details=answers.get("details", ""),
            recording=answers.get("details_recording", ""),
            callback=answers.get("callback", ""),
        )


def the_number(_: Answers, facts: Facts) -> Values:
    return {"number": facts.draft.code if facts.draft else ""}


def read_back(answers: Answers, facts: Facts) -> Values:
    """The whole need; an area that was never asked for is the only one there is."""
    area = answers.get("area", facts.offered.areas[0])
    return {"area": (area,), "details": answers.get("details", "")}


intake = Flow(
    "intake",
    Do("draft", keep_the_words),
    Choose("language", languages, saves="language", unless=language_is_known),
    Choose("what", needs_we_take, saves="what"),
    Choose("area", areas_we_serve, saves="area", unless=area_is_known),
    Ask("details", Words(1600), saves="details"),
    Ask("callback", PhoneNumber(), saves="callback", unless=number_is_known),
    Choose("confirm", {"yes": "record", "no": "change"}, exact=True, shows=read_back, senses=IS_IT_RIGHT),
    Do("record", record_need),
    End("thanks", shows=the_number),
    Choose("change", {"what": "what", "area": "area", "details": "details"}),
)
