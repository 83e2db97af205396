"""English is at the grade of an eleven-year-old, or easier: measured by textstat (Flesch-Kincaid)."""

import re

import textstat

from hotline.channels.lint.wordings import SOURCE, said

END_OF_LINE = re.compile(r"(?<=\w)\n")
GRADE = 5.0
LONG_ENOUGH = 8  # words; the measure says nothing about a phrase: "Goodbye." alone is grade 8
EXAMPLES = {  # what fills a wording in, usually
    "community": "Eastside",
    "what": "food",
    "gives": "food",
    "area": "the north",
    "where": "12 Elm Street",
    "checked": "Checked last week.",
    "now": "Open now.",
    "areas": "the north",
    "name": "Ben",
    "who": "Ben",
    "whom": "Ben, food",
    "other": "Cho",
    "ending": "one",
    "names": "Ben",
    "details": "two bags",
    "you_said": "You said:",
    "weekly": "It is weekly: you take this one.",
    "new": "New:",
    "words": "two bags",
    "reason": "help",
    "number": "one",
    "word": "one",
    "code": "one",
    "url": "our page",
    "gift": "bread",
    "days": "two days",
    "left": "Two are left",
    "key": "one",
    "emergency": "nine one one",
    "crisis": "nine eight eight",
    "count": "two",
    "have": "one",
    "wanted": "two",
    "times": "two",
    "page": "two",
    "numbers": "two",
    "begin": "nine",
    "end": "five",
    "time": "nine",
    "until": "Monday",
    "when": "Monday",
    "hour": "nine",
    "people": "Ben",
    "purpose": "we share it",
    "said": "two bags",
    "outcome": "we share it",
    "question": "What do you need?",
    "day": "Monday",
    "hours": "Monday",
    "age": "two days",
    "month": "May",
    "group": "Eastside",
    "phone": "two one two",
    "label": "food",
    "status": "open",
    "language": "Spanish",
    "spoken": "",
}


def _filled() -> list[tuple[str, str]]:
    """Each wording with usual values; what ends a line ends a sentence."""
    return [
        (f"{each.key} ({each.channel})", END_OF_LINE.sub(". ", each.words.format(**EXAMPLES)).replace("\n", " "))
        for each in said(SOURCE)
        if each.words and not each.key.startswith("labels.")
    ]


def test_each_wording_is_easy() -> None:
    grades = {
        key: textstat.flesch_kincaid_grade(words) for key, words in _filled() if len(words.split()) >= LONG_ENOUGH
    }
    assert {key: grade for key, grade in grades.items() if grade > GRADE} == {}


def test_all_of_it_is_easier_still() -> None:
    everything = " ".join(words if words[-1] in ".?!:" else f"{words}." for _, words in _filled())
    assert textstat.flesch_kincaid_grade(everything) <= 2
