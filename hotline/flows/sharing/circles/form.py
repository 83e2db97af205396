"""Form of a circle: its name, what each puts in, how often, who covers if someone stops, and when the first turn is."""

from collections.abc import Iterable
from datetime import date, timedelta

from hotline.engine.answers import Heard, Name, TimeSaid, Told, Words
from hotline.engine.plain_words import leads_elsewhere
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Choose, Do, End, Flow
from hotline.flows.neighbor.time_asked_for import here
from hotline.flows.shared_questions import LANGUAGE, NAME_LETTERS
from hotline.flows.sharing.circles.about import told, zone
from hotline.flows.sharing.gatherings.form import days, said_when, without_the_time
from hotline.flows.sharing.gifts.about import hidden, too_late
from hotline.model import calendar
from hotline.model.circles import LONGEST_NAME, LONGEST_RULE, LONGEST_SHARE, NOON, Beat, Circle, Cover, TurnOrder
from hotline.model.effects import BeginCircle, Effect, ListCircle
from hotline.model.facts import Facts
from hotline.model.when import may_mean

SOONEST = 2  # days ahead


def begun(heard: Heard, facts: Facts, words: str) -> dict[str, str]:
    """What the first words say is not asked again: what it is called, and when it begins."""
    words = "" if leads_elsewhere(words) else words
    name = without_the_time(heard, words).strip()[:LONGEST_NAME]
    return ({"gift": name} if name else {}) | dict(said_when(heard, facts))


def may_begin(_: Answers, facts: Facts) -> str:
    """Who hides the number cannot be told whose turn it is."""
    return "begin" if facts.me.has_number and not facts.me.opted_out else "hidden"


def begin(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """It is on record from the first words on."""
    if facts.circled.draft is None:
        yield BeginCircle(answers.get("gift", ""))


def rule_is_said(answers: Answers, _: Facts) -> bool:
    return answers.get("cover") != Cover.OWN


def name_is_known(_: Answers, facts: Facts) -> bool:
    """In a call a name can not be written: who tells none is known to the others by their number in the circle."""
    return bool(facts.me.name) or facts.in_call


def days_ahead(facts: Facts) -> tuple[str, ...]:
    """The days of the first turn to choose from, so far ahead that others can join."""
    return days(facts)[SOONEST:]


def first_day(answers: Answers, facts: Facts) -> date | None:
    """The last that was said, where it is ahead."""
    said = next((answers[key] for key in ("date", "when_date", "gift_date") if answers.get(key)), "")
    meant = may_mean(TimeSaid(day=said), here(facts)) if said else ()
    soonest = here(facts).date() + timedelta(days=SOONEST)
    return next((when.day for when in meant if when.day >= soonest), None)


def no_words_for_it(answers: Answers, facts: Facts) -> bool:
    """In a call no date can be said: there it is chosen by keys."""
    return facts.in_call or first_day(answers, facts) is not None


def day_is_known(answers: Answers, facts: Facts) -> bool:
    return first_day(answers, facts) is not None


def as_listed(answers: Answers, facts: Facts) -> Circle | None:
    draft, day = facts.circled.draft, first_day(answers, facts)
    if draft is None or day is None:
        return None
    return draft.but(
        words=answers.get("gift", "").strip()[:LONGEST_NAME],
        recording=answers.get("gift_recording", ""),
        share=answers.get("share", "").strip()[:LONGEST_SHARE],
        share_recording=answers.get("share_recording", ""),
        cover=Cover(answers.get("cover", Cover.ALL)),
        rule=answers.get("rule", "").strip()[:LONGEST_RULE],
        rule_recording=answers.get("rule_recording", ""),
        beat=Beat(answers.get("beat", Beat.MONTH)),
        order=TurnOrder(answers.get("order", TurnOrder.LOT)),
        newcomers_last=answers.get("last") == "yes",
        starts_at=calendar.at(day, NOON, zone(facts)),
    )


def list_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if circle := as_listed(answers, facts):
        same = ("words", "share", "cover", "rule", "beat", "order", "newcomers_last", "starts_at")
        sounds = ("recording", "share_recording", "rule_recording")
        given = {name: getattr(circle, name) for name in (*same, *sounds)}
        yield ListCircle(circle.number, name=answers.get("name", "").strip(), **given)


def listed_or_not(answers: Answers, facts: Facts) -> str:
    """The form may have lain until the day was over."""
    if facts.circled.draft is None:
        return "too_late"
    return "listed" if as_listed(answers, facts) else "which_day"


def summary(answers: Answers, facts: Facts) -> Values:
    circle = as_listed(answers, facts)
    return told(circle, {}, zone(facts)) if circle else {}


circle = Flow(
    "circle",
    LANGUAGE,
    Do("look", then=may_begin),
    Do("begin", begin),
    Ask("what_is_it", Told(LONGEST_NAME), saves="gift", free=True),
    Ask("share", Told(LONGEST_SHARE), saves="share", free=True),
    Choose("beat", tuple(Beat), saves="beat"),
    Choose("cover", tuple(Cover), saves="cover"),
    Ask("rule", Told(LONGEST_RULE), saves="rule", free=True, unless=rule_is_said),
    Choose("order", tuple(TurnOrder), saves="order"),
    Choose("last", ("yes", "no"), saves="last"),
    Ask("name", Name(NAME_LETTERS), saves="name", unless=name_is_known, free=True),
    Ask("when", Words(60), saves="when", hears=said_when, unless=no_words_for_it),
    Choose("which_day", days_ahead, saves="date", unless=day_is_known),
    Do("list", list_it, then=listed_or_not),
    End("listed", shows=summary),
    End("hidden", says=hidden),
    End("too_late", says=too_late),
    form=True,
)
