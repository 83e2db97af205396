"""Effects: everything a conversation may ask to be done, as plain data. inbound/apply_effects carries it out."""

from dataclasses import dataclass
from enum import StrEnum

from hotline.engine.session import Prompt
from hotline.model.calls import Ring
from hotline.model.circles import Beat, Cover, Deed, TurnOrder
from hotline.model.coordinator_effects import Order
from hotline.model.daily_rings import Came
from hotline.model.gatherings import Weather
from hotline.model.rounds import Consent


@dataclass(frozen=True)
class Draft:
    """A need begins with these words, even if nothing more is ever said."""

    words: str


@dataclass(frozen=True)
class Add:
    """More words for a draft, kept as they came."""

    number: int
    words: str


@dataclass(frozen=True)
class Record:
    """A draft becomes an open need, and people are asked."""

    number: int
    what: str
    area: str
    details: str
    recording: str = ""
    callback: str = ""
    urgent: bool = False
    every: str = ""
    wanted: int = 1
    due: str = ""


@dataclass(frozen=True)
class Enroll:
    """The caller becomes a volunteer, or changes what they give."""

    needs: tuple[str, ...]
    areas: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Invited:
    """The caller is invited to give something of their own, and never again."""


@dataclass(frozen=True)
class Listens:
    """Whether the caller agrees to be asked in listening rounds."""

    consent: Consent


@dataclass(frozen=True)
class BeginRound:
    """A coordinator asks everybody who agreed, from tomorrow on."""

    purpose: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class EndRound:
    """A coordinator says what came of the round that goes on: whoever answered hears it."""

    outcome: str


@dataclass(frozen=True)
class AnswerRound:
    """The caller's answer to the next question of a round; nothing at all passes it over."""

    words: str
    recording: str = ""


@dataclass(frozen=True)
class LeaveRound:
    """The caller is asked no more in this round."""


@dataclass(frozen=True)
class Pause:
    """The caller is asked about nothing until then, UTC seconds; a time that is past ends a pause."""

    until: float


@dataclass(frozen=True)
class KeepHours:
    """The caller is asked in these hours alone, "09:00-17:00"; "" is at any time that is not night."""

    hours: str


@dataclass(frozen=True)
class AskAtMost:
    """The caller is asked no more than so many times a week."""

    times: int


@dataclass(frozen=True)
class Accept:
    """The caller, whom others put on the list of volunteers, says yes to that."""


@dataclass(frozen=True)
class Leave:
    """The caller gives no longer."""


@dataclass(frozen=True)
class Take:
    """This volunteer has this need from now on."""

    number: int
    volunteer: str


@dataclass(frozen=True)
class Drop:
    """The caller gives this need back; the next people are asked at once."""

    number: int


@dataclass(frozen=True)
class MayNotCome:
    """The caller has this need and says that they cannot come. They are asked whether it goes back; if they say nothing
    more, a coordinator hears of it."""

    number: int


@dataclass(frozen=True)
class ComesAfterAll:
    """The caller has this need and keeps it."""

    number: int


@dataclass(frozen=True)
class Decline:
    """The caller cannot take this need; they are not asked about it again."""

    number: int


@dataclass(frozen=True)
class Done:
    """It happened."""

    number: int


@dataclass(frozen=True)
class Withdraw:
    """The neighbor does not need it any more."""

    number: int


@dataclass(frozen=True)
class Reserve:
    """The caller was too late for this need, and is asked first should it come free."""

    number: int


@dataclass(frozen=True)
class Happened:
    """The neighbor says that it happened; nobody is asked about it any more."""

    number: int


@dataclass(frozen=True)
class NotYet:
    """The neighbor says that it has not happened: it is in the taker's hands again."""

    number: int


@dataclass(frozen=True)
class StillNeeded:
    """The neighbor needs it still: it is open again, or goes on being open."""

    number: int


@dataclass(frozen=True)
class Amend:
    """What was asked for is changed: from now on it reads so."""

    number: int
    what: str
    area: str
    details: str
    recording: str = ""
    due: str = ""


@dataclass(frozen=True)
class Urgent:
    """It cannot wait: asked at any hour, in quick waves."""

    number: int


@dataclass(frozen=True)
class Weekly:
    """It comes again on this weekday, each week; "" is never again."""

    number: int
    weekday: str


@dataclass(frozen=True)
class Coming:
    """The caller comes at this time, UTC seconds: they are not reminded before it."""

    number: int
    at: float


@dataclass(frozen=True)
class Relay:
    """Words of the caller's for the other side of a need, which learns them under its number.

    ``recording`` is the carrier's id of words that were spoken. ``held`` is that they wait for a coordinator's word.
    """

    number: int
    words: str
    recording: str = ""
    held: bool = False


