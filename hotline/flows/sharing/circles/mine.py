"""What those say who are in a circle: that they gave, that it came, who would swap; and how it stands, one by one.

Both sides say it, the giver and whose turn it is. Said twice, or by somebody else, it changes nothing, and is on
record. Where the two differ, the circle rests until one of them says otherwise.
"""

from collections.abc import Callable, Iterable

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Begin, Choose, Do, End, Flow
from hotline.flows.shared_questions import nothing_changed
from hotline.flows.sharing.circles.about import (
    ALL_OF_THEM,
    GIVER,
    its_name,
    line,
    listed,
    me_in,
    my_circle,
    name_of,
    record,
    rest,
    shown,
    told,
    zone,
)
from hotline.flows.sharing.gatherings.mine import my_days
from hotline.flows.sharing.gifts.about import ONE, the_next_of
from hotline.model.circles import FEWEST, Circle, Deed, Member, day_of
from hotline.model.effects import (
    AnswerSwap,
    AskToSwap,
    Effect,
    GaveShare,
    GotShares,
    LeaveCircle,
    RefusedInCircle,
    StartCircle,
)
from hotline.model.facts import Facts

OF_A_MEMBER = "m"  # the answer that names a member is this and their number


def of(prompt: str, extra: Callable[[Circle, Facts], Values] | None = None) -> Callable[[Answers, Facts], list[Prompt]]:
    """The last words about a circle of theirs; "none" where there is no such circle."""

    def says(answers: Answers, facts: Facts) -> list[Prompt]:
        circle = my_circle(answers, facts)
        if circle is None:
            return [Prompt("circle_join.gone", values=shown(answers, facts))]
        more = extra(circle, facts) if extra else {}
        return [Prompt(prompt, values={**told(circle, facts.circled.names, zone(facts)), **more})]

    return says


def rests(answers: Answers, facts: Facts) -> list[Prompt]:
    circle = my_circle(answers, facts)
    return [rest(circle, facts)] if circle else []


def member_of(answers: Answers, circle: Circle) -> Member | None:
    number = answers.get(GIVER, "").removeprefix(OF_A_MEMBER)
    return circle.numbered(int(number)) if number.isdecimal() else None


