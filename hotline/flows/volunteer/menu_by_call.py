"""Volunteer menu in a call: what and where they give, pauses, calls or texts, leaving."""

from collections.abc import Iterable

from hotline.engine.steps import Answers, Begin, Choose, Do, Flow
from hotline.flows.everyone.contact_preference import asked_anew, reach
from hotline.flows.sharing.daily_rings.company import company
from hotline.flows.volunteer.availability import leave, pause, pauses, resume
from hotline.flows.volunteer.signup import signup
from hotline.model.calendar import DAY, FOREVER, WEEK
from hotline.model.facts import Facts

LENGTHS = {"day": DAY, "week": WEEK}


def as_things_stand(_: Answers, facts: Facts) -> Iterable[str]:
    rings = ("company",) if facts.offered.sharing.rings else ()
    return ("resume" if pauses(facts) else "pause", "change", *rings, "reach", "leave")


def until(answers: Answers, facts: Facts) -> Answers:
    length = LENGTHS.get(answers.get("how_long", ""))
    return {**answers, "until": str(facts.now + length if length else FOREVER)}


giving = Flow(
    "giving",
    Choose(
        "what",
        {
            "change": "change",
            "pause": "how_long",
            "resume": "resume",
            "company": "company",
            "reach": "ways",
            "leave": "sure",
        },
        offers=as_things_stand,
    ),
    Choose("sure", {"yes": "leave", "no": "what"}, exact=True),
    Choose("how_long", ("day", "week", "open"), saves="how_long", back="what"),
    Do("until", learns=until),
    Begin("pause", pause),
    Begin("change", signup),
    Begin("resume", resume),
    Begin("leave", leave),
    Begin("company", company),
    Do("ways", learns=asked_anew),
    Begin("reach", reach),
)
