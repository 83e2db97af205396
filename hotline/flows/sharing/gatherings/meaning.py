"""Words about days together: DAY, DAYS, and yes, no or words with the number of one. Pure."""

from collections.abc import Collection

from hotline.engine.answers import CLOSING_SUSPECTED, GIVING_BACK_SUSPECTED, UNCOUNTED, Heard
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.small_words import AS_A_VERB, NO
from hotline.flows.shared_questions import instead_of_a_language
from hotline.flows.sharing.gatherings.form import begun, day
from hotline.flows.sharing.gatherings.guests import GUEST, OF_A_GUEST, by_name
from hotline.flows.sharing.gatherings.listed import ANEW, PEOPLE
from hotline.flows.sharing.gifts.about import ONE
from hotline.model.calendar import DAY, HOUR, WEEKDAYS
from hotline.model.facts import Facts
from hotline.model.gatherings import MOST_PEOPLE, Gathering, Guest
from hotline.model.needs import is_code

VERBS = frozenset(("yes", "no", "done", "drop", "status", "take", "cancel", "withdraw"))
BESIDE_A_COUNT = frozenset(("people", "helpers", "filler", "for", "to", "in", "at"))
FEW_WORDS = 3  # beside a yes, a number and how many
OF_ONE_THING = frozenset(("request", "unneeded"))  # objects of stopping
BESIDE_CANNOT = frozenset(
    ("cannot", "no", "sorry", "thanks", "greeting", "polite", "ok", "come", GIVING_BACK_SUSPECTED, CLOSING_SUSPECTED)
)
WEEKDAYS_SAID = frozenset(WEEKDAYS)
JUST_NOW = HOUR
SOON = 2 * DAY  # so long before it a bare "no" of who comes is about it


