"""Intake: the form that records a need."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from hotline.engine.answers import Heard, PhoneNumber, Words
from hotline.engine.session import Session, Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.intents.small_words import IS_IT_RIGHT, OTHERS
from hotline.flows.intents.time_expressions import clock
from hotline.flows.neighbor.said import already_said, move_over, noted, told, with_words
from hotline.flows.neighbor.time_asked_for import every, half_is_clear, halves, here, said_of_time, the_time
from hotline.flows.shared_questions import LANGUAGE, area_is_known, areas_we_serve, may_change, needs_we_take
from hotline.model.effects import Add, Draft, Effect, Record
from hotline.model.facts import Facts
from hotline.model.needs import Need, Status
from hotline.model.when import When


def keep_the_words(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """A draft is recorded at once, so that a person can see it even if the neighbor stops answering."""
    words = answers.get("words", "")
    if facts.mine.draft is None or not goes_on(facts.mine.draft, answers):
        yield Draft(words)
    elif words and words not in facts.mine.draft.words:
        yield Add(facts.mine.draft.number, words)


def goes_on(draft: Need, answers: Answers) -> bool:
    """Whether this draft is the form being filled in. What was told already is never overwritten."""
    if answers.get("need") == draft.code:
        return True
    spoken = not draft.recording or "details" in answers
    return spoken and draft.details in told(answers) and (not draft.what or "what" in answers)


MOST_HELPERS = 9
CORRECTING = frozenset(("no", "wrong", "sorry", "wants", "greeting"))  # beside what is named instead


def besides(heard: Heard, facts: Facts) -> Mapping[str, str]:
    """What free words tell besides: that it is for today, for when, on which day each week, for how many helpers."""
    told = dict(said_of_time(heard, facts))
    if heard.command == "urgent" or _is_for_today(heard.told):
        told["urgent"] = "today"
    for before, number, word in zip(("", *heard.told), heard.told, heard.told[1:], strict=False):
        helps = word == "helpers" or (word == "people" and before == "asks")  # "need 3 people", not "for 3 people"
        if helps and number.isdecimal() and 1 < int(number[:4]) <= MOST_HELPERS:
            told["wanted"] = number
    return told


def begun(heard: Heard, facts: Facts) -> Mapping[str, str]:
    """What a form begins with: the first words; and if they are about one that was left, all that it knows."""
    known, draft = first_words(heard, facts), facts.mine.draft
    wants_more = "wants" in heard.names and "what" not in known
    if draft is None or wants_more or not _is_about(draft, known):
        return known
    before = already_said(draft)
    return {**before, **known, "said": with_words(before.get("said", ""), known.get("said", ""))}


def _is_about(draft: Need, known: Mapping[str, str]) -> bool:
    """Whether words may be about this form: they name nothing else, and no other place."""
    same = (not at or known.get(name, at) == at for name, at in (("what", draft.what), ("area", draft.area)))
    return all(same) and bool({"said", "what", "area"} & set(known))


def first_words(heard: Heard, facts: Facts) -> Mapping[str, str]:
    """What the first words already say is not asked again."""
    known = {**besides(heard, facts), **noted({"words": heard.words}, heard, facts)}
    for field, offered in (("what", facts.offered.needs), ("area", facts.offered.areas)):
        said = {name for name in heard.names if name in offered}
        if len(said) == 1:
            known[field] = said.pop()
    return known


def corrects(session: Session, heard: Heard, facts: Facts) -> bool:
    """Whether the read-back is corrected outright: "no, downtown". It is read back once more."""
    at_the_end = session.flow == intake.name and session.step in ("confirm", "change")
    return at_the_end and not heard.asks and corrected(session.answers, heard, facts) != session.answers


def corrected(answers: Answers, heard: Heard, facts: Facts) -> Answers:
    """The answers with the need or the area that was named, where nothing else was said."""
    if (
        heard.rest
        or heard.numbers
        or not CORRECTING.issuperset({*heard.names} - {*facts.offered.needs, *facts.offered.areas})
    ):
        return answers
    said = first_words(heard, facts)
    named = {name: said[name] for name in ("what", "area") if name in said}
    return {**noted(answers, heard, facts), **named} if named else answers


def _is_for_today(told: Sequence[str]) -> bool:
    """ "Today", "urgent"; but not "not urgent" and "not for today"."""
    words = ["", *(word for word in told if word != "filler")]
    return any(word == "today" and before != "not" for before, word in pairwise(words))


def _besides(answers: Answers, name: str) -> str:
    """What was told with the details, or else in the first words."""
    return answers.get(f"details_{name}") or answers.get(name, "")


def _is_urgent(answers: Answers) -> bool:
    return bool(_besides(answers, "urgent"))


def record_urgent(answers: Answers, facts: Facts) -> Iterable[Effect]:
    return record_need({**answers, "urgent": "today", "for_today": "yes"}, facts)


def how_soon(answers: Answers, facts: Facts) -> str:
    if facts.mine.draft and facts.mine.draft.held:
        return "thanks_looked_at"
    if facts.reachable.texts_held:
        return "thanks_held"
    if facts.reachable.nobody_gives:
        return "thanks_nobody"
    if _besides(answers, "urgent"):
        return "thanks_urgent"
    return "thanks_at_night" if facts.reachable.opens_at else "thanks"


def how_soon_today(_: Answers, facts: Facts) -> str:
    if facts.mine.draft and facts.mine.draft.held:
        return "thanks_looked_at"
    return "thanks_nobody" if facts.reachable.nobody_gives else "thanks_urgent"


def record_need(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if facts.mine.draft:
        yield Record(
            facts.mine.draft.number,
            what=answers["what"],
            area=answers.get("area", facts.offered.areas[0]),
            details=told(answers),
            recording=answers.get("details_recording", ""),
            callback=answers.get("callback", ""),
            urgent=_is_urgent(answers),
            every=every(answers),
            wanted=int(_besides(answers, "wanted") or 1),
            due=_due(answers, facts),
        )


def _due(answers: Answers, facts: Facts) -> str:
    when = the_time(answers, facts)
    if when is None and _besides(answers, "for_today"):
        when = When(here(facts).date())
    return when.name if when else ""


def the_number(_: Answers, facts: Facts) -> Values:
    opens = (clock(facts.reachable.opens_at),) if facts.reachable.opens_at else ""
    return {"number": facts.mine.draft.code if facts.mine.draft else "", "time": opens}


def no_number_to_read(answers: Answers, facts: Facts) -> bool:
    """Whether no number is read back: it is, in a call, if one was typed, and once for the caller's own number."""
    if not facts.in_call:
        return True
    asked_before = any(need.status is not Status.DRAFT for need in facts.mine.asked_for)
    known = not facts.me.has_number or facts.me.introduced or asked_before
    return not answers.get("callback") and known


