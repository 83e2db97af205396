"""Sample values: everything that can be said, filled with the shortest, usual and longest values."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from hotline.channels.catalogue import messages
from hotline.channels.lint.wordings import SOURCE
from hotline.community.model import LONGEST_STREET, Community
from hotline.engine.run import MORE, screen
from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Ask, Choose, End, Flow
from hotline.flows import FLOWS
from hotline.model.gifts import LONGEST_WORDS, MOST_PORTIONS
from hotline.model.rounds import LONGEST_OUTCOME, LONGEST_PURPOSE, LONGEST_QUESTION

LISTED = {
    "need": r"\d+",
    "one": r"\d+",
    "flag": r"f\d",
    "who": r"\+\d+",
    "from": r"\+\d+",
    "group": r"g\d",
    "giver": r"m\d+",
}  # what a list of them offers
DAYS_SAVED = ("date", "rain")  # where days are offered, the names are dates
LONGEST_FIRST_NAME = "M" * 20  # the most that signup keeps
LONG: Values = {
    "number": "9999",
    "details": "d " * 150,
    "you_said": ("you_said",),
    "weekly": ("weekly",),
    "am": ("2026-09-30 07:30",),
    "pm": ("2026-09-30 19:30",),
    "new": ("new",),
    "words": "w " * 200,
    "name": LONGEST_FIRST_NAME,
    "names": ", ".join([LONGEST_FIRST_NAME] * 6),
    "numbers": "1011, 1012, 1013",
    "who": LONGEST_FIRST_NAME,
    "other": LONGEST_FIRST_NAME,
    "ending": "0199",
    "time": ("10:30",),
    "until": ("2026-09-30", "22:30"),
    "begin": ("10:30",),
    "end": ("22:30",),
    "day": ("wednesday",),
    "times": "20",
    "have": "8",
    "wanted": "9",
    "count": "400",
    "page": "100",
    "age": "999min",
    "status": ("draft",),
    "phone": "(212) 555-0199",
    "reason": ("turned_away_another_country",),
    "language": ("es",),
    "word": "4711",
    "code": "4711 0815",
    "spoken": ("spoken_lost",),
    "gift": "w" * LONGEST_WORDS,
    "question": "w " * (LONGEST_QUESTION // 2),
    "purpose": "w " * (LONGEST_PURPOSE // 2),
    "outcome": "w " * (LONGEST_OUTCOME // 2),
    "said": "w" * 63,
    "left": (f"left_{MOST_PORTIONS}",),
    "days": ("days_30",),
    "where": "w" * LONGEST_STREET,
    "now": ("shut_now",),
    "checked": ("checked_2026-09-30",),
    "hour": ("22:30",),
    "when": ("2026-09-30", "22:30"),
    "people": ", ".join([f"{LONGEST_FIRST_NAME} ...0199 (22:30)"] * 3),
}
USUAL: Values = {
    **LONG,
    "number": "112",
    "details": "two bags, third floor",
    "words": "I am at the side door",
    "name": "Maria",
    "names": "Ben, Cho, Dora",
    "numbers": "112",
    "who": "Maria",
    "other": "Ben",
    "time": ("08:00",),
    "until": ("2026-05-04",),
    "begin": ("09:00",),
    "end": ("17:00",),
    "day": ("tuesday",),
    "times": "2",
    "have": "1",
    "wanted": "2",
    "count": "4",
    "page": "2",
    "age": "20min",
    "status": ("open",),
    "reason": ("wants_a_person",),
    "gift": "oranges",
    "left": ("left_5",),
    "days": ("days_2",),
    "where": "12 Elm Street",
    "hour": ("08:30",),
    "when": ("tomorrow", "08:30"),
    "people": "Maria ...0199 (08:30)",
}
SHORT: Values = {
    **USUAL,
    "number": "101",
    "details": "",
    "you_said": "",
    "weekly": "",
    "new": "",
    "words": "ok",
    "name": "Al",
    "names": "Al",
    "who": "Al",
    "other": "Bo",
    "count": "1",
    "times": "1",
    "age": "1min",
    "phone": "211",
    "reason": ("emergency",),
    "spoken": "",
    "gift": "tea",
    "left": "",
    "where": "",
    "now": "",
    "checked": "",
}


WHEN = {True: ("every_wednesday 10:30",), False: ()}  # where there is a time, it stands behind the place


def filled(community: Community, told: Values = LONG) -> Values:
    """These values, with the names of that community: all of its needs and areas where they are long, else one."""
    needs, areas = _longest_first(community.needs, told), _longest_first(community.areas, told)
    many = (needs, areas) if told is LONG else (needs[:1], areas[:1])
    groups = sorted(community.groups, key=lambda group: len(group.name + group.hours), reverse=told is LONG)
    name, age = str(told["name"]), str(told["age"])
    asked = [(name, *needs[:2], f"..012{place}") for place in range(3)]
    flags = [(name, told["reason"][0], age) for _ in range(3)]
    numbers = [str(int(str(told["number"])) - place) for place in range(3)]
    return {
        **told,
        "what": needs[:1],
        "area": (*areas[:1], *WHEN[told is LONG]),
        "gives": many[0],
        "areas": many[1],
        "whom": asked[0],
        **({"group": (groups[0].name,), "hours": (groups[0].hours,) if groups[0].hours else ""} if groups else {}),
        **{f"g{place}": (group.name,) for place, group in enumerate(groups[:3], 1)},
        **{f"+1212555012{place}": names for place, names in enumerate(asked, 1)},
        **{f"m{place}": (name,) for place in range(1, 4)},
        **{f"f{place}": names for place, names in enumerate(flags, 1)},
        **{number: (needs[n % len(needs)], areas[n % len(areas)]) for n, number in enumerate(numbers)},
    }


def _longest_first(topics: Mapping[str, object], told: Values) -> tuple[str, ...]:
    labels = {name: "".join(getattr(topic, "labels", {}).values()) for name, topic in topics.items()}
    return tuple(sorted(labels, key=lambda name: -len(labels[name]) if told is LONG else 0))


def of_flows(community: Community, told: Values = LONG) -> Iterator[Prompt]:
    """Every question and every last word of the conversations; each question also after a miss."""
    values = filled(community, told)
    for flow in FLOWS.values():
        yield from of_flow(flow, community, values)


def of_flow(flow: Flow, community: Community, values: Values) -> Iterator[Prompt]:
    """Every question and every last word of one conversation, with these values."""
    for step in flow.steps:
        key = f"{flow.name}.{step.name}"
        if isinstance(step, Ask):
            yield from (Prompt(key, waits=True, again=again, values=values) for again in (0, 1))
        elif isinstance(step, Choose):
            options = _options(step, key, community, values)
            yield from (Prompt(key, options, True, again, values, many=step.many) for again in (0, 1))
        elif isinstance(step, End) and not step.says:
            yield Prompt(key, values=values)


def _options(step: Choose, key: str, community: Community, values: Values) -> tuple[str, ...]:
    if not callable(step.options):
        return screen(tuple(step.options))
    if key.endswith(".language"):
        return screen(community.languages)
    if step.saves in DAYS_SAVED:
        return screen(("2026-09-30", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"))
    if step.saves in LISTED:
        return (*(name for name in values if re.fullmatch(LISTED[step.saves], name)), MORE)
    return screen(tuple(values["gives" if step.saves in ("what", "gives") else "areas"]))


def of_the_house(community: Community, told: Values = LONG) -> Iterator[Prompt]:
    """Everything else that is said: at any time, as news, as alerts, about how things stand."""
    flows, values = ("hello", "news", "alerts", "status", "list", "story", "team", "groups"), filled(community, told)
    asked = {prompt.key for prompt in of_flows(community, told)}
    keys = (f"{flow}.{step}" for flow in flows for step in messages(SOURCE)[flow])
    yield from (Prompt(key, values=values) for key in keys if key not in asked)


def together(community: Community, told: Values = LONG) -> Iterator[tuple[Prompt, ...]]:
    """What is said in one breath: who we are and the first question, an answer and the question it interrupted."""
    asked = list(of_flows(community, told))
    singles = {prompt.key: prompt for prompt in (*asked, *of_the_house(community, told))}
    questions = [prompt for prompt in asked if prompt.waits and not prompt.again]
    first = [prompt for prompt in questions if prompt.key.split(".")[0] in ("intake", "menu", "signup", "person")]
    first += [singles[key] for key in ("take.unknown", "take.stranger", "hello.emergency", "hello.nothing_open")]
    yield from ((singles["hello.first"], prompt) for prompt in first)
    ends = [prompt for prompt in asked if prompt.key.split(".")[0] in ("take", "done", "drop", "decline", "unsure")]
    form = [prompt for prompt in questions if prompt.key.split(".")[0] in ("intake", "signup", "person", "menu")]
    yield from product([prompt for prompt in ends if not prompt.waits], form)
    lines = [singles[f"status.{name}"] for name in ("asked_open", "asked_taken", "in_hand", "alert")]
    yield (*lines, *lines)
    yield tuple(singles[f"list.{name}"] for name in ("some", *["urgent"] * 4, "next", "flags"))
    yield (singles["news.nobody_yet"], singles["news.group_helps"])


def everything(community: Community, told: Values = LONG) -> list[tuple[Prompt, ...]]:
    singles = (*of_flows(community, told), *of_the_house(community, told))
    return [*((prompt,) for prompt in singles), *together(community, told)]


def title(prompts: tuple[Prompt, ...]) -> str:
    return " + ".join(prompt.key + " again" * bool(prompt.again) for prompt in prompts)
