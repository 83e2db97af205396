"""One state, told truly: everything that can be texted about a need, and every key of a call about it, in every state
that it can be in; what is answered and what others are told has to be so.

What is written is held to the same claims when it is said aloud; every other language has to tell apart what English
tells apart, and says as much of the state.

States come from the model: a status, a field or a relation that is new fails here until it has its place. What a line
claims is read from its English words, not from its name, so that another wording is held to the state as well.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

import pytest

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.lint.sample_towns import usual
from hotline.channels.parsing.parser import Hearing
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.plain import Plain
from hotline.engine.session import Prompt, Session, Turn
from hotline.flows import dialog_manager
from hotline.flows.everyone.menu import in_touch
from hotline.flows.volunteer.offer_by_call import offer
from hotline.model import effects
from hotline.model.calendar import DAY
from hotline.model.effects import Relay, Reserve, Tell
from hotline.model.facts import Asked, Facts, InCall, Mine, Reachable, Shared
from hotline.model.gifts import Gift
from hotline.model.needs import Need, Status
from hotline.model.people import Person, Volunteer
from tests.unit.build import NOW, OFFERED, catalogue, hearing

ME, OTHER, THIRD, NEIGHBOR = (f"+121255501{n}" for n in (13, 14, 15, 16))
NAMES = {ME: "Mia", OTHER: "Otto", THIRD: "Tess", NEIGHBOR: "Nora"}
CODE, OWN, GIFT = 112, 150, 160

# --- The states: every field of the model is one of them, or has nothing to say here.

SHAPES: dict[Status, tuple[dict[str, Any], ...]] = {
    Status.DRAFT: ({}, {"held": True}),
    Status.OPEN: (
        *({}, {"held": True}, {"paused_until": NOW + 60}, {"urgent": True}),
        *({"wanted": 2, "takers": (OTHER,)}, {"wanted": 2, "takers": (ME,)}, {"wanted": 2, "helped": (OTHER,)}),
        *({"wanted": 2, "takers": (OTHER,), "held": True}, {"wanted": 2, "takers": (ME,), "paused_until": NOW + 60}),
    ),
    Status.TAKEN: (
        *({"takers": (OTHER,)}, {"takers": (ME,)}, {"takers": (OTHER,), "urgent": True}),
        *({"takers": (OTHER,), "first_choices": (THIRD,)}, {"takers": (ME,), "paused_until": NOW + 60}),
        *({"wanted": 2, "takers": (OTHER, ME)}, {"wanted": 2, "takers": (OTHER, THIRD)}),
        *({"wanted": 2, "takers": (ME,), "helped": (OTHER,)}, {"takers": (ME,), "doubted_by": ME}),
        *({"takers": (OTHER,), "gift": GIFT}, {"takers": (ME,), "gift": GIFT}),  # it was asked for of what they offer
    ),
    Status.DONE: (
        *({"helped": (OTHER,)}, {"helped": (ME,)}, {"helped": (OTHER,), "confirmed": True}),
        *({"helped": (OTHER,), "gift": GIFT}, {"helped": (ME,), "gift": GIFT}),
    ),
    Status.CANCELLED: ({}, {"helped": (OTHER,), "wanted": 2}, {"gift": GIFT}),
    Status.EXPIRED: ({},),
}
OF_A_NEED = {
    "status",
    "takers",
    "helped",
    "wanted",
    "held",
    "paused_until",
    "urgent",
    "first_choices",
    "doubted_by",
    "gift",
} | {
    "confirmed",
    "neighbor",
}
BESIDE_A_NEED = {
    *(
        "number",
        "starts_at",
        "ends_at",
        "code",
        "what",
        "area",
        "words",
        "details",
        "recording",
        "callback",
        "wave",
        "loan",  # such a need stands apart: see tests/storage/test_loans.py
        "same_as",  # by which the board alone goes
        "created_at",
        "asked_since",
    ),
    *("escalated", "every", "coming_at", "checks", "drops", "due_at", "when", "due", "besides", "again_since"),
}


@dataclass(frozen=True)
class Who(Plain):
    """Who writes, and what they have to do with the need. ``gives`` is "volunteer", "coordinator", "waits" or "";
    ``asked`` that they were asked about it, ``behind`` that somebody else stands in reserve, ``other`` that they have
    another request of their own under way."""

    name: str
    neighbor: bool = False
    gives: str = ""
    asked: bool = False
    behind: bool = False
    opted_out: bool = False
    other: bool = False


WHO = (
    Who("the neighbor", neighbor=True),
    Who("a volunteer", gives="volunteer"),
    Who("who was asked", gives="volunteer", asked=True),
    Who("who is second in reserve", gives="volunteer", behind=True),
    Who("a volunteer who ended the texts", gives="volunteer", opted_out=True),
    Who("a coordinator", gives="coordinator"),
    Who("who waits for a yes", gives="waits"),
    Who("a stranger"),
    Who("whose request is another", other=True),
)
WAYS = ("in texts", "by calls", "not at all")  # in which the other side is told

TEXTS = (
    *("YES 112", "NO 112", "DONE 112", "DROP 112", "112", "STATUS", "STATUS 112", "URGENT 112", "CALL 112"),
    *("cant 112", "112 cant", "112 cant do 9, 10 ok?", "cant come", "112 I am at the door", "I am at the door", "ok"),
    *("1", "yes", "no", "done", "drop", "nobody came", "thank you so much", "yes 112 if nobody else can", "LIST"),
)
KNOWN_PERSON = {
    *("phone", "session", "known", "name", "area", "volunteer", "waits", "coordinator", "introduced", "opted_out"),
    *("can_text", "calls", "say_who", "leave_word", "asked_at", "blocked", "recent", "recent_since", "abroad"),
    *("rung_instead", "stop_asked", "disowned_at", "has", "invited", "listens"),
}


def test_every_status_and_every_field_has_its_place() -> None:
    """What is new in the model is said truly, or has nothing to say: somebody has to decide which."""
    assert set(SHAPES) == set(Status)
    assert {field.name for field in fields(Need)} <= OF_A_NEED | BESIDE_A_NEED
    assert {field.name for field in fields(Person)} <= KNOWN_PERSON
    varied = {name for shapes in SHAPES.values() for shape in shapes for name in shape} | {"status", "neighbor"}
    assert varied == OF_A_NEED


GIVEN = Gift(GIFT, ME, str(GIFT), "oranges", what="food", area="north", portions=5, given=1, until=NOW + DAY)


@dataclass(frozen=True)
class Situation:
    """One state of one need, as one person finds it who writes."""

    need: Need
    who: Who
    way: str

    @property
    def others(self) -> tuple[str, ...]:
        beside = (OTHER,) if self.who.other else ()
        return tuple(dict.fromkeys((*self.need.other_side(ME), *self.need.helped, *beside)))

    def facts(self) -> Facts:
        """What would be read of it."""
        need, who = self.need, self.who
        me = Person(ME, Session(ME, language="en"), known=True, name="Mia", introduced=True, asked_at=NOW - 3600)
        me = me.but(volunteer=who.gives == "volunteer", waits=who.gives == "waits", opted_out=who.opted_out)
        me = me.but(coordinator=who.gives == "coordinator")
        own: tuple[Need, ...] = (need,) if who.neighbor and (need.active or need.status is Status.DRAFT) else ()
        own += (Need(OWN, ME, Status.TAKEN, "ride", "north", takers=(OTHER,), code=str(OWN)),) if who.other else ()
        in_hand = (need,) if ME in need.takers and need.active else ()
        done = (need,) if need.status is Status.DONE and who.neighbor else ()
        told = frozenset(phone for phone in self.others if phone != ME)
        reach = Reachable(
            silent=told if self.way == "not at all" else frozenset(),
            by_call=told if self.way == "by calls" else frozenset(),
            awake=told if self.way != "not at all" else frozenset(),
        )
        asked = (need,) if who.asked and need.status is Status.OPEN and not in_hand else ()
        return Facts(
            NOW,
            OFFERED,
            me,
            Mine(draft=need if need in own and need.status is Status.DRAFT else None, asked_for=own, has_taken=in_hand,
                 finished=done, volunteer=Volunteer(ME) if me.volunteer else None),
            Asked(asked, NOW - 60 if asked else 0.0, reserved=(need.number,) if who.behind else ()),
            named=(need,),
            shared=Shared(mine=(GIVEN,)) if need.gift and need.takers == (ME,) else Shared(),
            names=NAMES,
            reachable=reach,
        )  # fmt: skip

    def __str__(self) -> str:
        need = self.need
        said = {name: getattr(need, name) for name in sorted(OF_A_NEED - {"status", "neighbor"}) if getattr(need, name)}
        return f"{need.status} {said}, {self.who.name}, others are told {self.way}"


def situations() -> Iterator[Situation]:
    """All of them that can be: who asked for it has it not in hand, and only who gives has."""
    for status, shapes in SHAPES.items():
        for shape, who, way in product(shapes, WHO, WAYS):
            need = Need(
                CODE, ME if who.neighbor else NEIGHBOR, status, "food", "north", details="two bags", code=str(CODE)
            )
            need = need.but(**shape)
            has = ME in (*need.takers, *need.helped)
            gives = who.gives in ("volunteer", "coordinator") or (need.gift and who.gives != "waits" and not who.other)
            if has and (who.neighbor or not gives or who.opted_out or who.asked):
                continue
            if who.behind and status is not Status.TAKEN:
                continue
            yield Situation(need, who, way)


# --- What is so afterwards.


def after(need: Need, turn: Turn) -> Need:
    """The need once these effects are carried out, as the statements do it."""
    for effect in turn.effects:
        if isinstance(effect, effects.EndGift) and need.gift == effect.gift and need.status is Status.TAKEN:
            need = need.but(status=Status.CANCELLED, takers=())
        if getattr(effect, "number", CODE) != CODE:
            continue
        match effect:
            case effects.Take():
                need = need.but(takers=(*need.takers, effect.volunteer))
                need = need.but(status=Status.OPEN if need.missing else Status.TAKEN, held=False)
            case effects.Drop():
                need = need.but(takers=tuple(each for each in need.takers if each != ME), status=Status.OPEN)
            case effects.Done():
                left = tuple(each for each in need.takers if each != ME)
                over = not left and need.status is Status.TAKEN
                need = need.but(takers=left, helped=(*need.helped, ME), status=Status.DONE if over else need.status)
            case effects.Withdraw():
                need = need.but(status=Status.CANCELLED)
            case effects.Happened():
                need = need.but(status=Status.DONE, helped=(*need.helped, *need.takers), takers=(), confirmed=True)
            case effects.NotYet():
                back = Status.TAKEN if need.status is Status.DONE else need.status
                need = need.but(status=back, takers=(*need.takers, *need.helped), helped=())
            case effects.StillNeeded() if need.status is Status.EXPIRED:
                need = need.but(status=Status.OPEN)
            case effects.Urgent() if need.status is Status.OPEN:
                need = need.but(urgent=True, paused_until=None)
    return need


@dataclass(frozen=True)
class Truth:
    """What a claim is held to: the state before and after, who reads it, and what else is done."""

    at: Situation
    turn: Turn
    now: Need
    reader: str

    @property
    def mine(self) -> bool:
        return self.reader in self.now.takers

    @property
    def asking(self) -> bool:
        """Whether neighbors are asked, or are as soon as their turn comes."""
        return self.now.status is Status.OPEN and self.now.missing > 0 and self.now.asks(NOW)

    @property
    def over(self) -> bool:
        return self.now.status in (Status.DONE, Status.CANCELLED, Status.EXPIRED)

    def does(self, *kinds: type) -> bool:
        return any(isinstance(effect, kinds) for effect in self.turn.effects)


CHANGES = (effects.Take, effects.Drop, effects.Done, effects.Withdraw, effects.Happened, effects.Relay)
Claim = Callable[[Truth, re.Match[str]], bool]

LABELS: dict[Status, str] = {
    Status.OPEN: "open",
    Status.TAKEN: "taken",
    Status.DONE: "done",
    Status.CANCELLED: "closed",
    Status.EXPIRED: "too old",
}
CLAIMS: tuple[tuple[str, Claim], ...] = (
    (r"Nobody has (taken it|112)", lambda so, _: not so.now.takers),
    (r"112 food: open", lambda so, _: so.now.status is Status.OPEN),
    (r"We ask for more", lambda so, _: so.asking),
    (r"\((\d) of (\d) helpers", lambda so, m: (int(m[1]), int(m[2])) == _have(so.now)),
    (r": (\d) of (\d) helpers", lambda so, m: (int(m[1]), int(m[2])) == _have(so.now)),
    (r"112 food, Northside: ([\w ]+),", lambda so, m: m[1] == LABELS[so.now.status]),
    (r"nobody (new )?is asked", lambda so, _: not so.now.asks(NOW)),
    (r"^(Otto|Tess|Mia)?: 112 is done", lambda so, _: bool(so.now.helped)),
    (r"[Nn]obody (else )?is free yet", lambda so, _: not so.now.takers and so.asking),
    (r"has (\d) of (\d) helpers", lambda so, m: (int(m[1]), int(m[2])) == _have(so.now) and so.asking),
    (r"We closed (your request )?112", lambda so, _: so.now.status is Status.EXPIRED),
    (r"nobody took it", lambda so, _: not so.now.begun),
    (r"How is it going with 112", lambda so, _: so.mine),
    (r"has 112 .* and may not come", lambda so, _: so.now.doubted_by in so.now.takers),
    (r"Do you still need it|Nobody tells us how 112 went", lambda so, _: not so.over),
    (r"wrote that they may not come", lambda so, _: so.now.doubted_by in so.now.takers),
    (r"^(Mia|Otto|Tess)(, \w+)? has (it|112)", lambda so, _: bool(so.now.takers)),
    (r"Who gives 112 back", lambda so, _: len(so.now.takers) > 1),
    (r"112 now says", lambda so, _: so.now.active),
    (
        r"You are (\d) of (\d) helpers|That is (\d) of (\d)|You have (\d) of (\d)",
        lambda so, m: tuple(int(n) for n in m.groups() if n) == _have(so.now),
    ),
    (r"112 food: .* has it\b", lambda so, _: bool(so.now.takers)),
    (r"Someone has 112|112 \(food\) has someone", lambda so, _: bool(so.now.takers) and not so.mine),
    (r"112 is yours, thank you", lambda so, _: so.mine and so.does(effects.Take)),
    (r"You (still )?have 112|112 is still yours", lambda so, _: so.mine),
    (r"112 is your own request", lambda so, _: so.now.is_of(so.reader)),
    (r"We tell you when someone takes it", lambda so, _: so.asking),
    (r"If they cannot come, we ask you first", lambda so, _: _is_first(so)),
    (r"we may ask you again", lambda so, _: so.does(Reserve) and so.at.who.gives == "volunteer"),
    (r"112 is (over|closed)|112 \(food\) is not needed any more", lambda so, _: so.over),
    (r"112 is not needed any more", lambda so, _: so.now.status is Status.CANCELLED),
    (r"We passed your words on", lambda so, _: so.does(Relay) and so.at.way == "in texts"),
    (r"we call and say your words", lambda so, _: so.does(Relay) and so.at.way == "by calls"),
    (
        r"your words did not get there|hears nothing from us|Your neighbor hears nothing",
        lambda so, _: not so.does(Relay) and so.at.way == "not at all",
    ),
    (r"went to nobody|Nothing is passed on|could not be passed on", lambda so, _: not so.does(Relay)),
    (r"[Nn]othing is changed", lambda so, _: not so.does(*CHANGES)),
    (
        r"We ask your neighbor if 112 is all done",
        lambda so, _: so.at.way != "not at all" and not so.now.takers and ME in so.now.helped,
    ),
    (r"Others still have it", lambda so, _: bool(so.now.takers) and not so.mine),
    (r"goes back to other neighbors|We ask others", lambda so, _: so.asking),
    (r"112 is not yours|You do not have 112", lambda so, _: not so.mine and not so.now.is_of(so.reader)),
    (r"of our team looks (at 112 )?(first|before)|Our team looks first", lambda so, _: not so.now.asks(NOW)),
    (
        r"We have no open request 112|You have no open request 112|no request 112",
        lambda so, _: so.now.status is not Status.OPEN or not so.now.is_of(so.reader),
    ),
    (r"Nobody can take it just now", lambda so, _: so.now.held),
    (r"We tell Otto that you|You are welcome! We tell", lambda so, _: so.at.way != "not at all"),
    (r"keep asking", lambda so, _: so.asking),
    (r"Good[!.] 112 is done|112 \(food\) is done", lambda so, _: so.now.status is Status.DONE),
    (r"says it is done", lambda so, _: so.now.status is Status.DONE and not so.now.confirmed),
    (r"did it happen", lambda so, _: so.now.begun),
    (r"112 stays open|has not happened yet", lambda so, _: so.now.active),
    (r"We call you now", lambda so, _: so.does(effects.Talk) and so.at.way != "not at all"),
    (r"nobody to call about 112", lambda so, _: not so.does(effects.Talk)),
    (r"112: begun, not sent", lambda so, _: so.now.status is Status.DRAFT),
    (r"We ask about 112 \(food\) right now", lambda so, _: so.asking and so.now.urgent),
    (r"112 is marked as urgent", lambda so, _: so.now.urgent),
    (r"You ended our texts", lambda so, _: so.at.who.opted_out and not so.does(effects.Take)),
    (r"You have nothing open here", lambda so, _: not (_own(so) or so.mine or so.at.who.other)),
    (r"You have nothing open\. ", lambda so, _: not _sees(so)),
    (r"Open: 112", lambda so, _: so.now.status is Status.OPEN and not so.now.held),
    (r"takes your request 112", lambda so, _: bool(so.now.takers)),
    (r"cannot come after all", lambda so, _: so.does(effects.Drop)),
    (r"To take requests, please join|A coordinator has not said yes", lambda so, _: not so.mine),
    (r"We ask neighbors", lambda so, _: so.asking),
    (r"Your request 112 .* shall we close it", lambda so, _: not so.over and so.now.is_of(so.reader)),
    (r"Shall it go to someone else", lambda so, _: so.mine),
    (r"[Nn]ot this time", lambda so, _: not so.mine),
    (r"We did not ask you about 112", lambda so, _: so.at.who.gives in ("", "waits")),
    (
        r"112 is called off, and they hear so now",
        lambda so, _: so.now.status is Status.CANCELLED and so.at.way != "not at all",
    ),
    (
        r"112 is called off\. (Your neighbor hears nothing|A person)",
        lambda so, _: so.now.status is Status.CANCELLED and so.at.way == "not at all",
    ),
    (r"112 is not there any more", lambda so, _: so.now.status is Status.CANCELLED and so.now.gift > 0),
    (r"Please do not go there", lambda so, _: so.now.status is Status.CANCELLED),
    # In calls:
    (r"112, food, is not sent yet", lambda so, _: so.now.status is Status.DRAFT),
    (r"112, food(, today)?, is open", lambda so, _: so.now.status is Status.OPEN),
    (r"112, food(, today)?, is open\. To change", lambda so, _: so.asking and not so.now.begun),
    (r"112, food: (Otto|Tess|Mia)[\w, ]* has it", lambda so, _: bool(so.now.takers) and not so.now.missing),
    (r"112, food: .*\. (\d) of (\d) helpers", lambda so, m: (int(m[1]), int(m[2])) == _have(so.now)),
    (r"112, food: shall we close it", lambda so, _: not so.over and so.now.is_of(so.reader)),
    (r"We keep 112 open", lambda so, _: not so.over),
    (r"We ask about 112 right now", lambda so, _: so.asking and so.now.urgent),
    (r"neighbor says that 112 is done", lambda so, _: so.now.status is Status.DONE),
    (r"112, food. To talk to them now|About 112, food, \w+, the neighbor says", lambda so, _: so.mine),
    (r"We ask your neighbor about 112", lambda so, _: so.at.way != "not at all" and ME in so.now.helped),
    (r"You are done with 112\. A person", lambda so, _: so.at.way == "not at all" and ME in so.now.helped),
    (r"You are done with 112", lambda so, _: ME in so.now.helped and not so.mine),
    (r"112 goes back to others", lambda so, _: so.asking and so.does(effects.Drop)),
    (r"Another neighbor asks for help", lambda so, _: so.at.who.asked and so.asking),
    (r"You ask for food", lambda so, _: so.now.status is Status.DRAFT and so.now.is_of(so.reader)),
    (r"112: food, \w+\. To add or correct", lambda so, _: so.now.active and so.now.is_of(so.reader)),
    (r"We ring Otto now", lambda so, _: so.does(effects.Talk)),
    (r"What about 112\?", lambda so, _: so.now.active and so.now.is_of(so.reader)),
    (r"For (Otto|Tess|Nora)[\w, ]*, food, press", lambda so, _: so.mine or bool(so.now.takers)),
)
SAYS_NOTHING = re.compile(  # of a state: what to do next, what was said, or it is about the other request
    r"^(Thank you\. We wait|You are welcome|We kept your words|Nothing waits|Where are you|What do you need"
    r"|Our team can text|Food, |Asked: |Says: |Neighbor's number|From Mia, about|150 a ride|Sorry! 150"
    r"|Eastside Mutual Aid\.|You offer 160|I got you, you got me)"
)


def _have(need: Need) -> tuple[int, int]:
    return len(need.takers) + len(need.helped), need.wanted


def _is_first(so: Truth) -> bool:
    need = so.now
    alone = not need.urgent and set(need.first_choices) <= {ME, *need.takers}
    can_be_told = so.at.who.gives == "volunteer" and not so.at.who.opted_out
    return so.does(Reserve) and can_be_told and not so.at.who.behind and alone and need.status is Status.TAKEN


def _own(so: Truth) -> bool:
    """Whether they asked for it, and it is not over for them."""
    unconfirmed = so.now.status is Status.DONE and not so.now.confirmed
    return so.at.who.neighbor and (unconfirmed or so.now.active or so.now.status is Status.DRAFT)


def _sees(so: Truth) -> bool:
    """Whether there is something of theirs that STATUS has to tell."""
    asked = so.at.who.asked and so.now.status is Status.OPEN and not so.now.held
    return _own(so) or so.mine or so.at.who.other or asked


# --- Going over all of it.


@dataclass(frozen=True)
class Line:
    """One wording, as somebody reads or hears it in a situation."""

    key: str
    words: str
    truth: Truth
    prompt: Prompt
    aloud: str


def lines(said: str, at: Situation, ear: Hearing, words: Catalogue) -> Iterator[Line]:
    """What is answered to a text, and what it tells others."""
    turn = dialog_manager.answer(ear.hear(said), at.facts())
    now = after(at.need, turn)
    for prompt in turn.prompts:
        yield _line(prompt, Truth(at, turn, now, ME), words)
    for effect in turn.effects:
        if isinstance(effect, Tell) and effect.about == CODE:
            yield _line(effect.prompt, Truth(at, turn, now, effect.party), words)


ABOUT_OTHER_THINGS = {  # flows that say nothing of a state, and are not walked through
    *("intake", "signup", "person", "groups", "quiet", "reach", "giving", "amend", "pause", "resume", "leave"),
}
KEYS = "1234"


def aloud(at: Situation, words: Catalogue) -> Iterator[Line]:
    """What is heard in a call, whichever keys are pressed one after another, and what others are told because of it."""
    ahead: deque[tuple[Situation, Session]] = deque()
    known = set()

    def arrive(here: Situation, turn: Turn) -> Iterator[Line]:
        there, session = replace(here, need=after(here.need, turn)), turn.session
        place = (there.need, session.flow, session.step, tuple(sorted(session.answers.items())))
        if session.waiting and session.flow not in ABOUT_OTHER_THINGS and place not in known:
            known.add(place)
            ahead.append((there, session))
        for prompt in turn.prompts:
            yield _line(prompt, Truth(here, turn, there.need, ME), words)
        for effect in turn.effects:
            if isinstance(effect, Tell) and effect.about == CODE:
                yield _line(effect.prompt, Truth(here, turn, there.need, effect.party), words)

    for begins in _begins(at):
        yield from arrive(at, begins)
    while ahead:
        here, session = ahead.popleft()
        for key in KEYS:
            facts = here.facts().but(call=IN_CALL).standing(session)
            yield from arrive(here, dialog_manager.press(Heard(keys=key), facts))


IN_CALL = InCall(on=True, word="8192")


def _begins(at: Situation) -> Iterator[Turn]:
    """They call; they are rung for an offer; the news of a call is over, and there is somebody to talk to."""
    facts = at.facts().but(call=IN_CALL)
    yield dialog_manager.pick_up(facts)
    if facts.alerts.open:
        yield run.start(offer, facts.me.session, facts, {"need": str(CODE)})
    if facts.in_progress:
        yield run.start(in_touch, facts.me.session, facts)


def _line(prompt: Prompt, truth: Truth, words: Catalogue) -> Line:
    name = repr(prompt := prompt.but(again=0))
    if name not in _said:
        _said[name] = written(prompt, words), spoken(prompt, words)
    return Line(prompt.key, _said[name][0], truth, prompt, _said[name][1])


_said: dict[str, tuple[str, str]] = {}  # each prompt has its words once


def written(prompt: Prompt, words: Catalogue) -> str:
    return " ".join(text.render([prompt], "en", words)).replace("Eastside Mutual Aid: ", "")


def spoken(prompt: Prompt, words: Catalogue) -> str:
    """As it is heard, with its number as it is written."""
    heard = voice.heard(prompt, "en", words)
    return re.sub(r"(?:[Nn]umber )?(\d)((?: \d)+)\b", lambda found: found[1] + found[2].replace(" ", ""), heard)


def claims_of(words: str) -> Iterator[tuple[str, Claim, re.Match[str]]]:
    for pattern, claim in CLAIMS:
        for found in re.finditer(pattern, words):
            yield pattern, claim, found


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Situation, list[Line]]]:
    """Everything, once."""
    folder = tmp_path_factory.mktemp("standing")
    ear, words = hearing(folder), catalogue(folder)
    return [(each, at, list(lines(each, at, ear, words))) for at in situations() for each in TEXTS]


def test_what_is_said_is_so(said: list[tuple[str, Situation, list[Line]]]) -> None:
    false, pairs, held, aloud = [], set(), 0, 0
    for words, at, answered in said:
        for line in answered:
            pairs.add((line.key, str(at)))
            for pattern, claim, found in claims_of(line.words):
                held += 1
                if not claim(line.truth, found):
                    false.append(f"{words!r} in {at}: {line.key}: {line.words!r} ({pattern})")
            for pattern, claim, found in claims_of(line.aloud):
                aloud += 1
                if not claim(line.truth, found):
                    false.append(f"{words!r} in {at}: {line.key}: aloud {line.aloud!r} ({pattern})")
    print(f"{len(pairs):,} pairs of line and state, {held:,} claims in texts and {aloud:,} aloud held to the state")
    assert len(pairs) > 1000
    assert aloud > 1000
    assert false == []


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Situation, list[Line]]]:
    """Every call about it. How others are told matters only where there are others."""
    words = catalogue(tmp_path_factory.mktemp("called"))
    those = (
        at
        for at in situations()
        if at.way == WAYS[0] or (at.way != "by calls" and at.others and at.facts().in_progress)
    )
    return [(at, list(aloud(at, words))) for at in those]


def test_what_is_heard_in_a_call_is_so(called: list[tuple[Situation, list[Line]]]) -> None:
    false, pairs, held = set(), set(), 0
    for line in (line for _, heard in called for line in heard):
        pairs.add((line.key, str(line.truth.at)))
        for pattern, claim, found in claims_of(line.aloud):
            held += 1
            if not claim(line.truth, found):
                false.add(f"{line.truth.at}: {line.key}: {line.aloud!r} ({pattern})")
    print(f"{len(pairs):,} pairs of line and state, {held:,} claims in calls held to the state")
    assert len(pairs) > 1000
    assert false == set()


def test_every_line_of_a_call_about_a_state_claims_something(called: list[tuple[Situation, list[Line]]]) -> None:
    every = {line.key: line.aloud for _, heard in called for line in heard if not OF_ANOTHER.search(line.aloud)}
    loose = {
        key: words for key, words in every.items() if not any(claims_of(words)) and not HEARD_OF_NO_STATE.match(words)
    }
    assert loose == {}


def test_every_state_is_told_in_a_call(called: list[tuple[Situation, list[Line]]]) -> None:
    """Whoever asked for it, or has it in hand, hears of it by its number; a state without a line fails."""
    silent = [
        str(at)
        for at, heard in called
        if (_own(Truth(at, Turn(Session(ME)), at.need, ME)) or ME in at.need.takers)
        and not any(line.key.startswith(OF_STATES) and str(CODE) in line.aloud for line in heard)
    ]
    assert silent == []


OF_ANOTHER = re.compile(r"150|a ride, press")
OF_STATES = ("requests.", "hands.")
HEARD_OF_NO_STATE = re.compile(  # what keys there are, who we are, other things that can be done
    r"^(Eastside Mutual Aid|To ask for help|What do you need|What (do you want|would you like) to give"
    r"|Thank you\. What can|A person will look|That was all"
    r"|You offer 160|Is it gone|It is off the list|Type |For news by text|Thank you for helping|Whom do you want"
    r"|Can you help a neighbor|food|They said|If you could lend|All good\.)"
)


def test_every_line_about_a_state_claims_something(said: list[tuple[str, Situation, list[Line]]]) -> None:
    """Else nobody holds it to anything: a new line gets its claim above, or says nothing of a state."""
    every = {line.key: line.words for _, _, answered in said for line in answered}
    loose = {key: words for key, words in every.items() if not any(claims_of(words)) and not SAYS_NOTHING.match(words)}
    assert loose == {}


def test_every_state_has_a_line(said: list[tuple[str, Situation, list[Line]]]) -> None:
    """Whoever asks about a number, or writes to it, is answered."""
    silent = [f"{words!r} in {at}" for words, at, answered in said if not answered]
    assert silent == []


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_every_language_tells_the_states_apart(
    said: list[tuple[str, Situation, list[Line]]], called: list[tuple[Situation, list[Line]]], language: str
) -> None:
    """Which line is said does not depend on the language, so another one is as true as its words: two lines that differ
    in English differ there, and the numbers and names of the state stand in both."""
    prompts = {line.key: line.prompt for _, _, answered in said for line in answered}
    prompts |= {line.key: line.prompt for _, heard in called for line in heard}
    here = Catalogue(usual(languages()))
    for channel in ("text", "voice"):
        same: dict[tuple[str, str], str] = {}
        for key, prompt in prompts.items():
            english, theirs = _in(channel, key, "en"), _in(channel, key, language)
            assert same.setdefault((key.split(".")[0], theirs), english) == english, (key, theirs)
            for hole in HOLES:
                assert (hole in english) == (hole in theirs), (key, channel, hole)
            told = " ".join(text.render([prompt], language, here)) if channel == "text" else ""
            assert channel == "voice" or "{number}" not in theirs or str(prompt.values["number"]) in told, key


HOLES = ("{number}", "{have}", "{wanted}", "{name}", "{other}", "{names}", "{numbers}")  # what is said of a state


def _in(channel: str, key: str, language: str) -> str:
    flow, step = key.split(".")
    words = messages(language)[flow][step].get(channel, "")
    assert isinstance(words, str)
    return words
