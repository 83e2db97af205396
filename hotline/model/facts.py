"""Facts: all that a decision may rest on, read in the transaction that writes its outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from hotline.engine.plain import Plain, quick
from hotline.engine.session import Session
from hotline.model.calendar import HOUR
from hotline.model.calls import NO_RING, Ring, ToTell
from hotline.model.circles import Circle
from hotline.model.companions import Company
from hotline.model.daily_rings import DailyRing
from hotline.model.flags import Flag
from hotline.model.gatherings import Gathering, Guest
from hotline.model.gifts import Gift, GiftAsk
from hotline.model.line import EVERYTHING, Line
from hotline.model.loans import Away, Loan, Tool
from hotline.model.needs import Need
from hotline.model.people import Person, Volunteer
from hotline.model.recordings import Room, Spoken
from hotline.model.rounds import Part, Round
from hotline.model.rules import Group, SharingRules
from hotline.model.safety_rings import Safety


@dataclass(frozen=True)
class RelayedWords:
    """Words that one side of a need wrote to the other, or the team to the neighbor; `name` is the writer's."""

    need: int
    writer: str
    words: str
    name: str = ""
    at: float = 0.0


@dataclass(frozen=True)
class Past:
    """What a coordinator knows about a need besides: how many were asked, what was said lately, whether the
    neighbor gets texts. ``heard_last`` is the last text of the neighbor's, where it is asked for; ``silent`` is how
    many were asked and said nothing."""

    asked: int = 0
    said: tuple[RelayedWords, ...] = ()
    reads: bool = True
    heard_last: str = ""
    silent: int = 0


