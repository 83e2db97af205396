"""Form of a gift: what a neighbor has to give, where, how long it is there, and for how many."""

from collections.abc import Iterable, Mapping

from hotline.engine.answers import Count, Heard, TimeSaid, Told, Words
from hotline.engine.plain_words import leads_elsewhere
from hotline.engine.session import Values
from hotline.engine.steps import Answers, Ask, Begin, Choose, Do, End, Flow
from hotline.flows.intents import time_expressions
from hotline.flows.neighbor.intake import intake
from hotline.flows.shared_questions import LANGUAGE, area_is_known, areas_we_serve, needs_we_take
from hotline.flows.sharing.gifts.about import ZIP_BEHIND, last_day, told, too_late
from hotline.flows.sharing.loans.lend import lend
from hotline.model import calendar
from hotline.model.calendar import DAY, WEEKDAYS
from hotline.model.effects import BeginGift, Effect, ListGift
from hotline.model.facts import Facts
from hotline.model.gifts import LONGEST_WORDS, Gift
from hotline.model.when import kept, may_mean

SURE = {"yes": "begin", "lend": "lend", "no": "asks"}
FOOD = "food"  # what is in it is asked: some cannot eat nuts, milk or meat
WEEK = 7
ANSWER_DAYS = 8  # so long the giver of a standing one may think about "still yes?"
PORTIONS_DIGITS = 2


def day_said(heard: Heard, facts: Facts) -> Mapping[str, str]:
    """The last day on which it is there, where the words name one that can be."""
    said = _until(heard) or heard.when
    meant = may_mean(said, time_expressions.local(facts)) if said else ()
    return {"day": meant[0].day.isoformat()} if meant else {}


def _until(heard: Heard) -> TimeSaid | None:
    """The one day behind the word "until": "ladder until friday"."""
    behind = heard.told[heard.told.index("until") :] if "until" in heard.told else ()
    days = [word for word in behind if word in (*WEEKDAYS, "today", "tomorrow")]
    return TimeSaid(day=days[0]) if len(days) == 1 else None


def _what_it_is(heard: Heard, words: str) -> str:
    """The words without that day."""
    each = words.split()
    if _until(heard) is None or len(each) != len(heard.told):
        return words
    return " ".join(each[: heard.told.index("until")])


def begun(heard: Heard, facts: Facts, words: str) -> dict[str, str]:
    """What the first words say is not asked again: what it is, of which kind, where, until when."""
    words = "" if leads_elsewhere(words) else words
    known = {"gift": _what_it_is(heard, words)[:LONGEST_WORDS], **day_said(heard, facts)} if words else {}
    for field, offered in (("what", facts.offered.needs), ("area", facts.offered.areas)):
        said = {name for name in heard.names if name in offered}
        if words and len(said) == 1:
            known[field] = said.pop()
    if "area" in known and "gift" in known:
        known["gift"] = ZIP_BEHIND.sub("", known["gift"]) or known["gift"]
    return known


def may_give(_: Answers, facts: Facts) -> str:
    """Who hides the number cannot be asked for it."""
    return "sure" if facts.me.has_number else "hidden"


def is_sure(answers: Answers, _: Facts) -> bool:
    return "maybe" not in answers


def ways(_: Answers, facts: Facts) -> tuple[str, ...]:
    """ "I have a ladder" may be to give or to lend."""
    return ("yes", *(("lend",) if facts.offered.sharing.tools else ()), "no")


def begin(answers: Answers, facts: Facts) -> Iterable[Effect]:
    """It is on record from the first words on."""
    if facts.shared.draft is None:
        yield BeginGift(answers.get("gift", ""))


TWO_WEEKS = "two_weeks"


def how_long(_: Answers, facts: Facts) -> tuple[str, ...]:
    """In a call no date can be said, since what is spoken is kept as it is: two weeks take its place."""
    return ("days", "a_week", TWO_WEEKS, "till_gone") if facts.in_call else ("days", "a_week", "till_gone", "other_day")