def number_to_call(answers: Answers, facts: Facts) -> Values:
    return {"phone": answers.get("callback") or facts.me.phone.removeprefix("+1").removeprefix("+")}


def number_or_none(answers: Answers, _: Facts) -> str:
    return "number" if answers.get("callback") else "confirm"


def number_again(_: Answers, facts: Facts) -> str:
    """What comes before another number: one's own, or where that is hidden the question for one."""
    if facts.me.has_number:
        return "number"
    return "callback_here" if facts.me.abroad else "callback"


def read_again(answers: Answers, _: Facts) -> Answers:
    return {name: value for name, value in answers.items() if name != "number_right"}


def read_back(answers: Answers, facts: Facts) -> Values:
    """The values of the read-back. If the area was not asked, it is the only one there is."""
    area = answers.get("area", facts.offered.areas[0])
    wanted = _besides(answers, "wanted")
    as_made = Need(0, "", Status.OPEN, every=every(answers), due=_due(answers, facts), urgent=_is_urgent(answers))
    more = (*as_made.times, f"helpers_{wanted}" if wanted else "")
    said = told(answers)
    spoken = bool(answers.get("details_recording"))
    before = {(True, False): "you_said", (False, True): "your_voice", (True, True): "both_said"}.get(
        (bool(said), spoken)
    )
    return {"area": (area, *filter(None, more)), "details": said, "you_said": (before,) if before else ""}


def right_or_not(answers: Answers, facts: Facts) -> tuple[str, ...]:
    """That it is for today is offered where no other day was said."""
    when = the_time(answers, facts)
    other = bool(every(answers)) or (when is not None and when.day != here(facts).date())
    return ("yes", "no") if other else ("yes", "no", "today")


intake = Flow(
    "intake",
    Do("draft", keep_the_words),
    LANGUAGE,
    Choose("what", needs_we_take, saves="what", senses=OTHERS),
    Choose("area", areas_we_serve, saves="area", unless=area_is_known),
    Ask("details", Words(1600), saves="details", hears=besides, free=True),
    Do("said", learns=move_over),
    Choose("half", ("am", "pm"), saves="half", unless=half_is_clear, shows=halves, adds="said"),
    Ask("callback", PhoneNumber(), saves="callback", unless=lambda _, facts: facts.me.shows_number),
    Ask("callback_here", PhoneNumber(), saves="callback", unless=lambda _, facts: not facts.me.abroad),
    Choose(
        "number",
        {"yes": "confirm", "no": "other_number"},
        saves="number_right",
        unless=no_number_to_read,
        exact=True,
        shows=number_to_call,
    ),
    Choose(
        "confirm",
        {"yes": "record", "no": "change", "today": "hurry"},
        offers=right_or_not,
        exact=True,
        harmless=True,
        shows=read_back,
        senses=IS_IT_RIGHT,
        adds="confirm",
    ),
    Do("record", record_need, then=how_soon),
    End("thanks", shows=the_number),
    End("thanks_at_night", shows=the_number),
    End("thanks_held", shows=the_number),
    End("thanks_looked_at", shows=the_number),
    End("thanks_nobody", shows=the_number),
    Do("hurry", record_urgent, then=how_soon_today),
    End("thanks_urgent", shows=the_number),
    Ask("other_number", PhoneNumber(), saves="callback", back="number_again"),
    Do("noted", then=number_or_none, learns=read_again),
    Do("number_again", then=number_again),
    Choose(
        "change",
        {"what": "what", "area": "area", "details": "details"},
        offers=may_change("what", "area", "details"),
        back="confirm",
        adds="confirm",
    ),
    form=True,
)