def named(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(f"{OF_A_MEMBER}{each.number}" for each in members)


def with_names(answers: Answers, facts: Facts) -> Values:
    """The options are people, by their first names."""
    circle = my_circle(answers, facts)
    people = circle.members if circle else ()
    names = {f"{OF_A_MEMBER}{each.number}": name_of(each, facts.circled.names) for each in people}
    return {**shown(answers, facts), **names}


# --- PAID: by the giver.


def how_paying_goes(answers: Answers, facts: Facts) -> str:
    circle = my_circle(answers, facts)
    if circle is None:
        return "gone"
    if not circle.begun:
        return "not_begun"
    me = me_in(circle, facts)
    if circle.rests:
        return "rests"
    if circle.open_turn_of(me):
        return "told"
    taker = circle.taker()
    return "own_turn" if taker and taker.number == me.number else "again"


def pay(answers: Answers, facts: Facts) -> Iterable[Effect]:
    circle, how = my_circle(answers, facts), how_paying_goes(answers, facts)
    if circle and how == "told":
        yield GaveShare(circle.number)
    elif circle and how in ("again", "own_turn"):
        yield RefusedInCircle(circle.number, Deed.PAID_AGAIN)


def of_my_turn_to_give(circle: Circle, facts: Facts) -> Values:
    return told(circle, facts.circled.names, zone(facts), circle.open_turn_of(me_in(circle, facts)))


def it_is_theirs(answers: Answers, facts: Facts) -> list[Prompt]:
    """What they gave before came already, and now the turn is their own."""
    before = my_circle(answers, facts)
    given = [Prompt("circle_paid.again")] if before and before.turn > 1 else []
    return [*given, *of("status.circle_yours")(answers, facts)]


circle_paid = Flow(
    "circle_paid",
    Do("pay", pay, then=how_paying_goes),
    End("told", says=of("circle_paid.told", of_my_turn_to_give)),
    End("again", says=of("circle_paid.again")),
    End("own_turn", says=it_is_theirs),
    End("not_begun", says=of("status.circle_forms")),
    End("rests", says=rests),
    End("gone", says=of("circle_join.gone")),
)


# --- RECEIVED: by whose turn it is.


def my_turn(circle: Circle, facts: Facts) -> int:
    """The turn of theirs that is open, or was; 0 where it is ahead."""
    place = me_in(circle, facts).place
    return place if 0 < place <= circle.turn else 0


def to_confirm(circle: Circle, facts: Facts) -> tuple[Member, ...]:
    """From whom it is not confirmed yet, those first who say that they gave."""
    turn = my_turn(circle, facts)
    said = circle.unconfirmed(turn) if turn else ()
    return (*said, *(each for each in circle.missing(turn) if each not in said)) if turn else ()


def can_receive(answers: Answers, facts: Facts) -> str:
    circle = my_circle(answers, facts)
    if circle is None:
        return "gone"
    if not circle.begun:
        return "not_begun"
    if not my_turn(circle, facts):
        return "refuse"
    return "whom" if to_confirm(circle, facts) else "all_here"


def from_whom(answers: Answers, facts: Facts) -> Iterable[str]:
    circle = my_circle(answers, facts)
    givers = to_confirm(circle, facts) if circle and circle.begun else ()
    return (*((ALL_OF_THEM,) if len(givers) > 1 else ()), *named(givers))


def only_one(answers: Answers, facts: Facts) -> bool:
    return len(tuple(from_whom(answers, facts))) < 2


def givers_meant(answers: Answers, facts: Facts) -> tuple[Member, ...]:
    circle = my_circle(answers, facts)
    if circle is None or not circle.begun:
        return ()
    open_ones = to_confirm(circle, facts)
    if answers.get(GIVER) == ALL_OF_THEM or (GIVER not in answers and len(open_ones) == 1):
        return open_ones
    one = member_of(answers, circle)
    return (one,) if one in open_ones and one else ()


def receive(answers: Answers, facts: Facts) -> Iterable[Effect]:
    circle, givers = my_circle(answers, facts), givers_meant(answers, facts)
    if circle and givers:
        yield GotShares(circle.number, tuple(each.number for each in givers))


def turn_again(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if circle := my_circle(answers, facts):
        yield RefusedInCircle(circle.number, Deed.TURN_AGAIN)


def after_this(answers: Answers, facts: Facts) -> list[Prompt]:
    """From whom it came, and from whom not yet."""
    circle, givers = my_circle(answers, facts), givers_meant(answers, facts)
    if circle is None:
        return of("circle_join.gone")(answers, facts)
    left = tuple(each for each in to_confirm(circle, facts) if each not in givers)
    values = {**told(circle, facts.circled.names, zone(facts)), "names": listed(givers, facts.circled.names)}
    if not left:
        return [Prompt("circle_received.all", values=values)]
    return [Prompt("circle_received.some", values={**values, "other": listed(left, facts.circled.names)})]


circle_received = Flow(
    "circle_received",
    Do("look", then=can_receive),
    Choose("whom", lambda _: (), saves=GIVER, offers=from_whom, shows=with_names, unless=only_one),
    Do("receive", receive),
    End("some", says=after_this),
    Do("refuse", turn_again),
    End("not_yours", says=of("circle_received.not_yours")),
    End("all_here", says=of("circle_received.all_here")),
    End("not_begun", says=of("status.circle_forms")),
    End("gone", says=of("circle_join.gone")),
)


# --- NO, and the number: it did not come; or, of who said that they gave: not yet, after all.


def said_given(answers: Answers, facts: Facts) -> Iterable[str]:
    circle = my_circle(answers, facts)
    turn = my_turn(circle, facts) if circle and circle.begun else 0
    return named(circle.unconfirmed(turn)) if circle and turn else ()


def no_of_what(answers: Answers, facts: Facts) -> str:
    circle = my_circle(answers, facts)
    if circle is None:
        return "gone"
    me = me_in(circle, facts)
    if circle.asked_to_swap(facts.me.phone):
        return "no_swap"
    if circle.dispute and circle.dispute[1].number == me.number:
        return "take_back"
    if any(said_given(answers, facts)):
        return "whom"
    return "leave" if not circle.begun else "how"


def did_not_come(answers: Answers, facts: Facts) -> Iterable[Effect]:
    circle = my_circle(answers, facts)
    one = member_of(answers, circle) if circle else None
    if circle and one and f"{OF_A_MEMBER}{one.number}" in said_given(answers, facts):
        yield GotShares(circle.number, (one.number,), missing=True)


def rests_or_not(answers: Answers, facts: Facts) -> str:
    return "rest" if any(did_not_come(answers, facts)) else "how"


def take_back(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if circle := my_circle(answers, facts):
        yield GaveShare(circle.number, not_yet=True)


def no_swap(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if circle := my_circle(answers, facts):
        yield AnswerSwap(circle.number, yes=False)


def leave_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if circle := my_circle(answers, facts):
        yield LeaveCircle(circle.number)


def its_line(answers: Answers, facts: Facts) -> list[Prompt]:
    circle = my_circle(answers, facts)
    return [line(circle, facts)] if circle else of("circle_join.gone")(answers, facts)


circle_leave = Flow(
    "circle_leave",
    Choose(
        "sure",
        {"yes": "leave", "no": "kept"},
        exact=True,
        shows=shown,
        unless=lambda answers, facts: my_circle(answers, facts) is None,
    ),
    Do("leave", leave_it),
    End("told", says=of("circle_leave.told")),
    End("kept", says=nothing_changed),
)

circle_no = Flow(
    "circle_no",
    Do("look", then=no_of_what),
    Choose("whom", lambda _: (), saves=GIVER, offers=said_given, shows=with_names, exact=True),
    Do("missing", did_not_come, then=rests_or_not),
    End("rest", says=of("circle_no.rest")),
    Do("take_back", take_back),
    End("goes_on", says=of("circle_no.goes_on")),
    Do("no_swap", no_swap),
    End("as_it_was", says=of("circle_no.as_it_was")),
    Begin("leave", circle_leave),
    End("how", says=its_line),
    End("gone", says=of("circle_join.gone")),
)


# --- SWAP: both, and who organizes.


def to_swap_with(answers: Answers, facts: Facts) -> Iterable[str]:
    circle = my_circle(answers, facts)
    if circle is None or not circle.running or circle.rests or not circle.is_ahead(me_in(circle, facts)):
        return ()
    others = (each for each in circle.in_order if circle.is_ahead(each) and each.phone != facts.me.phone)
    return named(others)


def can_swap(answers: Answers, facts: Facts) -> str:
    circle = my_circle(answers, facts)
    if circle is None:
        return "gone"
    if circle.swap:
        return "one_at_a_time"
    return "whom" if any(to_swap_with(answers, facts)) else "none"


def ask_to_swap(answers: Answers, facts: Facts) -> Iterable[Effect]:
    circle = my_circle(answers, facts)
    other = member_of(answers, circle) if circle else None
    if circle and other and f"{OF_A_MEMBER}{other.number}" in to_swap_with(answers, facts):
        yield AskToSwap(circle.number, other.number)


def asked_or_not(answers: Answers, facts: Facts) -> str:
    return "asked" if any(ask_to_swap(answers, facts)) else "none"


def with_whom(answers: Answers, facts: Facts) -> Values:
    circle = my_circle(answers, facts)
    return {
        **shown(answers, facts),
        "other": name_of(member_of(answers, circle), facts.circled.names) if circle else "",
    }


circle_swap = Flow(
    "circle_swap",
    Do("look", then=can_swap),
    Choose("whom", lambda _: (), saves=GIVER, offers=to_swap_with, shows=with_names),
    Do("ask", ask_to_swap, then=asked_or_not),
    End("asked", shows=with_whom),
    End("one_at_a_time", says=of("circle_swap.one_at_a_time")),
    End("none", says=of("circle_swap.none")),
    End("gone", says=of("circle_join.gone")),
)


# --- YES, and the number, of who is in it: the answer to what they were asked.


def yes_to_what(answers: Answers, facts: Facts) -> str:
    circle = my_circle(answers, facts)
    if circle is None:
        return "gone"
    if circle.asked_to_swap(facts.me.phone):
        return "swap"
    if circle.forming and circle.is_of(facts.me.phone):
        return "begin"
    if any(said_given(answers, facts)) or (circle.dispute and circle.dispute[2].phone == facts.me.phone):
        return "received"
    return "how"


def agree_to_swap(answers: Answers, facts: Facts) -> Iterable[Effect]:
    circle = my_circle(answers, facts)
    if circle and circle.asked_to_swap(facts.me.phone):
        yield AnswerSwap(circle.number, yes=True)


# --- It begins: by the word of who organizes.


def can_begin(answers: Answers, facts: Facts) -> str:
    circle = my_circle(answers, facts)
    if circle is None or not circle.is_of(facts.me.phone):
        return "over"
    if circle.begun:
        return "refuse"
    if len(circle.present) < FEWEST:
        return "few"
    return "long" if circle.is_long(zone(facts)) else "sure"


def last_turn(answers: Answers, facts: Facts) -> Values:
    circle = my_circle(answers, facts)
    if circle is None:
        return shown(answers, facts)
    return {**shown(answers, facts), "until": day_of(circle, len(circle.present), zone(facts))}


def start(answers: Answers, facts: Facts) -> Iterable[Effect]:
    circle = my_circle(answers, facts)
    if circle and can_begin(answers, facts) in ("sure", "long"):
        yield StartCircle(circle.number)


def drawn_again(answers: Answers, facts: Facts) -> Iterable[Effect]:
    circle = my_circle(answers, facts)
    if circle and circle.is_of(facts.me.phone):
        yield RefusedInCircle(circle.number, Deed.DRAWN_AGAIN)


def begun_or_not(answers: Answers, facts: Facts) -> str:
    return "begun" if any(start(answers, facts)) else can_begin(answers, facts)


circle_begin = Flow(
    "circle_begin",
    Do("look", then=can_begin),
    Choose("sure", {"yes": "start", "wait": "later"}, exact=True, shows=last_turn),
    Choose("long", {"yes": "start", "wait": "later"}, exact=True, shows=last_turn),
    Do("start", start, then=begun_or_not),
    End("begun", says=of("circle_begin.begun")),
    End("later", says=of("circle_begin.later")),
    End("few", says=of("circle_begin.few")),
    Do("refuse", drawn_again),
    End("stays", says=of("circle_begin.stays")),
    End("over", says=of("circle_join.gone")),
    asked_by_us=True,
)
"""Asked of who organizes the day before the first turn, and whenever they say that all are in."""

circle_yes = Flow(
    "circle_yes",
    Do("look", then=yes_to_what),
    Do("swap", agree_to_swap),
    End("swapped", says=of("circle_yes.swapped")),
    Begin("begin", circle_begin),
    Begin("received", circle_received),
    End("how", says=its_line),
    End("gone", says=of("circle_join.gone")),
)


# --- One after another: how each stands, and what they can say there.


def next_of_mine(answers: Answers, facts: Facts) -> Answers:
    return the_next_of(answers, (circle.code for circle in facts.circled.mine))


def one_or_rest(answers: Answers, facts: Facts) -> str:
    circle = my_circle(answers, facts) if answers.get(ONE) else None
    if circle:
        return "one" if circle.begun else "forms"
    return "rest" if facts.in_call else "all"


def what_they_can_say(answers: Answers, facts: Facts) -> Iterable[str]:
    """What is most likely meant first; the last are how to leave it, and the next one."""
    circle = my_circle(answers, facts)
    if circle is None:
        return ("next",)
    swap = ("swap_yes", "swap_no") if circle.asked_to_swap(facts.me.phone) else ()
    if not circle.begun:
        who = () if facts.in_call else ("order",)  # in a call so many names are not listened to
        return (*(("begin",) if circle.is_of(facts.me.phone) else ()), *who, "leave", "next")
    me, dispute = me_in(circle, facts), circle.dispute
    said = [*swap]
    if dispute and dispute[1].number == me.number:
        said.append("not_yet")
    if to_confirm(circle, facts):
        said.append("received")
    if any(said_given(answers, facts)):
        said.append("missing")
    if circle.open_turn_of(me) and not circle.rests:
        said.append("paid")
    said += ["order", *parts_of_the_record(circle, facts)]
    if any(to_swap_with(answers, facts)) and not circle.swap:
        said.append("swap")
    return (*said, "leave", "next")


def parts_of_the_record(circle: Circle, facts: Facts) -> Iterable[str]:
    """In a call each has a key of its own: who hears it all at once waits long. A text tells all of it."""
    if facts.in_call and circle.seed:
        yield "drawn"
    if facts.in_call and any(what_is_open({ONE: circle.code}, facts)):
        yield "open"


def how_it_stands(answers: Answers, facts: Facts) -> Values:
    """Whose turn is open, and whether it rests."""
    circle = my_circle(answers, facts)
    if circle is None:
        return shown(answers, facts)
    turn = circle.open_turn_of(me_in(circle, facts)) if circle.begun else 0
    values = told(circle, facts.circled.names, zone(facts), turn)
    return {**values, "said": ("circle_rests",) if circle.rests else ""}


def of_one(answers: Answers, facts: Facts) -> list[Prompt]:
    circle = my_circle(answers, facts)
    said = list(record(circle, facts.circled.names, zone(facts))) if circle else []
    return said[:1] if facts.in_call else said


def how_it_was_drawn(answers: Answers, facts: Facts) -> list[Prompt]:
    circle = my_circle(answers, facts)
    said = record(circle, facts.circled.names, zone(facts)) if circle else ()
    return [each for each in said if each.key == "status.circle_drawn"]


def what_is_open(answers: Answers, facts: Facts) -> list[Prompt]:
    circle = my_circle(answers, facts)
    said = record(circle, facts.circled.names, zone(facts)) if circle else ()
    return [each for each in said if each.key == "status.circle_missing"]


def all_lines(_: Answers, facts: Facts) -> Iterable[Prompt]:
    return tuple(line(circle, facts) for circle in facts.circled.mine) or (Prompt("circles.none"),)


my_circles = Flow(
    "my_circles",
    Do("next", learns=next_of_mine, then=one_or_rest),
    Choose(
        "forms",
        {"begin": "begin", "order": "order", "leave": "leave", "next": "next"},
        offers=what_they_can_say,
        exact=True,
        shows=shown,
        sounds=its_name,
        skip="next",
        back="forms",
    ),
    Choose(
        "one",
        {
            "swap_yes": "swap_yes",
            "swap_no": "swap_no",
            "not_yet": "no",
            "received": "received",
            "missing": "no",
            "paid": "paid",
            "order": "order",
            "drawn": "drawn",
            "open": "open",
            "swap": "swap",
            "leave": "leave",
            "next": "next",
        },
        offers=what_they_can_say,
        exact=True,
        shows=how_it_stands,
        sounds=its_name,
        skip="next",
        back="one",
    ),
    End("order", says=of_one),
    End("drawn", says=how_it_was_drawn),
    End("open", says=what_is_open),
    Begin("begin", circle_begin),
    Begin("swap_yes", circle_yes),
    Begin("swap_no", circle_no),
    Begin("no", circle_no),
    Begin("received", circle_received),
    Begin("paid", circle_paid),
    Begin("swap", circle_swap),
    Begin("leave", circle_leave),
    Begin("rest", my_days),
    End("all", says=all_lines),
)
"""In which circles they are; then to what they invite, and what they lend, borrow, give and asked for."""
