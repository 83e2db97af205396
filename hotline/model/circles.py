"""Rotating savings circles (tanda, susu, sol): who is in one, whose turn it is, and what both sides have said.

A calendar and a memory. What is put in stands in the circle's own words; nothing is counted, and no money is kept.
"""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from enum import StrEnum
from hashlib import sha256

from hotline.engine.plain import Plain
from hotline.model import calendar
from hotline.model.calendar import DAY

LONGEST_NAME, LONGEST_SHARE, LONGEST_RULE = 40, 40, 80  # letters: they stand in one text
FEWEST, MOST = 2, 30  # who are in one
SUGGESTED = 183  # days that one should last at most: people move, and lose work
NOON = time(12)
LOTS = (
    *("sun", "moon", "star", "rain", "river", "tree", "bread", "salt"),
    *("corn", "bird", "fish", "door", "hand", "stone", "boat", "song"),
)
"""The words of a draw. They are kept so, and each person hears them in their own language."""
WORDS_OF_A_DRAW = 4


class Beat(StrEnum):
    """How often somebody has a turn."""

    WEEK = "beat_week"
    TWO_WEEKS = "beat_two_weeks"
    MONTH = "beat_month"


class Cover(StrEnum):
    """The rule that the group chose: who covers if someone stops."""

    ALL = "covers_all"
    ORGANIZER = "covers_organizer"
    SMALLER = "covers_smaller"  # nobody: then a turn is smaller
    OWN = "covers_own"  # in their own words


class TurnOrder(StrEnum):
    """How the order of turns comes about."""

    LOT = "by_lot"
    AGREED = "by_agreement"  # as they joined; two may swap


class Deed(StrEnum):
    """What is on record, with its time."""

    PAID = "paid"
    RECEIVED = "received"
    NOT_RECEIVED = "not received"  # the circle rests from here on
    TAKEN_BACK = "taken back"  # the giver has not given it yet, after all
    PAID_AGAIN = "paid again"  # said twice, and refused
    TURN_AGAIN = "turn again"  # said by somebody who had their turn, or has it later, and refused
    DRAWN = "drawn"
    DRAWN_AGAIN = "drawn again"  # refused
    SWAPPED = "swapped"
    PUT_OFF = "put off"  # who organizes did not say that it begins


OF_A_SHARE = (Deed.PAID, Deed.RECEIVED, Deed.NOT_RECEIVED, Deed.TAKEN_BACK)


@dataclass(frozen=True)
class Mark(Plain):
    """Something on record: who did it (``by``) and with whom (``about``), both members' numbers, 0 for nobody."""

    turn: int
    by: int
    about: int
    deed: Deed
    at: float


@dataclass(frozen=True)
class Member(Plain):
    """Somebody in a circle. ``seat`` is their number in it, by which the draw knows them, ``place`` which turn is
    theirs, 0 for none. ``left_at`` is when all were told that they are not in it any more. ``newcomer`` is what they
    say of themselves."""

    number: int
    phone: str
    newcomer: bool = False
    seat: int = 0
    place: int = 0
    joined_at: float = 0.0
    left_at: float | None = None
    ended_at: float | None = None

    @property
    def is_in(self) -> bool:
        return self.left_at is None


