"""What a word of stopping means to whoever said it: our texts, our calls, hours, or a request of theirs. Pure."""

from collections.abc import Callable

from hotline.engine.answers import WAS_ALL, Heard, Stop
from hotline.engine.steps import Ask, Choose, Question
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.need_numbers import the_one
from hotline.model.facts import Facts
from hotline.model.needs import Need

Reading = Callable[[Heard, Facts, Question | None], Meaning]

# What is carried out beside a stop. All else that stands beside it may be part of it: "I never asked for this, stop".
CLEAR = frozenset((Kind.TAKE, Kind.DECLINE, Kind.DONE, Kind.DROP, Kind.WITHDRAW, Kind.PERSON))
SAYS_SO = frozenset(("take", "willing", "can_help"))  # beside a stop, a bare yes says yes to the stop
IT_DID = frozenset(("yes", "came", "delivered", "done"))
GIVES_BACK = frozenset(("drop", "cannot"))
REQUEST = ("request", "unneeded")
FORM = "intake"  # the form of the request that is being written
ASKS_WHETHER_TO_STOP = "quiet"


def meant(heard: Heard, facts: Facts, question: Question | None, read: Reading) -> Meaning | None:
    """The stop that matters most, and what else is clear. `read` gives the meaning of the words beside."""
    if not heard.stops or heard.keys:
        return None
    of = {stop.object: stop for stop in reversed(heard.stops)}
    found = (
        _texts(of.get("texts"), heard, facts, question)
        or _reached(of, heard, facts, question)
        or _request(heard, facts, question)
        or _unclear(of.get("unclear"), heard, facts, question)
        or _near(of.get("near"), facts, question)
    )
    if found is None:
        return None
    if found.kind is Kind.ANSWER:
        return found
    beside = _beside(found, heard, facts, question, read)
    if found.kind in (Kind.WITHDRAW, Kind.NOTHING_OPEN) and beside and beside.kind in (Kind.ANSWER, Kind.NEW):
        return beside if _instead(beside, heard) else found
    return found.but(beside=beside)


def _instead(beside: Meaning, heard: Heard) -> bool:
    """Whether something else is asked for in its place: "no need for the ride, food please", not "no, cancel it"."""
    said = {*heard.names, *(beside.said.names if beside.said else ())}
    no = said & {"no", "not_yet", "wrong"}
    return beside.kind is Kind.NEW or (beside.kind is Kind.ANSWER and not no)


def _under_way(facts: Facts, question: Question | None) -> bool:
    """Whether words may be meant for somebody else: there is another side, or they are asked for free words."""
    return isinstance(question, Ask) or (question is None and bool(facts.in_progress))