def days_offered(_: Answers, facts: Facts) -> Values:
    return {"days": (f"days_{facts.offered.sharing.offer_days}",)}


def last_day_said(answers: Answers) -> str:
    return next((answers[name] for name in ("again_day", "until_day", "day") if name in answers), "")


def day_is_known(answers: Answers, _: Facts) -> bool:
    return bool(last_day_said(answers))


def no_day_asked(answers: Answers, facts: Facts) -> bool:
    return answers.get("lasts") != "other_day" or day_is_known(answers, facts)


def nobody_eats_it(answers: Answers, _: Facts) -> bool:
    return answers.get("what") != FOOD


def ends(answers: Answers, facts: Facts) -> tuple[float, float, bool]:
    """(when it ends, for how many seconds it is kept on, whether it stands). It ends at midnight."""
    rules, now = facts.offered.sharing, calendar.local(facts.now, facts.offered.zone)
    if when := kept(last_day_said(answers)):
        days, standing = (when.day - now.date()).days, False
    else:
        standing = answers.get("lasts") == "till_gone"
        lengths = {"a_week": WEEK, TWO_WEEKS: 2 * WEEK, "till_gone": rules.still_yes_days + ANSWER_DAYS}
        days = lengths.get(answers.get("lasts", ""), rules.offer_days)
    until = calendar.midnight(facts.now, now.tzinfo, days + 1)
    return until, max(DAY, until - facts.now), standing


def as_listed(answers: Answers, facts: Facts) -> Gift | None:
    draft = facts.shared.draft
    if draft is None:
        return None
    until, lasts, standing = ends(answers, facts)
    return draft.but(
        words=answers.get("gift", "").strip()[:LONGEST_WORDS],
        recording=answers.get("gift_recording", ""),
        what=answers.get("what", ""),
        area=answers.get("area", facts.offered.areas[0]),
        inside=answers.get("inside", "").strip(),
        portions=int(answers.get("portions") or 0),
        until=until,
        lasts=lasts,
        standing=standing,
    )


def list_gift(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if gift := as_listed(answers, facts):
        same = ("words", "what", "area", "until", "lasts", "standing", "portions", "inside", "recording")
        yield ListGift(gift.number, **{name: getattr(gift, name) for name in same})


def listed_or_not(_: Answers, facts: Facts) -> str:
    return "listed" if facts.shared.draft else "too_late"


def summary(answers: Answers, facts: Facts) -> Values:
    gift = as_listed(answers, facts)
    return {**told(gift), "until": last_day(gift, facts)} if gift else {}


gift = Flow(
    "gift",
    LANGUAGE,
    Do("look", then=may_give),
    Choose("sure", SURE, offers=ways, unless=is_sure, exact=True, harmless=True),
    Do("begin", begin),
    Ask("what_is_it", Told(LONGEST_WORDS), saves="gift", free=True),
    Choose("what", needs_we_take, saves="what"),
    Choose("area", areas_we_serve, saves="area", unless=area_is_known),
    Choose(
        "lasts",
        {
            "days": "portions",
            "a_week": "portions",
            TWO_WEEKS: "portions",
            "till_gone": "portions",
            "other_day": "until",
        },
        saves="lasts",
        offers=how_long,
        unless=day_is_known,
        shows=days_offered,
    ),
    Ask("until", Words(60), saves="until", hears=day_said, unless=no_day_asked),
    Ask("again", Words(60), saves="again", hears=day_said, unless=no_day_asked),
    Ask("portions", Count(PORTIONS_DIGITS), saves="portions"),
    Ask("inside", Told(200), saves="inside", unless=nobody_eats_it),
    Do("list", list_gift, then=listed_or_not),
    End("listed", shows=summary),
    End("hidden"),
    End("too_late", says=too_late),
    Begin("lend", lend),
    Begin("asks", intake),
    form=True,
)
