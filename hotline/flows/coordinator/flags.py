"""Flags for coordinators: who waits for a person's word (FLAGS), and that somebody has looked (SEEN, MISREAD)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hotline.engine.session import Prompt, Values
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.about_needs import line_for_each, numbers_said, the_need
from hotline.flows.coordinator.approve import let_in, offer_of
from hotline.flows.coordinator.list_needs import age
from hotline.model import phone_numbers
from hotline.model.coordinator_effects import Looked, Misread, Seen, SeenAbout
from hotline.model.effects import Effect
from hotline.model.facts import Facts
from hotline.model.flags import Flag, why_first
from hotline.model.people import Volunteer

FLAG = "f"  # before the number of a flag, so that it is never taken for the number of a need
WAITS = "volunteer_waits"
MOST_SAID = 3  # things of what one person said, the newest first


@dataclass(frozen=True)
class Concern:
    """All that is flagged about one person, the newest first; about the hotline itself each kind is its own."""

    flags: tuple[Flag, ...]

    @property
    def name(self) -> str:
        """As an option. Its oldest flag gives it, so that what comes in meanwhile changes nothing."""
        return f"{FLAG}{self.flags[-1].id}"

    @property
    def party(self) -> str:
        return self.flags[0].party

    @property
    def why(self) -> str:
        return why_first({flag.why for flag in self.flags}, self.flags[0].why)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The needs that it is about."""
        return tuple(dict.fromkeys(flag.code for flag in self.flags if flag.code and flag.party))

    @property
    def words(self) -> str:
        said = dict.fromkeys(flag.words for flag in self.flags if flag.words)
        return " / ".join(list(said)[:MOST_SAID])


def concerns(facts: Facts) -> tuple[Concern, ...]:
    """One a person, whoever was heard of last first."""
    found: dict[tuple[str, str], list[Flag]] = {}
    for flag in facts.team.flags:
        found.setdefault(flag.concern, []).append(flag)
    return tuple(Concern(tuple(flags)) for flags in found.values())


def flags_there(facts: Facts) -> tuple[str, ...]:
    return tuple(concern.name for concern in concerns(facts))


def the_concern(answers: Answers, facts: Facts) -> Concern | None:
    return next((concern for concern in concerns(facts) if concern.name == answers.get("flag")), None)


def flags_listed(_: Answers, facts: Facts) -> Values:
    """Labels: who, why, since when."""
    return {concern.name: _labels(concern, facts) for concern in concerns(facts)}


def _labels(concern: Concern, facts: Facts) -> tuple[str, ...]:
    known = facts.names.get(concern.party, "") or facts.team.reached_at.get(concern.party, "")
    whom = known or ("hidden_number" if phone_numbers.is_hidden(concern.party) else concern.party)
    return tuple(filter(None, (whom, concern.why, age(concern.flags[0].raised_at, facts.now))))


def who_waits(concern: Concern | None, facts: Facts) -> Volunteer | None:
    """The volunteer who waits for a yes, where that is what is flagged."""
    if concern is None or all(flag.why != WAITS for flag in concern.flags):
        return None
    people = (who for who in facts.team.people if who.phone == concern.party)
    return next((who for who in people if who.status == "waiting"), None)


def read_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    concern = the_concern(answers, facts)
    if concern and concern.party:
        yield Looked(concern.party)


def settled_or_let_in(answers: Answers, facts: Facts) -> str:
    return "waits" if who_waits(the_concern(answers, facts), facts) else "settled"


def flag_shown(answers: Answers, facts: Facts) -> Values:
    concern = the_concern(answers, facts)
    if concern is None:
        return {}
    newest = concern.flags[0]
    details = concern.words or (("voice_message",) if any(flag.recorded for flag in concern.flags) else "")
    where = ", ".join(filter(None, (_reached_at(concern, facts), *concern.numbers)))
    who = {"phone": where, "name": _whose(concern, facts), "age": age(newest.raised_at, facts.now)}
    return {**who, "reason": tuple(dict.fromkeys((concern.why, newest.why))), "details": details}


def _whose(concern: Concern, facts: Facts) -> str | tuple[str, ...]:
    return facts.names.get(concern.party, "") if concern.party else ("hotline",)


def _reached_at(concern: Concern, facts: Facts) -> str:
    return facts.team.reached_at.get(concern.party, "") if concern.party else ""


def volunteer_shown(answers: Answers, facts: Facts) -> Values:
    concern = the_concern(answers, facts)
    who = who_waits(concern, facts)
    return {**offer_of(who), "phone": who.phone} if who else {}


def let_them_in(answers: Answers, facts: Facts) -> Iterable[Effect]:
    who = who_waits(the_concern(answers, facts), facts)
    return let_in(who) if who else ()


