"""The longest texts there can be: every label, name and number at its limit, and what is said together in one text."""

from collections.abc import Iterator
from itertools import product

from hotline.channels.catalogue import languages, messages
from hotline.community import LONGEST_LABEL, LONGEST_NAME
from hotline.engine.run import MORE
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Ask, Choose, End
from hotline.flows import FLOWS

SHORT_NAME = "M" * 20  # the most that signup keeps of a first name
DETAILS = "d " * 150  # the most that intake keeps
FIRST_WORDS = "w " * 200  # longer than anything that is shown
NEEDS = ("food", "ride", "medicine", "diapers", "repair", "childcare")
AREAS = ("north", "south", "west", "hill", "harbor", "downtown")


def label(name: str, letter: str = "") -> str:
    return (name[:1].upper() + name[1:] + " " + letter * LONGEST_LABEL)[:LONGEST_LABEL]


def community(name: str = "E" * LONGEST_NAME, letter: str = "l") -> str:
    """A community file in which everything is as long as the file may be."""
    tables = [(f"needs.{name}", name) for name in NEEDS] + [(f"areas.{name}", name) for name in AREAS]
    labelled = "\n".join(
        f"[{table}]\n" + "\n".join(f'{language} = "{label(key, letter)}"' for language in languages())
        for table, key in tables
    )
    return f"""
name = "{name}"
languages = {list(languages())}
country = "US"
timezone = "America/New_York"
emergency = "911"
{labelled}
"""


VALUES: Values = {
    "number": "9999",
    "what": ("food",),
    "area": ("downtown",),
    "details": DETAILS,
    "name": SHORT_NAME,
    "words": FIRST_WORDS,
    "gives": NEEDS,
    "time": ("10:30",),
    "until": ("2026-09-30", "22:30"),
    "begin": ("10:30",),
    "end": ("22:30",),
    "times": "20",
    "areas": AREAS,
    "count": "400",
    "page": "100",
    "age": "999min",
    "status": ("draft",),
    "phone": "+12125550199",
    "names": ", ".join([SHORT_NAME] * 6),
    "who": SHORT_NAME,
    "reason": ("turned_away_another_country",),
    "+12125550121": (SHORT_NAME, "downtown", "..121"),
    "+12125550122": (SHORT_NAME, "downtown", "..122"),
    "+12125550123": (SHORT_NAME, "downtown", "..123"),
    "f1": (SHORT_NAME, "turned_away_another_country", "999min"),
    "f2": (SHORT_NAME, "turned_away_another_country", "999min"),
    "f3": (SHORT_NAME, "words_about_a_need", "999min"),
    "9999": ("food", "downtown"),
    "9998": ("ride", "north"),
    "9997": ("medicine", "south"),
}


def of_flows() -> Iterator[Prompt]:
    """Every question and every last word of the conversations; each question also after a miss."""
    for flow in FLOWS.values():
        for step in flow.steps:
            key = f"{flow.name}.{step.name}"
            if isinstance(step, Ask):
                yield from (Prompt(key, waits=True, again=again, values=VALUES) for again in (0, 1))
            elif isinstance(step, Choose):
                options = _options(step, key)
                yield from (Prompt(key, options, True, again, VALUES, many=step.many) for again in (0, 1))
            elif isinstance(step, End) and not step.says:
                yield Prompt(key, values=VALUES)


def _options(step: Choose, key: str) -> tuple[str, ...]:
    if not callable(step.options):
        return tuple(step.options)
    if key.endswith(".language"):
        return languages()
    if step.saves == "need":
        return ("9999", "9998", "9997", MORE)
    if step.saves == "flag":
        return ("f1", "f2", "f3", MORE)
    if step.saves == "who":
        return ("+12125550121", "+12125550122", "+12125550123", MORE)
    return (*(NEEDS if step.saves in ("what", "gives") else AREAS)[:3], MORE)


def of_the_house() -> Iterator[Prompt]:
    """Everything else that is said: at any time, as news, as alerts, about how things stand."""
    flows = ("hello", "news", "alerts", "status", "list", "story", "team")
    yield from (Prompt(f"{flow}.{step}", values=VALUES) for flow in flows for step in messages("en")[flow])


def together() -> Iterator[tuple[Prompt, ...]]:
    """What is said in one breath: who we are and the first question, an answer and the question it interrupted."""
    singles = {prompt.key: prompt for prompt in (*of_flows(), *of_the_house())}
    questions = [prompt for prompt in of_flows() if prompt.waits and not prompt.again]
    first = [prompt for prompt in questions if prompt.key.split(".")[0] in ("intake", "menu", "signup", "person")]
    first += [singles[key] for key in ("take.unknown", "take.stranger", "hello.emergency", "hello.nothing_open")]
    yield from ((singles["hello.first"], prompt) for prompt in first)
    ends = [
        prompt for prompt in of_flows() if prompt.key.split(".")[0] in ("take", "done", "drop", "decline", "unsure")
    ]
    form = [prompt for prompt in questions if prompt.key.split(".")[0] in ("intake", "signup", "person", "menu")]
    yield from product([prompt for prompt in ends if not prompt.waits], form)
    lines = [singles[f"status.{name}"] for name in ("asked_open", "asked_taken", "in_hand", "alert")]
    yield (*lines, *lines)
    page = [singles[f"list.{name}"] for name in ("some", *["urgent"] * 4, "next", "flags")]
    yield tuple(page)


def everything() -> list[tuple[Prompt, ...]]:
    return [*((prompt,) for prompt in (*of_flows(), *of_the_house())), *together()]


def title(prompts: tuple[Prompt, ...]) -> str:
    return " + ".join(prompt.key + " again" * bool(prompt.again) for prompt in prompts)