@quick
@dataclass(frozen=True)
class Offered:
    """What this community offers: names in the order of its file, never shown as they are; where its clock is, and what
    its telephone line can do."""

    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    approval: bool = False
    timezone: str = "UTC"
    asks_per_week: int = 5
    crisis: str = ""
    groups: tuple[Group, ...] = ()
    line: Line = EVERYTHING
    sharing: SharingRules = field(default_factory=SharingRules)

    @property
    def zone(self) -> tzinfo:
        """By which clock the days of what neighbors share are said, whoever hears them."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True)
class Directory(Plain):
    """Of the other groups, by name: which are ``open`` now and which ``shut``; of the rest nobody knows. ``checked``
    are the days on which a coordinator said that all is so, ``gone`` those of which one said that it is not."""

    open: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()
    checked: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


@quick
@dataclass(frozen=True)
class Mine(Plain):
    """What this person asked for, has in hand and gives.

    ``draft`` is the form at hand, ``asked_for`` their own needs that are not over, ``has_taken`` those they have in
    hand. ``finished`` are those they asked for or took that were done lately, newest first. ``volunteer`` is what they
    give, ``team_asks`` the need about which the team wrote to them last, in the last day, ``team_waits`` whether that
    was after what we asked last. ``held`` are the numbers of the needs about which words of theirs wait for a
    coordinator, ``answers`` those about which the other side wrote last, and nothing was offered since. ``talked`` is
    read for a yes alone: whether the sides of what they have under way wrote to each other since the last alert.
    ``let_go`` is what they gave back or finished just now. ``to_many_at`` is when a message to many went to them last,
    0 for none in the last days; ``to_many_unanswered`` whether they have said nothing since.
    ``endangered`` is whether they spoke of danger not long ago, read where they are asked whether something happened.
    ``unlooked`` is "danger" or "crisis" where no coordinator has looked yet at what they said of it, read where texts
    may end.
    """

    draft: Need | None = None
    asked_for: tuple[Need, ...] = ()
    has_taken: tuple[Need, ...] = ()
    finished: tuple[Need, ...] = ()
    volunteer: Volunteer | None = None
    team_asks: int = 0
    team_waits: bool = False
    held: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    talked: bool = False
    let_go: tuple[Need, ...] = ()
    to_many_at: float = 0.0
    to_many_unanswered: bool = False
    endangered: bool = False
    unlooked: str = ""


@dataclass(frozen=True)
class Asked(Plain):
    """What this person was asked to take: what is ``open`` still, newest first, and when they were asked last.

    ``settled`` is what they were asked last and somebody else has taken since. ``reserved`` are the numbers of those
    they named for which somebody else stands in reserve.
    """

    open: tuple[Need, ...] = ()
    asked_at: float = 0.0
    settled: Need | None = None
    reserved: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reachable(Plain):
    """Who on the other side of what is under way may be rung now (``awake``), and who may not (``asleep``).

    ``silent`` are those on the other side of what this person's words may be about who hear nothing from us: they
    ended texts and calls, or their number is not theirs any more, or cannot be called. ``by_call`` are those who are
    told by calls, and not by texts.

    ``opens_at`` is when people may be written to again, where it is night now; ``texts_held`` whether no text of ours
    goes out just now, read where somebody is told what happens next. ``nobody_gives`` is that there is nobody, there
    or near by, who gives what they are about to ask for.
    """

    opens_at: datetime | None = None
    awake: frozenset[str] = frozenset()
    asleep: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    by_call: frozenset[str] = frozenset()
    texts_held: bool = False
    nobody_gives: bool = False


@dataclass(frozen=True)
class Team(Plain):
    """What a coordinator's words are about: ``waiting`` is what nobody has taken, ``flags`` what waits for a person,
    the newest first.

    ``people`` are all who give, where a name was said (``name_said``) or somebody waits for a yes; ``past`` is what
    became of the need they named. ``reached_at`` is how each of those flagged is reached, a number or "" for none.
    ``needs_held`` and ``words_held`` are the codes of needs that are held for danger, and of those about which words
    are.
    ``night_ends`` is when the night that comes (or is) ends, UTC seconds; ``others_on_call`` whether somebody else of
    the team is rung when something cannot wait.
    """

    waiting: tuple[Need, ...] = ()
    flags: tuple[Flag, ...] = ()
    people: tuple[Volunteer, ...] = ()
    name_said: str = ""
    past: Past = Past()
    reached_at: Mapping[str, str] = field(default_factory=dict)
    needs_held: frozenset[str] = frozenset()
    words_held: frozenset[str] = frozenset()
    night_ends: float = 0.0
    others_on_call: bool = False


@dataclass(frozen=True)
class Shared(Plain):
    """What neighbors have to give. ``mine`` is what this person gives, ``draft`` what they are about to, ``to_answer``
    who asks them for it, ``waits`` what they asked for themself. ``there`` is what others give, their own area first;
    ``named`` the requests among ``to_answer`` that were named to them, by code. ``said`` and ``said_ask`` are those
    whose number was said.
    """

    mine: tuple[Gift, ...] = ()
    draft: Gift | None = None
    to_answer: tuple[GiftAsk, ...] = ()
    waits: tuple[GiftAsk, ...] = ()
    there: tuple[Gift, ...] = ()
    named: Mapping[str, GiftAsk] = field(default_factory=dict)
    said: Gift | None = None
    said_ask: GiftAsk | None = None

    def gift(self, code: str) -> Gift | None:
        """The one of that code among all that were read."""
        known = (*self.mine, *self.there, *((self.said,) if self.said else ()))
        return next((gift for gift in known if gift.code == code), None)

    def ask(self, code: str) -> GiftAsk | None:
        known = (*self.to_answer, *self.waits, *((self.said_ask,) if self.said_ask else ()))
        return next((ask for ask in known if code and ask.code == code), None)


@dataclass(frozen=True)
class Lent(Plain):
    """What neighbors lend. ``mine`` is what this person lends, ``draft`` what they are about to; ``borrowed`` are the
    loans that they asked for or have, ``to_others`` those of what is theirs. ``there`` is what others lend, their own
    area first, read where they may hear of it. ``said`` and ``said_loan`` are those whose number was said, ``talks``
    the requests that carry the words of loans under way."""

    mine: tuple[Tool, ...] = ()
    draft: Tool | None = None
    borrowed: tuple[Loan, ...] = ()
    to_others: tuple[Loan, ...] = ()
    there: tuple[Tool, ...] = ()
    said: Tool | None = None
    said_loan: Loan | None = None
    talks: tuple[Need, ...] = ()

    @property
    def loans(self) -> tuple[Loan, ...]:
        """All in which this person has a part."""
        return (*self.borrowed, *self.to_others)

    def tool(self, code: str) -> Tool | None:
        """The one of that code among all that were read."""
        known = (*self.mine, *self.there, *((self.said,) if self.said else ()))
        return next((tool for tool in known if code and tool.code == code), None)

    def of_tool(self, number: int) -> tuple[Loan, ...]:
        """This person's loans of one tool, what is away first."""
        found = [loan for loan in self.loans if loan.tool.number == number]
        return tuple(sorted(found, key=lambda loan: (not loan.state.away, loan.number)))


@dataclass(frozen=True)
class Hosted(Plain):
    """Days on which neighbors do something together. ``mine`` are those to which this person invites, ``draft`` the one
    that they are about to; ``guests`` are who comes to theirs or waits, ``comes_to`` where they go themself or wait.
    ``there`` is what others invite to, the next first, read where they may hear of it; ``said`` the one whose number
    was said. ``names`` are the first names of the guests. ``not_to`` are those, by row, whose host said no to them."""

    mine: tuple[Gathering, ...] = ()
    draft: Gathering | None = None
    guests: tuple[Guest, ...] = ()
    comes_to: tuple[Guest, ...] = ()
    there: tuple[Gathering, ...] = ()
    said: Gathering | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    not_to: frozenset[int] = frozenset()

    def gathering(self, code: str) -> Gathering | None:
        """The one of that code among all that were read."""
        theirs = (guest.gathering for guest in self.comes_to)
        known = (*self.mine, *theirs, *self.there, *((self.said,) if self.said else ()))
        return next((each for each in known if code and each.code == code), None)

    def my_place(self, code: str) -> Guest | None:
        """How this person stands with one."""
        return next((guest for guest in self.comes_to if code and guest.gathering.code == code), None)

    def guests_of(self, gathering: Gathering) -> tuple[Guest, ...]:
        return tuple(guest for guest in self.guests if guest.gathering.number == gathering.number)


