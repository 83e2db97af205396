"""A line of the corpus goes through the real hearing and the real rules; what it meant comes in the corpus's words."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from hotline.channels.parsing.parser import Hearing
from hotline.community.reading import load as read_community
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Session
from hotline.engine.steps import Ask, Choose, End, Flow
from hotline.flows.intents.intents import Kind, Meaning
from hotline.flows.intents.routing import meaning
from hotline.flows.intents.small_words import DID_IT_HAPPEN
from hotline.flows.neighbor.intake import intake
from hotline.model.carrier_words import HELP_WORDS, START_WORDS, STOP_WORDS
from hotline.model.facts import Asked, Facts, Mine, Offered
from hotline.model.needs import Need, Status, is_code
from hotline.model.people import Person
from tests.corpus import SHIPPED, Line
from tests.corpus.fairness import Labels
from tests.world import heard_in

ME, OTHER, NOW = "+12125550113", "+12125550111", 1_773_158_400.0
NEEDS, AREAS = ("food", "ride", "medicine", "other"), ("north", "downtown")

# The question that follows a need; the conversation around it is not what is judged here.
happened = Flow(
    "happened",
    Choose("happened", {"yes": "end", "no": "end"}, exact=True, harmless=True, senses=DID_IT_HAPPEN),
    End("end"),
)
QUESTIONS = {"what": intake, "area": intake, "details": intake, "confirm": intake, "happened": happened}
PLAIN = {
    Kind.OPT_OUT: "opt_out",
    Kind.OPT_IN: "opt_in",
    Kind.CARRIERS: "carrier",
    Kind.EMERGENCY: "emergency",
    Kind.MENU: "menu",
    Kind.BACK: "back",
    Kind.PERSON: "person",
    Kind.SIGNUP: "signup",
    Kind.THANKS: "thanks",
    Kind.NOTE: "relay",
    Kind.STOP_UNCLEAR: "opt_out?",
    Kind.HOURS: "hours",
    Kind.WRONG_NUMBER: "stranger",
}


@cache
def ear(languages: tuple[str, ...], folder: Path) -> Hearing:
    """The hearing of the corpus's community, with these languages."""
    community = read_community(folder / "community.toml", ("en", "es"))
    return heard_in(replace(community, languages=languages))


def need(number: int, status: Status, neighbor: str = OTHER, takers: tuple[str, ...] = ()) -> Need:
    return Need(number, neighbor, status, "food", "north", words="food", takers=takers, code=str(number))


def facts_of(line: Line, heard: Heard, languages: tuple[str, ...]) -> Facts:
    """What is known about someone who was asked this."""
    flow = QUESTIONS.get(line.asked)
    known = {"what": "food", "area": "north", "details": "two bags"} if flow else {}
    known.pop(line.asked, None)
    session = Session(ME, flow.name if flow else "", line.asked if flow else "", "en", known)
    me = Person(ME, session, known=line.asked != "new", asked_at=NOW - 60, introduced=line.asked != "new")
    facts = Facts(NOW, Offered(languages, NEEDS, AREAS), me)
    codes = list(filter(is_code, heard.numbers))
    open_ones = tuple(need(number, Status.OPEN) for number in (112, 115))
    match line.asked:
        case "alert":
            facts = facts.but(me=_giver(me), alerts=Asked(open_ones[:1], NOW - 30))
        case "alerts":
            facts = facts.but(me=_giver(me), alerts=Asked(open_ones, NOW - 30))
        case "taken":
            facts = facts.but(me=_giver(me), mine=Mine(has_taken=(need(112, Status.TAKEN, takers=(ME,)),)))
        case "asked" | "happened":
            facts = facts.but(mine=Mine(asked_for=(need(112, Status.TAKEN, neighbor=ME, takers=(OTHER,)),)))
        case "what" | "area" | "details" | "confirm":
            facts = facts.but(mine=Mine(draft=need(111, Status.DRAFT, neighbor=ME)))
    mine = facts.mine
    here = (*open_ones, *mine.has_taken, *mine.asked_for) if facts.me.gives else mine.asked_for
    return facts.but(named=tuple(each for each in here if each.number in codes))


def _giver(me: Person) -> Person:
    return me.but(volunteer=True)