@dataclass(frozen=True)
class Circle(Plain):
    """Neighbors put in together, and each has a turn. Times are UTC seconds; people are numbers in E.164.

    ``number`` is its row, ``code`` what people text for it. ``words`` is its name, ``share`` what each puts in, in
    words, ``rule`` the rule where ``cover`` is their own; each may be a recording, by the carrier's id. ``starts_at``
    is noon of the day of the first turn, ``turn`` the turn that is open (0: it has not begun), ``told`` how many of
    its steps were taken. ``seed`` are the words of the draw. ``swap_from`` and ``swap_to`` are the members who may
    swap turns, ``swap_agreed`` whether both want to. ``listed`` is false while its form is filled in.
    """

    number: int
    organizer: str
    code: str = ""
    words: str = ""
    recording: str = ""
    share: str = ""
    share_recording: str = ""
    cover: Cover = Cover.ALL
    rule: str = ""
    rule_recording: str = ""
    beat: Beat = Beat.MONTH
    order: TurnOrder = TurnOrder.LOT
    newcomers_last: bool = False
    starts_at: float = 0.0
    turn: int = 0
    told: int = 0
    seed: str = ""
    swap_from: int = 0
    swap_to: int = 0
    swap_agreed: bool = False
    created_at: float = 0.0
    listed: bool = True
    ended_at: float | None = None
    why: str = ""
    members: tuple[Member, ...] = ()
    marks: tuple[Mark, ...] = ()

    # --- Who.

    @property
    def live(self) -> bool:
        return self.ended_at is None

    @property
    def begun(self) -> bool:
        return self.turn > 0

    @property
    def forming(self) -> bool:
        return self.live and self.listed and not self.begun

    @property
    def running(self) -> bool:
        return self.live and self.begun

    def is_of(self, phone: str) -> bool:
        return bool(phone) and self.organizer == phone

    @property
    def present(self) -> tuple[Member, ...]:
        """Who is in it."""
        return tuple(each for each in self.members if each.is_in)

    def member(self, phone: str) -> Member | None:
        return next((each for each in self.present if phone and each.phone == phone), None)

    def numbered(self, number: int) -> Member | None:
        return next((each for each in self.members if each.number == number), None)

    # --- Turns.

    @property
    def in_order(self) -> tuple[Member, ...]:
        return tuple(sorted((each for each in self.members if each.place), key=lambda each: each.place))

    @property
    def turns(self) -> int:
        return max((each.place for each in self.members), default=0)

    def taker(self, turn: int = 0) -> Member | None:
        """Whose turn that is, or the one that is open."""
        return next((each for each in self.members if each.place and each.place == (turn or self.turn)), None)

    @property
    def had_a_turn(self) -> tuple[Member, ...]:
        """Whose turn is over, or has begun by what was given."""
        begun = {mark.turn for mark in self.marks if mark.deed in OF_A_SHARE}
        return tuple(each for each in self.in_order if each.place < self.turn or each.place in begun)

    def turn_at(self, turn: int, where: tzinfo | None) -> float:
        """Noon of the day of a turn (UTC seconds)."""
        first = calendar.today(self.starts_at, where)
        return calendar.at(after_beats(first, self.beat, turn - 1), NOON, where)

    def is_long(self, where: tzinfo | None) -> bool:
        """Whether it takes more than half a year with those who are in it."""
        return self.turn_at(len(self.present), where) - self.starts_at > SUGGESTED * DAY

    # --- Shares: what one gives for the turn of another. Nothing is counted but whether both said it.

    def share_of(self, giver: Member, turn: int) -> Mark | None:
        """The last word about it."""
        taker = self.taker(turn)
        if taker is None:
            return None
        both = {(giver.number, taker.number), (taker.number, giver.number)}
        about = (mark for mark in self.marks if mark.turn == turn and mark.deed in OF_A_SHARE)
        return next((mark for mark in reversed(tuple(about)) if (mark.by, mark.about) in both), None)

    def stands(self, giver: Member, turn: int) -> Deed | None:
        mark = self.share_of(giver, turn)
        return mark.deed if mark and mark.deed is not Deed.TAKEN_BACK else None

    def givers(self, turn: int) -> tuple[Member, ...]:
        """Who gives for that turn: all who are in it but the taker, who can say that it came."""
        taker = self.taker(turn)
        return tuple(each for each in self.present if each is not taker) if taker and taker.is_in else ()

    def unsaid(self, turn: int) -> tuple[Member, ...]:
        """Who has not said that they gave for it, nor did its taker say so."""
        return tuple(each for each in self.givers(turn) if self.stands(each, turn) is None)

    def unconfirmed(self, turn: int) -> tuple[Member, ...]:
        """Who said that they gave, and its taker has not said that it came."""
        return tuple(each for each in self.givers(turn) if self.stands(each, turn) is Deed.PAID)

    def missing(self, turn: int) -> tuple[Member, ...]:
        """Whose share both have not said yet."""
        return tuple(each for each in self.givers(turn) if self.stands(each, turn) is not Deed.RECEIVED)

    def open_turn_of(self, giver: Member) -> int:
        """The first turn for which they have not said yet that they gave; 0 for none."""
        turns = (turn for turn in range(1, min(self.turn, self.turns) + 1) if giver in self.unsaid(turn))
        return next(turns, 0)

    @property
    def dispute(self) -> tuple[int, Member, Member, Mark] | None:
        """(the turn, who gave, whose turn, the mark) where one says given and the other says not; the circle rests."""
        for turn in range(1, self.turn + 1):
            taker = self.taker(turn)
            for giver in self.givers(turn) if taker and taker.is_in else ():
                mark = self.share_of(giver, turn)
                if taker and mark and mark.deed is Deed.NOT_RECEIVED:
                    return turn, giver, taker, mark
        return None

    @property
    def rests(self) -> bool:
        return self.dispute is not None

    # --- Swaps.

    def is_ahead(self, member: Member) -> bool:
        """Whether nobody was told yet that their turn is now, so that it can be another's."""
        first = self.turn == 1 and self.told == 0 and member.place == 1 and member not in self.had_a_turn
        return member.is_in and (member.place > self.turn or first)

    @property
    def swap(self) -> tuple[Member, Member] | None:
        """The two who may swap, as long as both turns are ahead."""
        one, other = self.numbered(self.swap_from), self.numbered(self.swap_to)
        return (one, other) if one and other and self.is_ahead(one) and self.is_ahead(other) else None

    def asked_to_swap(self, phone: str) -> bool:
        """Whether a yes to the swap is this person's to say: first the other's, then that of who organizes."""
        if self.swap is None:
            return False
        return self.is_of(phone) if self.swap_agreed else self.swap[1].phone == phone and bool(phone)

    # --- What it is called.

    @property
    def called(self) -> str | tuple[str, ...]:
        return self.words or ("circle",)

    @property
    def share_said(self) -> str | tuple[str, ...]:
        return self.share or ("own_share",)

    @property
    def rule_said(self) -> str | tuple[str, ...]:
        return (self.rule or ("own_rule",)) if self.cover is Cover.OWN else (self.cover.value,)


