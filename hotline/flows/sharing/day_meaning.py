"""Words about days together: DAY, DAYS, and yes, no or words with the number of one. Pure."""

from hotline.engine.answers import Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.intents.intents import Meaning, command
from hotline.flows.intents.small_words import AS_A_VERB, NO
from hotline.flows.shared_questions import instead_of_a_language
from hotline.flows.sharing.about_gifts import ONE
from hotline.flows.sharing.day_form import begun, day
from hotline.flows.sharing.day_list import PEOPLE
from hotline.model.calendar import DAY
from hotline.model.facts import Facts
from hotline.model.gatherings import MOST_PEOPLE, Gathering
from hotline.model.needs import is_code

VERBS = frozenset(("yes", "no", "done", "drop", "status", "take", "cancel", "withdraw"))
BESIDE_A_COUNT = frozenset(("people", "helpers", "filler", "for", "to", "in", "at"))
FEW_WORDS = 3  # beside a yes, a number and how many
OF_ONE_THING = frozenset(("request", "unneeded"))  # objects of stopping
SOON = 2 * DAY  # so long before it a bare "no" of who comes is about it


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A command about days together, or a number of one. `question` is what we wait to hear about."""
    if not facts.offered.sharing.days or heard.keys or isinstance(question, Ask):
        return None
    if instead_of_a_language(heard, facts, question, day):
        return command("day", **begun(heard, facts, heard.own))
    return _command(heard, facts) or _by_number(heard, facts, question) or _cannot_come(heard, facts, question)


def _command(heard: Heard, facts: Facts) -> Meaning | None:
    named = facts.hosted.gathering(heard.code)
    match heard.command:
        case "day" if named and not heard.told:
            return _about(named, "status", facts, {})
        case "day":
            return command("day", **begun(heard, facts, f"{heard.code} {heard.tail}".strip()))
        case "days" if not heard.told:
            return command("days", **({ONE: heard.code} if heard.code else {}))
        case "empty" if named and named.is_of(facts.me.phone) and not heard.told:
            return command("day_off", **{ONE: named.code})
        case "leave" if not heard.told and (facts.hosted.mine or facts.hosted.comes_to) and not facts.me.volunteer:
            return command("gift_leave")
    return None


def cancels(heard: Heard, facts: Facts) -> Meaning | None:
    """ "Cancel 131": a word of stopping whose object is the number of one that is theirs, or that they go to."""
    about = [stop for stop in heard.stops if stop.object in OF_ONE_THING]
    if not facts.offered.sharing.days or not about or heard.ends_texts or len(heard.numbers) != 1 or heard.danger:
        return None
    gathering = facts.hosted.gathering(str(heard.numbers[0]))
    theirs = gathering and (gathering.is_of(facts.me.phone) or facts.hosted.my_place(gathering.code))
    return _about(gathering, "no", facts, {}) if gathering and theirs else None


# --- A number.


def _by_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    codes = [number for number in heard.numbers if is_code(number)]
    if len(codes) != 1 or heard.command or heard.danger or heard.stops:
        return None
    code, counts = str(codes[0]), [number for number in heard.numbers if not is_code(number)]
    gathering, said = facts.hosted.gathering(code), {AS_A_VERB.get(name, name) for name in heard.names}
    if gathering is None or (isinstance(question, Choose) and code in question.names(facts, facts.me.session.answers)):
        return None
    people = {PEOPLE: str(counts[0])} if len(counts) == 1 and 1 <= counts[0] <= MOST_PEOPLE else {}
    if heard.rest and not (people and said == {"yes"} and _only_counts(heard)):
        return _in_words(gathering, heard, facts)
    if not said <= VERBS or len(said) > 1 or len(counts) > 1 or heard.asks:
        return command("days", **{ONE: code})
    return _about(gathering, next(iter(said), "yes" if people else "status"), facts, people)


def _only_counts(heard: Heard) -> bool:
    """ "Yes 131 for 3 people", "yes 131 we are 3": no time, and no question."""
    return len(heard.rest) <= FEW_WORDS and BESIDE_A_COUNT.issuperset(heard.moments) and not heard.asks


def _about(gathering: Gathering, verb: str, facts: Facts, people: dict[str, str]) -> Meaning:
    """A word of the host's, of who comes, or of somebody else."""
    one = {ONE: gathering.code}
    if verb in ("no", "drop", "cancel", "withdraw"):
        return command("day_off" if gathering.is_of(facts.me.phone) else "day_no", **one)
    if verb in ("yes", "take") and not gathering.is_of(facts.me.phone):
        return command("day_yes", **one, **people)
    return command("days", **one)


def _in_words(gathering: Gathering, heard: Heard, facts: Facts) -> Meaning | None:
    """ "131 bring gloves": to all who come, or to the host. To all others it is read out."""
    concerns = gathering.is_of(facts.me.phone) or facts.hosted.my_place(gathering.code)
    if not (heard.code == gathering.code and concerns and gathering.live and heard.tail.strip()):
        return command("days", **{ONE: gathering.code})
    return command("day_words", said=heard.tail.strip(), **{ONE: gathering.code})


# --- No number.


def _cannot_come(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A bare no in the days before the only one that they go to, where nothing else is asked of them."""
    others = facts.alerts.open or facts.mine.answers or facts.shared.to_answer
    soon = [guest for guest in facts.hosted.comes_to if guest.gathering.starts_at - facts.now < SOON]
    if question is not None or others or len(soon) != 1 or not heard.only(*NO):
        return None
    return command("day_no", **{ONE: soon[0].gathering.code})
