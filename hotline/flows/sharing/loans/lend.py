"""Form of a tool: what a neighbor lends, where, for how long, and what to mind when it is used."""

from collections.abc import Iterable, Mapping

from hotline.engine.answers import Heard, Told
from hotline.engine.plain_words import leads_elsewhere
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.shared_questions import LANGUAGE, area_is_known, areas_we_serve
from hotline.flows.sharing.gifts.about import ZIP_BEHIND, hidden, too_late
from hotline.flows.sharing.loans.about import told_of_tool
from hotline.model.effects import BeginTool, Effect, ListTool
from hotline.model.facts import Facts
from hotline.model.loans import LONGEST_CARE, LONGEST_NAME, Tool

ARTICLES = ("filler", "to", "at", "in", "1")  # so "a" and "una" are read, which mean more than that
DAYS = "days_"  # how the names of lengths begin
OTHER_LENGTHS = (2, 21)  # days, beside what is usual here


def begun(heard: Heard, facts: Facts, words: str) -> dict[str, str]:
    """What the first words say is not asked again: what it is, and where."""
    words = "" if leads_elsewhere(words) else words
    words = bare(heard, words)
    if not words.strip():
        return {}
    areas = {name for name in heard.names if name in facts.offered.areas}
    if len(areas) != 1:
        return {"gift": words[:LONGEST_NAME]}
    return {"gift": (ZIP_BEHIND.sub("", words) or words)[:LONGEST_NAME], "area": areas.pop()}


def bare(heard: Heard, words: str) -> str:
    """ "a ladder" is a ladder: these last words of a text, without what stands before the thing."""
    _, *others = words.split() or [""]
    place = len(heard.told) - 1 - len(others)
    small = place >= 0 and heard.told[place] in ARTICLES and bool(others)
    return " ".join(others) if small else words


def named(heard: Heard, _: Facts) -> Mapping[str, str]:
    """What it is, as it is spoken of."""
    return {"as": bare(heard, heard.words)} if heard.words else {}


def may_lend(_: Answers, facts: Facts) -> str:
    """Who hides the number cannot be asked for it."""
    return "begin" if facts.me.has_number else "hidden"


def begin(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """It is on record from the first words on."""
    if facts.lent.draft is None:
        yield BeginTool(answers.get("gift", ""))


def how_long(facts: Facts) -> tuple[str, ...]:
    """For how many days it may be lent, as names: what is usual here first."""
    return tuple(f"{DAYS}{days}" for days in dict.fromkeys((facts.offered.sharing.loan_days, *OTHER_LENGTHS)))


def is_ones_own(_: Answers, facts: Facts) -> bool:
    """Only a coordinator looks after what is everybody's."""
    return not facts.me.coordinator


def as_listed(answers: Answers, facts: Facts) -> Tool | None:
    if facts.lent.draft is None:
        return None
    return facts.lent.draft.but(
        words=(answers.get("gift_as") or answers.get("gift", "")).strip()[:LONGEST_NAME],
        recording=answers.get("gift_recording", ""),
        care=answers.get("care", "").strip()[:LONGEST_CARE],
        care_recording=answers.get("care_recording", ""),
        area=answers.get("area", facts.offered.areas[0]),
        days=int(answers.get("days", "").removeprefix(DAYS) or facts.offered.sharing.loan_days),
        of_group=answers.get("whose") == "group",
    )


def list_tool(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if tool := as_listed(answers, facts):
        same = ("words", "area", "days", "care", "recording", "care_recording", "of_group")
        yield ListTool(tool.number, **{name: getattr(tool, name) for name in same})


def listed_or_not(_: Answers, facts: Facts) -> str:
    return "listed" if facts.lent.draft else "too_late"


def summary(answers: Answers, facts: Facts) -> Values:
    tool = as_listed(answers, facts)
    return told_of_tool(tool) if tool else {}


lend = Flow(
    "lend",
    LANGUAGE,
    Do("look", then=may_lend),
    Do("begin", begin),
    Ask("what_is_it", Told(LONGEST_NAME), saves="gift", free=True, hears=named),
    Choose("area", areas_we_serve, saves="area", unless=area_is_known),
    Choose("days", how_long, saves="days"),
    Ask("care", Told(LONGEST_CARE), saves="care"),
    Choose("whose", ("mine", "group"), saves="whose", unless=is_ones_own),
    Do("list", list_tool, then=listed_or_not),
    End("listed", shows=summary),
    End("hidden", says=hidden),
    End("too_late", says=too_late),
    form=True,
)
