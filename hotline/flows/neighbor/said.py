"""Free words of a request: everything that its neighbor says while it is made or changed, in order, for whoever helps.

They gather in the answer "said", beside the answers that they came with. What somebody chose says no more than the
choice, so it stands there alone; what says more is kept word by word, and read back.
"""

import json
import re

from hotline.engine.answers import Heard
from hotline.engine.steps import Answers
from hotline.flows.neighbor.time_asked_for import moved_over, with_time
from hotline.model.facts import Facts
from hotline.model.needs import Need

LONGEST = 3200  # letters that are shown; two of the longest texts, and what comes after stays with the raw words
COUNTER = re.compile(r"\s*[(\[]?\s?(?P<part>\d{1,2})\s?/\s?(?P<of>\d{1,2})(?!\d)\s?[)\]]?")
LISTED = re.compile(r"\W*\d")


def told(answers: Answers) -> str:
    """All that was said so far, with the answer to the question what a helper should know."""
    return with_words(answers.get("said", ""), answers.get("details", ""))


def with_words(said: str, words: str) -> str:
    """What was said, and these words behind it. The same words stand there once, parts of one text in their order."""
    words = words.strip()
    if not words or f"\n{words}\n" in f"\n{said}\n" or len(said) + len(words) > LONGEST:
        return said
    before, _, last = said.rpartition("\n")
    if _comes_before(words, last):
        said, words = before, f"{words}\n{last}"
    return f"{said}\n{words}".strip()


def _comes_before(words: str, last: str) -> bool:
    """Whether these are an earlier part of one long text than the last line: carriers bring them as they please."""
    this, other = COUNTER.match(words), COUNTER.match(last)
    return bool(this and other and this["of"] == other["of"] and int(this["part"]) < int(other["part"]))


def says_more(heard: Heard, facts: Facts) -> bool:
    """Whether words say more than what was chosen, such as a street, or for how many."""
    chosen = {*facts.offered.needs, *facts.offered.areas} & set(heard.names)
    counted = bool(heard.numbers and chosen) and not LISTED.match(heard.words)  # "food for 4"; not "1 food", copied
    return bool(heard.words) and (bool(heard.rest) or heard.precise or counted)


def tells_a_helper(heard: Heard) -> bool:
    """Whether words about a request that is made already belong to it: an address, a time or how many has a number in
    it. A question has none for the helper who comes next."""
    return bool(heard.numbers and heard.rest) and not (heard.asks or heard.danger or heard.stops)


def noted(answers: Answers, heard: Heard, facts: Facts) -> Answers:
    """The answers, with what these words say besides."""
    answers = with_time(answers, heard, facts)
    if not says_more(heard, facts):
        return answers
    return {**answers, "said": with_words(told(answers), heard.words)}


def move_over(answers: Answers, _: Facts) -> Answers:
    """What a helper should know joins what was said before it: asked again, it takes nothing away."""
    return {**moved_over(answers), "said": told(answers), "details": ""}


BESIDES = ("when", "half", "urgent", "for_today", "wanted")  # what a form knows of a request beside its words


def besides(answers: Answers) -> str:
    """What the form knows besides, as it is kept with a draft."""
    told = moved_over(answers)
    named = {name: told.get(f"details_{name}") or told.get(name, "") for name in BESIDES}
    known = {name: value for name, value in named.items() if value}
    return json.dumps(known, sort_keys=True) if known else ""


def already_said(need: Need) -> dict[str, str]:
    """What a request knows: a form that goes on does not ask it again."""
    spoken = {"details": ""} if need.recording or _was_asked(need) else {}
    known = {"what": need.what, "area": need.area, "said": need.details, "details_recording": need.recording}
    spoken |= json.loads(need.besides) if need.besides else {}
    return {"need": need.code, **spoken} | {name: value for name, value in known.items() if value}


def _was_asked(need: Need) -> bool:
    """Whether something was said to the question what a helper should know: all else is among the raw words too."""
    return not set(need.details.splitlines()) <= set(need.words.splitlines())