def _texts(stop: Stop | None, heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """A bare "stop" amid other words may be meant for whoever is on the way."""
    if stop is None:
        return None
    if not stop.sure and heard.beside and (facts.in_progress or _under_way(facts, question)):
        asks = stop.accounted and question is None and not any(clause.names for clause in heard.beside)
        return Meaning(Kind.STOP_UNCLEAR) if asks else None
    if not stop.sure and (any(other.object in REQUEST for other in heard.stops) or _asks(heard, facts)):
        return None
    if not stop.sure and isinstance(question, Choose) and heard.numbers and heard.rest:
        return Meaning(Kind.STOP_UNCLEAR)  # "2 stop I put the wrong street" chooses, and stops only themself
    if heard.only("no", "nothing", "ok", WAS_ALL) and WAS_ALL in heard.names:
        return None  # "nothing else" says that this was all
    was_all = heard.only("no", "nothing") and facts.me.session.flow != ASKS_WHETHER_TO_STOP
    if not stop.sure and was_all and question is not None:
        return None  # "nothing else" says that this was all
    if not stop.sure and (facts.mine.has_taken or (was_all and facts.mine.asked_for)):
        return Meaning(Kind.STOP_UNCLEAR)  # "I quit" may be about what they have in hand
    if stop.loose and facts.in_progress:
        return Meaning(Kind.STOP_UNCLEAR)  # "leave me alone" may be meant for the other side
    return Meaning(Kind.OPT_OUT if stop.accounted else Kind.STOP_UNCLEAR)


def _asks(heard: Heard, facts: Facts) -> bool:
    """Whether something is asked for: a bare word of stopping beside it ends nothing."""
    return bool({*facts.offered.needs, *facts.offered.areas} & set(heard.names))


def _reached(of: dict[str, Stop], heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Texts instead of calls, calls instead of texts, or nothing at certain hours."""
    for name in ("by_call", "by_text", "calls", "hours"):
        stop = of.get(name)
        if stop is None or (not stop.sure and _under_way(facts, question) and not _is_for_us(stop, heard, facts)):
            continue
        return Meaning(Kind.HOURS) if name == "hours" else command("by_call" if name == "by_call" else "by_text")
    return None


def _is_for_us(stop: Stop, heard: Heard, facts: Facts) -> bool:
    """Whether nothing is said but when a volunteer is not to be asked, "no more before noon please", or that nobody is
    to call: between the two sides all that rings is we."""
    alone = stop.accounted and not any(clause.names for clause in heard.beside)
    if facts.me.session.waiting or not alone:
        return False
    return (stop.object == "calls" and not heard.beside) or (stop.object == "hours" and facts.me.volunteer)


def _request(heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """One of their own requests is closed once they say so; what they have in hand is given back."""
    for stop in heard.stops:
        if stop.object in REQUEST and (found := _one(stop, heard, facts, question)):
            return found
    return None


def _one(stop: Stop, heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    if stop.number:
        return _numbered(stop, heard, facts)
    if facts.mine.draft and facts.me.session.flow == FORM and question is not None:
        return _unwritten(stop, heard, facts, question)
    if question is not None and question.name == "happened" and IT_DID & set(heard.names):
        return None
    if "brought" in heard.names and facts.mine.has_taken:
        return None
    if facts.mine.asked_for:
        return Meaning(Kind.WITHDRAW, _the_one(stop, heard, facts))
    if facts.mine.has_taken or facts.alerts.open:
        return _given_back(stop, facts)
    if question is not None or _asks_for_another(stop, heard, facts):
        return None
    return Meaning(Kind.NOTHING_OPEN, name="withdraw") if facts.me.known else Meaning(Kind.UNCLEAR)


def _asks_for_another(stop: Stop, heard: Heard, facts: Facts) -> bool:
    """ "I don't need food, I need a ride", where nothing is open that could be closed."""
    others = set(facts.offered.needs) & set(heard.names) - {stop.thing}
    return bool(stop.thing and others) and "wants" in heard.names


def _numbered(stop: Stop, heard: Heard, facts: Facts) -> Meaning | None:
    """With a number it is clear: theirs is closed, what they have in hand is given back, an offer is declined."""
    if any(need.code == stop.number for need in facts.mine.asked_for):
        return Meaning(Kind.WITHDRAW, stop.number, known={"outright": "yes"})
    if stop.object == "unneeded":
        return None
    if any(need.code == stop.number for need in facts.mine.has_taken):
        if "done" in heard.names:  # "done with 112" says that it is done
            return None
        return command("give_back", stop.number)  # they are asked before it goes back
    if any(need.code == stop.number for need in facts.alerts.open):
        return Meaning(Kind.DECLINE, stop.number)
    return None


def _unwritten(stop: Stop, heard: Heard, facts: Facts, question: Question) -> Meaning | None:
    """A request that is still being written. "Not the ride, only food" and "no milk" say more about it, and do not end
    it: at the read-back they are added."""
    if stop.thing and question.name == "confirm":
        own = {"names": ("no",), "rest": heard.rest or (stop.thing,), "numbers": (), "leads": "no", "precise": True}
        return Meaning(Kind.ANSWER, said=heard.but(**own))
    if isinstance(question, Ask) and (not stop.sure or stop.thing):
        return None
    return Meaning(Kind.WITHDRAW, facts.mine.draft.code if facts.mine.draft else "")


def _the_one(stop: Stop, heard: Heard, facts: Facts) -> str:
    """The number of the request that is meant: the one we asked about, the only one, or the only one of its kind."""
    asked = facts.me.session.answers.get("need", "")
    if facts.me.session.waiting and any(need.code == asked for need in facts.mine.asked_for):
        return asked
    said = {stop.thing, *heard.names}
    named = [need for need in facts.mine.asked_for if need.what in said] or list(facts.mine.asked_for)
    return named[0].code if len(named) == 1 else ""


def _given_back(stop: Stop, facts: Facts) -> Meaning | None:
    """What a volunteer has in hand, or was just offered. "Not needed" is nothing that they could say of it.

    Without its number nothing goes back at once: they are asked.
    """
    if stop.object == "unneeded":
        return None
    held: tuple[Need, ...] = facts.mine.has_taken
    if held:
        return Meaning(Kind.UNSURE, held[0].code if len(held) == 1 else "")
    return Meaning(Kind.DECLINE, facts.alerts.open[0].code) if len(facts.alerts.open) == 1 else None


def _unclear(stop: Stop | None, heard: Heard, facts: Facts, question: Question | None) -> Meaning | None:
    """Nothing but not wanting: one line asks. Where a request of theirs is open it is about that."""
    if stop is None or facts.mine.has_taken or isinstance(question, Ask):
        return None
    if facts.mine.draft and question is not None and question.name == "confirm":
        return Meaning(Kind.WITHDRAW, facts.mine.draft.code)
    if question is not None and question.name == "happened" and IT_DID & set(heard.names):
        return None
    if facts.mine.asked_for:
        return Meaning(Kind.WITHDRAW, _the_one(stop, heard, facts))
    return None if any(clause.rest for clause in heard.beside) else Meaning(Kind.STOP_UNCLEAR)


def _near(stop: Stop | None, facts: Facts, question: Question | None) -> Meaning | None:
    """Stopping and our texts, and nobody knows how they belong together: one line asks, where no words are expected."""
    if (
        stop is None
        or isinstance(question, Ask)
        or (not stop.accounted and (facts.in_progress or _under_way(facts, question)))
    ):
        return None
    return Meaning(Kind.STOP_UNCLEAR)


def _beside(found: Meaning, heard: Heard, facts: Facts, question: Question | None, read: Reading) -> Meaning | None:
    """What the rest of the text says, where that is clear: an answer, a new request, what becomes of one in hand."""
    ends = found.kind is Kind.OPT_OUT
    if ends and not facts.mine.draft and (request := _request(heard, facts, question)) and request.kind in CLEAR:
        return request
    if isinstance(question, Ask):  # the whole text is the answer
        return Meaning(Kind.ANSWER) if found.kind in (Kind.COMMAND, Kind.HOURS) and heard.beside else None
    for clause in heard.beside:
        means = read(clause, facts, question)
        if ends and facts.mine.has_taken and means.kind not in CLEAR and GIVES_BACK & set(clause.names):
            means = Meaning(Kind.DROP, the_one(facts.mine.has_taken))  # whoever leaves is not asked once more
        numbered = means.number and clause.numbers and clause.names  # and not "neither 112 nor 115, stop"
        if means.kind is Kind.TAKE and not numbered and not SAYS_SO & set(clause.names):
            continue  # "yes, stop texting me"
        if means.kind in CLEAR or (means.kind is Kind.STATUS and "news" in clause.names):
            return means.but(said=clause)
        if means.kind is Kind.ANSWER and isinstance(question, Choose) and (said := _answer(clause, facts, question)):
            sent = "right" in said.names or said.digits == "1"  # "yes, send it": a bare yes says yes to the stop
            return None if ends and question.name == "confirm" and not sent else means.but(said=said)
    asks = set(facts.offered.needs).intersection(*[{name for clause in heard.beside for name in clause.names}])
    return Meaning(Kind.NEW) if asks and question is None and not facts.in_progress else None


def _answer(said: Heard, facts: Facts, question: Choose) -> Heard | None:
    """The clause, where it answers the question: one of its options is named, or its number. A no may have words around
    it; a yes may not."""
    options = question.names(facts)
    named = {question.senses.get(name, name) for name in said.names} & set(options)
    if len(named) == 1:
        if question.exact and "no" not in named and said.rest:
            return None
        return said.but(rest=(), asks=False) if "no" in named else said
    return said if said.digits.isdecimal() and 0 < int(said.digits) <= len(options) else None