def meant(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A command about days together, or a number of one. `question` is what we wait to hear about."""
    if not facts.offered.sharing.days or heard.keys:
        return None
    if isinstance(question, Ask):  # "YES 131" is no address
        return _by_number(heard, facts, question) if heard.names and not heard.rest else None
    if instead_of_a_language(heard, facts, question, day):
        return command("day", **begun(heard, facts, heard.own))
    if heard.invites and not (heard.command or heard.danger or heard.stops or facts.in_progress):
        return command("day", **begun(heard, facts, heard.invites))
    return _command(heard, facts) or _by_number(heard, facts, question) or _without_number(heard, facts, question)


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
    if meant := _of_a_guest(gathering, heard, facts, said, counts):
        return meant
    people = {PEOPLE: str(counts[0])} if len(counts) == 1 and 1 <= counts[0] <= MOST_PEOPLE else {}
    if heard.rest and not (people and said == {"yes"} and _only_counts(heard)):
        return _in_words(gathering, heard, facts)
    if not said <= VERBS or len(said) > 1 or len(counts) > 1 or heard.asks:
        return command("days", **{ONE: code})
    return _about(gathering, next(iter(said), "yes" if people else "status"), facts, people)


OF_GUESTS = {"yes": "day_let", "take": "day_let", "no": "day_away", "drop": "day_away"}


def _of_a_guest(
    gathering: Gathering, heard: Heard, facts: Facts, said: Collection[str], counts: list[int]
) -> Meaning | None:
    """ "Yes 101 2", "no 101 Gus" of a host: about one on the list; "yes 101" about the one who asks."""
    flow = next((OF_GUESTS[name] for name in OF_GUESTS if name in said), "")
    if not flow or not gathering.is_of(facts.me.phone) or heard.asks:
        return None
    one = {ONE: gathering.code}
    called = heard.words.partition(gathering.code)[2].strip(" .,!")
    if by_name(gathering, called, facts):  # a name may be a word of ours
        return command(flow, **one, called=called)
    if heard.rest or len(said) > 1 or len(counts) > 1:
        return None
    if counts:
        return command(flow, **one, **{GUEST: f"{OF_A_GUEST}{counts[0]}"})
    asks = flow == "day_let" and any(each.asks for each in facts.hosted.guests_of(gathering))
    return command(flow, **one) if asks else None


def _only_counts(heard: Heard) -> bool:
    """ "Yes 131 for 3 people", "yes 131 we are 3": no time, and no question."""
    return len(heard.rest) <= FEW_WORDS and BESIDE_A_COUNT.issuperset(heard.moments) and not heard.asks


def _about(gathering: Gathering, verb: str, facts: Facts, people: dict[str, str]) -> Meaning:
    """A word of the host's, of who comes, or of somebody else."""
    one = {ONE: gathering.code}
    if verb in ("no", "drop", "cancel", "withdraw"):
        return command("day_off" if gathering.is_of(facts.me.phone) else "day_no", **one)
    if verb in ("yes", "take") and not gathering.is_of(facts.me.phone):
        in_vain = gathering.never_fits(int(people.get(PEOPLE, "1"))) and not facts.hosted.my_place(gathering.code)
        return command("days", **one) if in_vain else command("day_yes", **one, **people)
    return command("days", **one)


def _in_words(gathering: Gathering, heard: Heard, facts: Facts) -> Meaning | None:
    """ "131 bring gloves": to all who come, or to the host. To all others it is read out."""
    concerns = gathering.is_of(facts.me.phone) or facts.hosted.my_place(gathering.code)
    if not (heard.code == gathering.code and concerns and gathering.live and heard.tail.strip()):
        return command("days", **{ONE: gathering.code})
    return command("day_words", said=heard.tail.strip(), **{ONE: gathering.code})


# --- No number.


def _without_number(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A no, "I can't come", or how many, of who comes to one."""
    others = facts.alerts.open or facts.mine.answers or facts.shared.to_answer or facts.mine.has_taken
    if others or heard.asks or heard.danger or heard.command:
        return None
    if "cannot" in heard.names:
        return _cannot_come(heard, facts, question)
    if question is not None:
        return None
    soon = [guest for guest in facts.hosted.comes_to if _is_soon(guest, facts)]
    if len(soon) == 1 and heard.only(*NO):
        return command("day_no", **{ONE: soon[0].gathering.code})
    return _how_many(heard, facts)


def _cannot_come(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """ "Sorry, can't make it Friday": where it may be about several, they see the number of each."""
    if set(heard.names) - BESIDE_CANNOT or heard.numbers or (question is not None and len(heard.rest) > FEW_WORDS):
        return None
    named = WEEKDAYS_SAID.intersection(heard.moments)
    meant = [guest for guest in facts.hosted.comes_to if not named or _weekday(guest.gathering, facts) in named]
    if len(meant) == 1:
        return command("day_no", **{ONE: meant[0].gathering.code})
    return Meaning(Kind.STATUS) if facts.hosted.comes_to else None


def said_to_host(heard: Heard, facts: Facts) -> Meaning | None:
    """ "Can we bring our dog along", of who has said lately that they come to one, and asks for nothing that neighbors
    help with: they are asked whether it is for the host."""
    about = [guest for guest in facts.hosted.comes_to if facts.now - guest.asked_at < DAY or _is_soon(guest, facts)]
    few = len(heard.words.split()) < FEW_WORDS or heard.danger or heard.numbers or heard.command
    if len(about) != 1 or few or {*facts.offered.needs, "wants", "greeting", "joins"} & set(heard.names):
        return None
    return command("day_words", said=heard.words.strip(), doubt="yes", **{ONE: about[0].gathering.code})


def _is_soon(guest: Guest, facts: Facts) -> bool:
    return guest.gathering.starts_at - facts.now < SOON


def _weekday(gathering: Gathering, facts: Facts) -> str:
    return WEEKDAYS[gathering.day(facts.offered.zone).weekday()]


def _how_many(heard: Heard, facts: Facts) -> Meaning | None:
    """ "We are 3", just after they said that they come; "me and my kids", and they are asked how many that are."""
    latest = [guest for guest in facts.hosted.comes_to if facts.now - guest.asked_at < JUST_NOW]
    if len(latest) != 1 or not heard.people:
        return None
    one = {ONE: latest[0].gathering.code}
    if heard.people == UNCOUNTED:
        return command("days", **one, **ANEW)
    return command("day_yes", **one, **{PEOPLE: heard.people}) if 1 <= int(heard.people) <= MOST_PEOPLE else None