@dataclass(frozen=True)
class ReachBy:
    """How the caller is told news: by calls or by texts, and what a call may say; "" as it was."""

    calls: bool
    say_who: str = ""
    leave_word: str = ""


@dataclass(frozen=True)
class Rest:
    """The caller wants no more calls of ours today."""


@dataclass(frozen=True)
class Talk:
    """The caller is joined with the other side of a need: at once in a call, else they are rung for it. ``other`` is
    with which of its sides, where the caller is none of them: somebody of the team."""

    number: int
    other: str = ""


@dataclass(frozen=True)
class JoinGroup:
    """In a call: the caller is joined with another group, by its name."""

    name: str


@dataclass(frozen=True)
class GroupChecked:
    """A coordinator says whether what is told of another group is still so."""

    name: str
    still: bool


@dataclass(frozen=True)
class StandDown:
    """Everyone who was asked about this need and has not answered hears that it is settled, once.

    ``but`` is who knows already: by default the caller.
    """

    number: int
    prompt: Prompt
    but: str = ""


@dataclass(frozen=True)
class Tell:
    """A message to someone else, in their own language, by the way that reaches them."""

    party: str
    prompt: Prompt
    about: int = 0


@dataclass(frozen=True)
class Flag:
    """A person should look."""

    why: str
    words: str = ""
    about: int = 0
    recording: str = ""


@dataclass(frozen=True)
class Danger:
    """Somebody is (`level` "certain") or may be in danger: flagged, and coordinators are told at once.

    What the caller asked for under the number `about` goes to no volunteer before a coordinator says so.
    """

    level: str
    words: str
    about: int = 0


@dataclass(frozen=True)
class InDanger:
    """The caller says that it is so: what was possible is certain. `words` are what they say beside that."""

    words: str = ""


@dataclass(frozen=True)
class NoDanger:
    """The caller says that nobody is in danger: what was only possible is over, without any alarm."""

    words: str = ""


@dataclass(frozen=True)
class KeepVoice:
    """From now on a recording says this piece of what the hotline says in that language."""

    language: str
    piece: str
    words: str
    recording: str


@dataclass(frozen=True)
class Discard:
    """A recording is to be forgotten, here and at the carrier."""

    recording: str


@dataclass(frozen=True)
class KeepCall:
    """How far a call that we made has got."""

    ring: Ring


@dataclass(frozen=True)
class BeingTold:
    """A row of the outbox is being told in this call; until that is heard to its end, it is told anew in the next."""

    row: int
    ring: int


@dataclass(frozen=True)
class Told:
    """What was being told in this call has been heard."""

    ring: int


@dataclass(frozen=True)
class Untell:
    """A call begins: what was not told to its end in an earlier try is told from its beginning."""

    ring: int


@dataclass(frozen=True)
class OptOut:
    """Nothing is ever sent to the caller again, until they say so.

    Whoever is ``rung_instead`` ended the texts alone, at the carrier.
    """

    rung_instead: bool = False


@dataclass(frozen=True)
class HoldWaves:
    """Nobody else is asked about this need until a coordinator has looked, or the next morning."""

    number: int


@dataclass(frozen=True)
class Disown:
    """The caller has the number of somebody else: what is older is not shown to them until a person has looked."""


@dataclass(frozen=True)
class OptIn:
    """The caller may be written to again."""


@dataclass(frozen=True)
class BeginGift:
    """The caller has something to give; its form begins with these words."""

    words: str


@dataclass(frozen=True)
class ListGift:
    """The form of something to give is filled in: neighbors hear of it from now on. ``lasts`` are seconds, ``until`` is
    when it ends (UTC seconds)."""

    gift: int
    words: str
    what: str
    area: str
    until: float
    lasts: float
    standing: bool = False
    portions: int = 0
    inside: str = ""
    recording: str = ""


@dataclass(frozen=True)
class AskForGift:
    """The caller asks for it, and its giver hears so."""

    gift: int


@dataclass(frozen=True)
class PromiseGift:
    """The giver says yes to an ask: it is a request that they have from now on."""

    ask: int


@dataclass(frozen=True)
class RefuseGift:
    """Not to this person; nobody is told."""

    ask: int


@dataclass(frozen=True)
class TakeBackAsk:
    """Whoever asked does not want it any more."""

    ask: int


@dataclass(frozen=True)
class KeepGift:
    """It is still there: it lasts once more as long."""

    gift: int


@dataclass(frozen=True)
class EndGift:
    """It is gone; whoever had asked for it hears so at once."""

    gift: int


@dataclass(frozen=True)
class BeginTool:
    """The caller has something to lend; its form begins with these words."""

    words: str