def may_be_misread(answers: Answers, facts: Facts) -> Iterable[str]:
    concern = the_concern(answers, facts)
    return ("yes", "no", "misread") if concern and concern.party and concern.words else ("yes", "no")


def settle_them(answers: Answers, facts: Facts) -> Iterable[Effect]:
    concern = the_concern(answers, facts)
    if concern:
        yield Seen(tuple(flag.id for flag in concern.flags), concern.party)


def keep_the_newest(answers: Answers, facts: Facts) -> Iterable[Effect]:
    concern = the_concern(answers, facts)
    newest = next((flag for flag in concern.flags if flag.words), None) if concern else None
    if newest:
        yield Misread(newest.words, newest.party)


def seen_to(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    yield Prompt("flags.told")
    concern = the_concern(answers, facts)
    yield from still_held(concern.numbers if concern else (), facts)


def still_held(numbers: Iterable[str], facts: Facts) -> Iterator[Prompt]:
    """What was held for danger does not go on because somebody looked: that takes a word of its own."""
    for number in numbers:
        if number in facts.team.needs_held:
            yield Prompt("seen.held", values={"number": number})
        if number in facts.team.words_held:
            yield Prompt("seen.words_held", values={"number": number})


# --- SEEN, with the number of a need, or the end of a telephone number.


def flagged_by_digits(name: str, facts: Facts) -> Concern | None:
    """The person whose number ends so, or who is called so."""
    said = name.strip(" .").casefold()
    people = [each for each in concerns(facts) if each.party and said]
    if said.isdecimal():
        found = [each for each in people if len(said) == phone_numbers.ENDING and each.party.endswith(said)]
    else:
        found = [each for each in people if facts.names.get(each.party, "").casefold() == said]
    return found[0] if len(found) == 1 else None


def looked_at(answers: Answers, facts: Facts) -> Iterator[Effect]:
    if concern := _person_said(answers, facts):
        yield Seen(tuple(flag.id for flag in concern.flags), concern.party)
    for number in numbers_said(answers):
        need = facts.need(number)
        if need:
            yield SeenAbout(need.number)


def _person_said(answers: Answers, facts: Facts) -> Concern | None:
    """A number that is no need's may be the end of somebody's telephone number."""
    said = answers.get("whom", "") or answers.get("need", "")
    return None if any(map(facts.need, numbers_said(answers))) else flagged_by_digits(said, facts)


def what_is_seen(answers: Answers, facts: Facts) -> Iterator[Prompt]:
    if concern := _person_said(answers, facts):
        yield Prompt(
            "seen.person",
            values={"name": facts.names.get(concern.party, ""), "ending": phone_numbers.ending(concern.party)},
        )
        yield from still_held(concern.numbers, facts)
        return
    if not numbers_said(answers):
        yield Prompt("seen.nobody" if answers.get("whom") else "seen.how")
    yield from line_for_each(answers, facts, lambda _, number: Prompt("seen.told", values={"number": number}))
    yield from still_held((number for number in numbers_said(answers) if facts.need(number)), facts)


# --- MISREAD.


def keep_to_learn_from(answers: Answers, facts: Facts) -> Iterable[Effect]:
    if facts.team.past.heard_last and the_need(answers, facts):
        need = the_need(answers, facts)
        yield Misread(facts.team.past.heard_last, need.neighbor if need else "")


def kept_or_how(answers: Answers, facts: Facts) -> str:
    return "told" if facts.team.past.heard_last and the_need(answers, facts) else "how"


flags = Flow(
    "flags",
    Do("look", then=lambda _, facts: "which" if facts.team.flags else "none"),
    Choose("which", flags_there, saves="flag", shows=flags_listed),
    Do("read", read_it, then=settled_or_let_in),
    Choose(
        "settled",
        {"yes": "settle", "no": "kept", "misread": "misread"},
        exact=True,
        shows=flag_shown,
        offers=may_be_misread,
    ),
    Choose("waits", {"approve": "approve", "no": "kept"}, exact=True, shows=volunteer_shown, senses={"yes": "approve"}),
    Do("settle", settle_them),
    End("told", says=seen_to),
    Do("approve", let_them_in),
    End("approved", shows=volunteer_shown),
    Do("misread", keep_the_newest),
    End("kept_to_learn"),
    End("kept"),
    End("none"),
)

seen = Flow("seen", Do("settle", looked_at), End("told", says=what_is_seen))

misread = Flow("misread", Do("keep", keep_to_learn_from, then=kept_or_how), End("told"), End("how"))
"""What the neighbor of a request wrote last was read wrongly; a coordinator says so."""