def judged(line: Line, hearing: Hearing, languages: tuple[str, ...] = SHIPPED) -> Labels:
    """All that the rules hear in it, in the labels of the corpus."""
    heard = hearing.hear(line.text)
    word = line.text.strip().rstrip(".!").casefold()
    for words, name in ((STOP_WORDS, "stop"), (START_WORDS, "start"), (HELP_WORDS, "help")):
        if word in words:
            heard = heard.but(names=(f"carrier_{name}",))
    facts = facts_of(line, heard, languages)
    flow = QUESTIONS.get(line.asked)
    question = flow.find(line.asked) if flow else None
    means = meaning(heard, facts, question if isinstance(question, Choose | Ask) else None)
    return _labels(means, heard, facts, line)


def _labels(means: Meaning, heard: Heard, facts: Facts, line: Line) -> Labels:
    """All that it means. Danger stands alone: whatever else the text is, stays."""
    if means.kind is Kind.EMERGENCY:
        return frozenset({"emergency"})
    if means.danger:
        return frozenset({"danger?"})
    label = _in_words(means, means.said or heard, facts, line)
    return frozenset({label}) | (_labels(means.beside, heard, facts, line) if means.beside else frozenset())


def _in_words(means: Meaning, heard: Heard, facts: Facts, line: Line) -> str:
    match means.kind:
        case kind if kind in PLAIN:
            return PLAIN[kind]
        case Kind.COMMAND:
            return _command(means)
        case Kind.NOTHING:
            return "machine" if heard.machine else "nothing"
        case Kind.NOTHING_OPEN if means.name == "withdraw":
            return "withdraw"
        case Kind.UNCLEAR | Kind.NOTE | Kind.NEW | Kind.UNSURE if "stranger" in heard.names:
            return "stranger"
        case Kind.TAKE:
            if means.number and not (facts.need(means.number) or heard.names):
                return "unclear"  # a number alone that is nobody's: it is told that there is no such request
            return f"take {means.number}" if means.number else "which"
        case Kind.DECLINE | Kind.STATUS | Kind.DONE | Kind.DROP:
            return f"{means.kind} {means.number}".strip()
        case Kind.LANGUAGE:
            return f"language {means.name}"
        case Kind.WITHDRAW:  # it asks once more before anything is closed
            return "withdraw"
        case Kind.ANSWER:
            return _answer(heard, facts, line)
        case Kind.NEW:
            said = [[name for name in dict.fromkeys(heard.names) if name in offered] for offered in (NEEDS, AREAS)]
            return " ".join(["new", *(names[0] for names in said if len(names) == 1)])
    return "unclear"


def _command(means: Meaning) -> str:
    """The words of command that the corpus knows; about one's own request DONE answers "did it happen?"."""
    if means.name == "happened":
        return f"done {means.number}"
    if means.name == "thank":
        return "thanks"
    if means.name == "amend" and "more" not in means.known:
        return "unclear"  # it asks what should change before anything is changed
    if means.name == "give_back":
        return "unclear"  # it asks whether that is meant
    return f"call {means.number}" if means.name == "talk" else "hours" if means.name == "pause" else means.name


def _answer(heard: Heard, facts: Facts, line: Line) -> str:
    """What an answer answers; a miss is unclear."""
    if line.asked == "details":
        return "answer no" if heard.only("no", "nothing") else "answer words"
    flow = QUESTIONS[line.asked]
    turn = run.resume(flow, facts.me.session, heard, facts)
    if turn.session.misses or not run.is_chosen(flow, facts.me.session, heard, facts):
        return "unclear"  # it is asked again, or what was said besides is kept and asked about
    if line.asked in ("what", "area"):
        said = turn.session.answers.get(line.asked)  # nothing where only the next page was shown
        return f"answer {said}" if said else "unclear"
    step = flow.find(line.asked)
    assert isinstance(step, Choose)
    options, shown = step.names(facts), heard.digits or "".join(filter(str.isdecimal, heard.leads))
    if shown:
        return f"answer {options[int(shown) - 1]}"
    meant = set(run.senses(flow, step, heard) or ()) & set(options)
    return f"answer {meant.pop() if len(meant) == 1 else step.senses.get(heard.leads, heard.leads)}"