@dataclass(frozen=True)
class ListTool:
    """The form of something to lend is filled in: neighbors may ask for it from now on."""

    tool: int
    words: str
    area: str
    days: int
    care: str = ""
    recording: str = ""
    care_recording: str = ""
    of_group: bool = False


@dataclass(frozen=True)
class Borrow:
    """The caller asks for a tool, and stands in line for it."""

    tool: int


class LoanStep(StrEnum):
    """What one side of a loan says."""

    PROMISED = "promised"  # the lender: they may have it
    REFUSED = "refused"  # the lender: not this person; nobody is told
    FETCHED = "fetched"
    KEPT = "kept"  # the borrower: for longer
    SOON = "soon"
    SOON_SAID = "soon_said"  # in words of their own, which go to the lender
    RETURNED = "returned"
    IS_BACK = "is_back"  # the lender
    NOT_BACK = "not_back"
    GIVEN_UP = "given_up"  # the borrower does not want it any more
    CALLED_OFF = "called_off"  # the lender: after all not


@dataclass(frozen=True)
class MoveLoan:
    """A loan goes on by a word of the caller's."""

    loan: int
    step: LoanStep


@dataclass(frozen=True)
class BreakTool:
    """It is in repair: who waits keeps the place."""

    tool: int


@dataclass(frozen=True)
class MendTool:
    """It can be lent again."""

    tool: int


@dataclass(frozen=True)
class EndTool:
    """It is lent no more."""

    tool: int


@dataclass(frozen=True)
class BeginGathering:
    """The caller invites; the form begins with these words."""

    words: str


@dataclass(frozen=True)
class ListGathering:
    """The form of a day together is filled in: neighbors hear of it from now on. Times are UTC seconds."""

    gathering: int
    words: str
    area: str
    starts_at: float
    place: str = ""
    places: int = 0
    weather: Weather = Weather.ANYWAY
    rain_at: float | None = None
    recording: str = ""
    place_recording: str = ""
    anyone: bool = False


@dataclass(frozen=True)
class Come:
    """The caller comes, with so many in all, or asks to; or waits for places. ``name`` is what the host reads, "" where
    it is known."""

    gathering: int
    people: int
    name: str = ""


@dataclass(frozen=True)
class DoNotCome:
    """The caller does not come; who waits may have the places."""

    gathering: int


@dataclass(frozen=True)
class AnswerGuest:
    """Its host says that one who asks may come, or turns away one of the guests (a row)."""

    gathering: int
    guest: int
    yes: bool


@dataclass(frozen=True)
class CallOff:
    """Its host says that it is off; all who come or wait hear so at once."""

    gathering: int


@dataclass(frozen=True)
class Postpone:
    """Its host says that it is on its other day; all who come or wait hear so."""

    gathering: int


@dataclass(frozen=True)
class TellGuests:
    """Words of its host for all who come, or of one who comes for its host."""

    gathering: int
    words: str


@dataclass(frozen=True)
class RingDaily:
    """The caller is rung each day, when the clocks there show that hour: "08:30"."""

    hour: str


@dataclass(frozen=True)
class NoRingUntil:
    """The caller is away until then, UTC seconds; 0: not any more."""

    until: float


@dataclass(frozen=True)
class IsWell:
    """The caller was heard: their daily ring has come to that, or need not be made."""

    came: Came


@dataclass(frozen=True)
class EndDailyRing:
    """Nobody rings the caller each day any more."""


@dataclass(frozen=True)
class BeginsSafety:
    """The caller is being asked what a safety ring at that hour needs ("" for the hour of theirs): while that is not
    finished they are reminded. ``agreed`` is that only names are missing."""

    hour: str
    agreed: bool = False


@dataclass(frozen=True)
class FinishesSafety:
    """The caller has answered all that, or does not want it."""


@dataclass(frozen=True)
class RingsNeighbors:
    """The caller, a volunteer, would ring somebody each day, on so many days a week at most."""

    most: int


@dataclass(frozen=True)
class RingsNobody:
    """The caller, a volunteer, rings nobody any more."""


@dataclass(frozen=True)
class WantsCompany:
    """Whether the caller, who is rung each day, wants a volunteer to ring them; with a yes, which one, and what they
    call themself, where they said it just now."""

    consent: Consent
    volunteer: str = ""
    name: str = ""


@dataclass(frozen=True)
class OnlyMachine:
    """The caller wants to be rung by the machine alone."""


@dataclass(frozen=True)
class NotToday:
    """The caller, a volunteer, does not ring today: the machine does."""


@dataclass(frozen=True)
class NameContacts:
    """Those with these numbers, as they were typed, are asked whether they look after the caller in an alarm. `name` is
    what they call themself, where they said it just now."""

    numbers: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class DropContact:
    """The caller does not want to be looked after by this one any more."""

    contact: str


