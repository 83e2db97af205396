"""Prompt recording by telephone: the community's own voice, piece by piece, by the numbers of the printed sheet."""

from collections.abc import Iterable, Mapping
from typing import Any

from hotline.engine.answers import BRIEF, Heard, Number, Words
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.model.effects import Discard, Effect, KeepVoice
from hotline.model.facts import Facts
from hotline.model.recordings import Piece, Room

MOST_IN_A_SECOND = 12  # letters
FIRST = 11  # the first number of a sheet: a single digit would be a key of its own


def tongues(facts: Facts) -> tuple[str, ...]:
    """All that can be recorded, whether they are offered by phone yet or not."""
    return tuple((facts.call.room or Room()).sheet)


def one_language(_: Answers, facts: Facts) -> bool:
    return len(tongues(facts)) == 1


def tongue(answers: Answers, facts: Facts) -> str:
    """The language that is being recorded."""
    return answers.get("tongue") or next(iter(tongues(facts)), "")  # by text there is no sheet


def sheet(answers: Answers, facts: Facts) -> tuple[Piece, ...]:
    return (facts.call.room or Room()).sheet.get(tongue(answers, facts), ())


def piece(answers: Answers, facts: Facts) -> Piece | None:
    place = int(answers.get("number") or 0) - FIRST
    pieces = sheet(answers, facts)
    return pieces[place] if 0 <= place < len(pieces) else None


def missing_after(number: int, answers: Answers, facts: Facts) -> str:
    """The number of the next piece without a recording, after the last one from the beginning; "" if none is left."""
    have, language = (facts.call.room or Room()).recorded, tongue(answers, facts)
    pieces = enumerate(sheet(answers, facts), FIRST)
    left = [place for place, each in pieces if (language, each.name) not in have and place != number]
    return str(next((place for place in left if place > number), left[0])) if left else ""


def the_number_meant(answers: Answers, facts: Facts) -> Answers:
    """Just `#` is the first piece that is missing; when none is, the first of all."""
    given = answers.get("number", "")
    return {**answers, "number": given or missing_after(0, answers, facts) or str(FIRST)}


def there_is(answers: Answers, facts: Facts) -> str:
    return "take" if piece(answers, facts) else "no_such"


def numbered(answers: Answers, _: Facts) -> Values:
    return {"number": answers.get("number", "")}


def read_out(answers: Answers, facts: Facts) -> Mapping[str, Any]:
    this = piece(answers, facts)
    return {"quote": (tongue(answers, facts), this.words)} if this else {}


def take(answers: Answers) -> str:
    """What was just said, as the carrier calls it."""
    return answers.get("take_recording", "")


def how_long(heard: Heard, _: Facts) -> Answers:
    return {BRIEF: "yes"} if BRIEF in heard.names else {}


def is_short(words: str) -> bool:
    """Whether a second is enough to say it, as it is for a digit; a Chinese sign is a syllable."""
    return sum(3 if letter > "\u2e80" else 1 for letter in words if letter.isalnum()) <= MOST_IN_A_SECOND


def something_or_nothing(answers: Answers, facts: Facts) -> str:
    this = piece(answers, facts)
    too_brief = f"take_{BRIEF}" in answers and this is not None and not is_short(this.words)
    return "verdict" if take(answers) and not too_brief else "nothing"


def here_or_not(_: Answers, facts: Facts) -> str:
    return "heard" if facts.call.room and facts.call.room.take else "not_yet"


def its_sound(_: Answers, facts: Facts) -> Mapping[str, Any]:
    return {"plays": facts.call.room.take if facts.call.room else ""}


def keep_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    this = piece(answers, facts)
    if this and take(answers):
        yield KeepVoice(tongue(answers, facts), this.name, this.words, take(answers))


def put_away(answers: Answers, _: Facts) -> Iterable[Effect]:
    if take(answers):
        yield Discard(take(answers))


def without_the_take(answers: Answers, _: Facts) -> Answers:
    return {name: value for name, value in answers.items() if not name.startswith("take")}


def the_next(answers: Answers, facts: Facts) -> Answers:
    number = missing_after(int(answers["number"]), answers, facts)
    return {**without_the_take(answers, facts), "number": number}


def without_the_number(answers: Answers, facts: Facts) -> Answers:
    return {name: value for name, value in without_the_take(answers, facts).items() if name != "number"}


def on_or_finished(answers: Answers, _: Facts) -> str:
    return "take" if answers["number"] else "finished"


WHAT_NOW = {"hear": "look", "keep": "keep", "again": "retake", "other": "another"}

studio = Flow(
    "studio",
    Choose("language", tongues, saves="tongue", unless=one_language, wide=True),
    Ask("number", Number(4), saves="number"),
    Do("find", then=there_is, learns=the_number_meant),
    Ask("take", Words(1), saves="take", shows=numbered, sounds=read_out, hears=how_long),
    Do("took", then=something_or_nothing),
    Choose("verdict", WHAT_NOW),
    Do("look", then=here_or_not),
    Choose("heard", WHAT_NOW, sounds=its_sound),
    Choose("not_yet", WHAT_NOW),
    Choose("nothing", {"again": "retake", "other": "another"}),
    Choose("no_such", {"other": "another"}),
    Do("keep", keep_it, then=on_or_finished, learns=the_next),
    Do("retake", put_away, then=lambda _, __: "take", learns=without_the_take),
    Do("another", put_away, then=lambda _, __: "number", learns=without_the_number),
    End("finished"),
    locked=True,
)