# --- The order of turns.


def after_beats(first: date, beat: Beat, times: int) -> date:
    """The day so many beats after the first; of a month that is too short its last day."""
    if beat is not Beat.MONTH:
        return first + timedelta(days=times * (7 if beat is Beat.WEEK else 14))
    years, month = divmod(first.month - 1 + times, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, months.monthrange(year, month + 1)[1]))


def words_of(told: str) -> str:
    """The words of a draw, from what nobody chose: the moment at which it was made."""
    words = dict.fromkeys(LOTS[byte % len(LOTS)] for byte in sha256(told.encode()).digest())
    return " ".join(tuple(words)[:WORDS_OF_A_DRAW])


def lot(words: str, seat: int) -> str:
    """What the words give for one seat. Anybody can compute it again: SHA-256 of "sun moon star rain 3"."""
    return sha256(f"{words} {seat}".encode()).hexdigest()


def ordered(circle: Circle, words: str) -> tuple[Member, ...]:
    """The order of those who have a seat: by lot that which the words give, the smallest first, or else as they
    joined. Who is new stands behind all others where that was wished."""
    there = (each for each in circle.members if each.seat)

    def rank(each: Member) -> tuple[bool, str, int]:
        return circle.newcomers_last and each.newcomer, lot(words, each.seat) if words else "", each.seat

    return tuple(sorted(there, key=rank))


# --- Names of what is said, which have labels.

Names = Mapping[str, str]  # first names, by telephone number


def called(member: Member | None, names: Names) -> str:
    """The first name, or the number in the circle of somebody who only called, and has told no name."""
    if member is None:
        return "someone"
    return names.get(member.phone, "") or (f"seat_{member.seat}" if member.seat else "someone")


def day_of(circle: Circle, turn: int, where: tzinfo | None) -> tuple[str, ...]:
    """The name of the day of a turn."""
    return (calendar.today(circle.turn_at(max(1, turn), where), where).isoformat(),)


def lot_words(circle: Circle) -> tuple[str, ...]:
    """The words of its draw, as names."""
    return tuple(f"lot_{word}" for word in circle.seed.split())
