"""Amending a request: a neighbor changes it by its number at any time, and the volunteer who has it hears so."""

from collections.abc import Iterable

from hotline.engine.answers import Heard, Words
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.about_needs import asked_for, number_said, story, the_need
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.neighbor.said import tells_a_helper, told, with_words
from hotline.flows.neighbor.time_asked_for import its_day, said_of_time
from hotline.flows.shared_questions import areas_we_serve, may_change, needs_we_take, which
from hotline.model.effects import Amend, Effect, Tell
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status

FIELDS = ("area", "what")


def meant(heard: Heard, facts: Facts) -> Meaning | None:
    """CHANGE 112 from the neighbor; or its number and more words, as long as no volunteer has it to get them."""
    mine = next((need for need in facts.mine.asked_for if need.code == heard.code and need.active), None)
    if mine is None:
        return None
    if heard.command == "change":
        return command("amend", mine.code, **({"said": heard.tail, **said_of_time(heard, facts)} if heard.tail else {}))
    more = not heard.command and heard.rest and mine.status is Status.OPEN and not mine.takers
    said = {"said": heard.tail, **said_of_time(heard, facts)}
    return command("amend", mine.code, **said) if more and heard.tail else None


def is_corrected(heard: Heard, facts: Facts) -> str | None:
    """The number of the request to which these words are added, "" where it has to be asked which; None where they are
    something else. An address, a time or how many has a number in it. To whoever has a request, words are passed on,
    unless they say that it changes."""
    mine = [need for need in facts.mine.asked_for if need.active and (heard.command == "change" or not need.takers)]
    if not (mine and tells_a_helper(heard)) or (heard.command != "change" and facts.in_progress):
        return None
    return mine[0].code if len(mine) == 1 else ""


def is_also_wanted(heard: Heard, facts: Facts) -> str:
    """The number of the only request that nobody has yet, where more of the same kind is wanted: "and also milk", after
    food. "" where something else is meant."""
    named = set(facts.offered.needs) & set(heard.names)
    mine = [need for need in facts.mine.asked_for if need.status is Status.OPEN and not need.begun]
    plain = "also" in heard.moments and not (heard.asks or heard.danger or heard.stops or facts.in_progress)
    return mine[0].code if plain and len(mine) == 1 and named == {mine[0].what} else ""


def more_was_said(answers: Answers, _: Facts) -> bool:
    return "said" in answers


def _mine(answers: Answers, facts: Facts) -> Need | None:
    need = the_need(answers, facts)
    return need if need and need.is_of(facts.me.phone) and need.active else None


def changed(answers: Answers, facts: Facts) -> Need | None:
    """The need as it will be."""
    need = _mine(answers, facts)
    if need is None:
        return None
    when = its_day(answers, facts)
    return need.but(
        due=when.name if when else need.due,
        **{name: answers[name] for name in FIELDS if answers.get(name)},
        details=with_words(need.details, told(answers)),
        recording=answers.get("details_recording") or need.recording,
    )


def says_nothing_new(answers: Answers) -> bool:
    return "details" in answers and not (told(answers) or answers.get("details_recording"))


def amend_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = changed(answers, facts)
    if need is None or says_nothing_new(answers):
        return
    yield Amend(need.number, need.what, need.area, need.details, need.recording, need.due)
    for taker in need.takers:
        yield Tell(taker, Prompt("news.changed", values={**story(need), **what_is_new(answers)}), need.number)


def what_is_new(answers: Answers) -> Values:
    """What was said just now comes first: it may correct what stands below."""
    new = told(answers)
    return {"words": new, "new": ("new",) if new else ""}


def how_it_went(answers: Answers, facts: Facts) -> str:
    if _mine(answers, facts) is None:
        return "over"
    return "same" if says_nothing_new(answers) else "told"


def as_it_is(answers: Answers, facts: Facts) -> Values:
    need = changed(answers, facts)
    return story(need) if need else number_said(answers)


amend = Flow(
    "amend",
    which(asked_for),
    Choose(
        "change",
        {"details": "details", "area": "area", "what": "what"},
        offers=may_change("details", "area", "what"),
        unless=more_was_said,
        shows=as_it_is,
        adds="keep",
    ),
    Do("keep", amend_it, then=how_it_went),
    End("told", shows=as_it_is),
    End("over", shows=as_it_is),
    End("same", says=lambda _, __: (Prompt("quiet.kept"),)),
    Ask("details", Words(1600), saves="details", hears=said_of_time, back="change"),
    Do("keep_details", amend_it, then=how_it_went),
    Choose("area", areas_we_serve, saves="area", back="change"),
    Do("keep_area", amend_it, then=how_it_went),
    Choose("what", needs_we_take, saves="what", back="change"),
    Do("keep_what", amend_it, then=how_it_went),
    form=True,
)