@dataclass(frozen=True)
class Circled(Plain):
    """Circles in which each has a turn. ``mine`` are those in which this person is, ``draft`` the one that they are
    about to begin; ``said`` the one whose number was said. ``names`` are the first names of all in them."""

    mine: tuple[Circle, ...] = ()
    draft: Circle | None = None
    said: Circle | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def circle(self, code: str) -> Circle | None:
        """The one of that code among all that were read."""
        known = (*self.mine, *((self.said,) if self.said else ()))
        return next((each for each in known if code and each.code == code), None)


@dataclass(frozen=True)
class Listening(Plain):
    """The listening round. ``part`` is this person's, where one goes on; for a coordinator who is about to ask,
    ``latest`` is the last that began, and ``agreed`` how many agreed to be asked."""

    part: Part | None = None
    latest: Round | None = None
    agreed: int = 0


@dataclass(frozen=True)
class InCall(Plain):
    """What is known in a call alone; ``on`` is false for a text, ``theirs`` says that they have called us.

    ``ring`` is the call where it is one that we made, ``news`` what waits to be told in it, what matters most first
    (rows of this ``ring`` are being told just now), ``told`` what was heard in it. ``spoken`` is what the
    caller may hear of what was said aloud, ``room`` the coordinators' room, ``word`` what opens the request at hand
    from any other telephone. ``unheard`` says by its number what became of what this caller said aloud about a request,
    where we do not have the sound: "late" or "lost". ``written`` is what others wrote to a caller who hides the
    number, by the number of the request that this caller may hear of. ``team_need`` is the one about which somebody of
    the team, who is none of its sides, wants to talk to one of them; ``calls_back`` is to whom, where it is about none.
    ``out`` is what is lent just now, for whoever is in the coordinators' room; ``company`` is whom a volunteer is
    rung for, whose turn it is to ring them.
    """

    on: bool = False
    theirs: bool = False
    ring: Ring = NO_RING
    news: tuple[ToTell, ...] = ()
    told: tuple[ToTell, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    room: Room | None = None
    word: str = ""
    unheard: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    team_need: Need | None = None
    calls_back: str = ""
    out: tuple[Away, ...] = ()
    company: str = ""


@quick
@dataclass(frozen=True)
class Facts(Plain):
    """All that a decision may rest on, read in the transaction that writes its outcome.

    ``named`` are the needs whose number this person said; ``names`` the first names of those who are named in one of
    the needs; ``daily`` is their daily ring, where they asked for one, ``company`` who rings in one,
    ``together`` how many things were done here in a year, read where they may hear of it. Every other group says what
    it holds.
    """

    now: float
    offered: Offered
    me: Person
    mine: Mine = Mine()
    alerts: Asked = Asked()
    named: tuple[Need, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    reachable: Reachable = Reachable()
    team: Team = Team()
    call: InCall = InCall()
    shared: Shared = Shared()
    lent: Lent = Lent()
    hosted: Hosted = Hosted()
    circled: Circled = Circled()
    listening: Listening = Listening()
    directory: Directory = Directory()
    daily: DailyRing | None = None
    safety: Safety = field(default_factory=Safety)
    company: Company = field(default_factory=Company)
    together: int = 0

    def standing(self, session: Session) -> "Facts":
        """The same, but for where this person stands in the conversation."""
        return self.but(me=self.me.but(session=session))

    @property
    def in_call(self) -> bool:
        """Whether they call: then news is told one by one, since nobody can look back at it."""
        return self.call.on

    @property
    def heard_lately(self) -> bool:
        """Whether something else was heard from this number within the hour."""
        return self.me.recent > 0 and 0 <= self.now - self.me.recent_since < HOUR

    @property
    def in_progress(self) -> tuple[Need, ...]:
        """The needs that have another side to talk to: those in hand, and one's own that somebody has."""
        asked_for = (need for need in self.mine.asked_for if need.takers)
        return (*self.mine.has_taken, *asked_for, *self.lent.talks)

    def names_of(self, phones: Iterable[str]) -> str:
        """The first names of these people, as far as they are known."""
        return ", ".join(filter(None, (self.names.get(phone, "") for phone in phones)))

    def need(self, number: str) -> Need | None:
        """The need of that number among all that were read."""
        mine, alerts = self.mine, self.alerts
        own = (*mine.has_taken, *mine.asked_for, *self.lent.talks, *mine.finished)
        known = (*self.named, *alerts.open, *own, alerts.settled)
        return next((need for need in known if need and need.code == number), None)