@dataclass(frozen=True)
class OnlyForCompany:
    """Nobody is alarmed any more where the caller does not answer."""


@dataclass(frozen=True)
class LooksAfter:
    """The caller agrees to be asked in an alarm about that person, or does not, or not any more."""

    person: str
    agreed: bool


@dataclass(frozen=True)
class GoesAndLooks:
    """The caller goes and looks after that person, about whom there is an alarm."""

    person: str


@dataclass(frozen=True)
class CannotLook:
    """The caller can not, or not any more: the next one is asked."""

    person: str


@dataclass(frozen=True)
class FoundWell:
    """The caller says that this person is well: the alarm is over."""

    person: str


@dataclass(frozen=True)
class BeginCircle:
    """The caller begins a circle; the form begins with these words."""

    words: str


@dataclass(frozen=True)
class ListCircle:
    """The form of a circle is filled in: others may join. Who organizes is in it. Times are UTC seconds."""

    circle: int
    words: str
    share: str
    cover: Cover
    rule: str
    beat: Beat
    order: TurnOrder
    newcomers_last: bool
    starts_at: float
    name: str = ""
    recording: str = ""
    share_recording: str = ""
    rule_recording: str = ""


@dataclass(frozen=True)
class JoinCircle:
    """The caller is in, having heard the rule. ``name`` is what the others call them, "" where it is known."""

    circle: int
    newcomer: bool = False
    name: str = ""


@dataclass(frozen=True)
class StartCircle:
    """Who organizes says that it begins."""

    circle: int


@dataclass(frozen=True)
class GaveShare:
    """The caller says that they gave for the turn of another; or, ``not_yet``, that they have not after all."""

    circle: int
    not_yet: bool = False


@dataclass(frozen=True)
class GotShares:
    """Whose turn it is says from which members it came; or, ``missing``, that it did not come from this one."""

    circle: int
    givers: tuple[int, ...]
    missing: bool = False


@dataclass(frozen=True)
class AskToSwap:
    """The caller would like the turn of this member, who then has theirs."""

    circle: int
    member: int


@dataclass(frozen=True)
class AnswerSwap:
    """A yes, or a no, to the swap that was asked for."""

    circle: int
    yes: bool


@dataclass(frozen=True)
class LeaveCircle:
    """The caller is not in it any more; where they organize it, it is over."""

    circle: int


@dataclass(frozen=True)
class RefusedInCircle:
    """What was said twice, or is somebody else's to say: it changes nothing, and is on record."""

    circle: int
    deed: Deed


@dataclass(frozen=True)
class LeaveSharing:
    """The caller is reached no more: what they have to give is over, and so is what they asked for."""


Effect = (
    Draft
    | Add
    | Record
    | Enroll
    | Invited
    | Listens
    | BeginRound
    | EndRound
    | AnswerRound
    | LeaveRound
    | Pause
    | KeepHours
    | AskAtMost
    | Accept
    | Leave
    | Take
    | Drop
    | MayNotCome
    | ComesAfterAll
    | Decline
    | Done
    | Withdraw
    | Reserve
    | Happened
    | NotYet
    | StillNeeded
    | Amend
    | Urgent
    | Weekly
    | Coming
    | Relay
    | ReachBy
    | Rest
    | Talk
    | JoinGroup
    | GroupChecked
    | StandDown
    | Tell
    | Flag
    | Danger
    | InDanger
    | NoDanger
    | KeepVoice
    | Discard
    | KeepCall
    | BeingTold
    | Told
    | Untell
    | OptOut
    | HoldWaves
    | Disown
    | OptIn
    | BeginGift
    | ListGift
    | AskForGift
    | PromiseGift
    | RefuseGift
    | TakeBackAsk
    | KeepGift
    | EndGift
    | BeginTool
    | ListTool
    | Borrow
    | MoveLoan
    | BreakTool
    | MendTool
    | EndTool
    | BeginGathering
    | ListGathering
    | Come
    | DoNotCome
    | AnswerGuest
    | CallOff
    | Postpone
    | TellGuests
    | RingDaily
    | NoRingUntil
    | IsWell
    | EndDailyRing
    | RingsNeighbors
    | RingsNobody
    | WantsCompany
    | OnlyMachine
    | NotToday
    | NameContacts
    | DropContact
    | OnlyForCompany
    | BeginsSafety
    | FinishesSafety
    | LooksAfter
    | GoesAndLooks
    | CannotLook
    | FoundWell
    | BeginCircle
    | ListCircle
    | JoinCircle
    | StartCircle
    | GaveShare
    | GotShares
    | AskToSwap
    | AnswerSwap
    | LeaveCircle
    | RefusedInCircle
    | LeaveSharing
    | Order
)
