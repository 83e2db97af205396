"""People: whoever texts or calls, whoever gives, and how each is reached."""

import unicodedata
from dataclasses import dataclass

from hotline.engine.plain import Plain, quick
from hotline.engine.session import Session
from hotline.model import phone_numbers
from hotline.model.calendar import MINUTE
from hotline.model.rounds import Consent


def folded(name: str) -> str:
    """A name without regard to case and accents: "José" is "jose"."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


STILL_THINKING = 15 * MINUTE  # about the last question that we put


# What somebody has who shares nothing.
IS_TOLD = frozenset(("daily_rings", "ring_contacts", "ring_sign_ups", "broadcast_people"))


@quick
@dataclass(frozen=True)
class Person(Plain):
    """Whoever texts or calls. ``known`` is false until something was ever heard from this number.

    ``introduced`` is whether they ever read who we are, ``waits`` whether a coordinator has yet to say yes to them.
    ``recent`` counts what was heard from them since ``recent_since``, to cut off whoever never ends. ``calls`` is
    whether they want calls instead of texts; ``say_who`` and ``leave_word`` ("yes", "no", "" never asked) whether a
    call may say who we are to whoever picks up, and leave word where others hear it. ``abroad`` is whether the number
    is one of another country: they are answered, and never texted or rung. ``rung_instead`` says that the carrier's
    own STOP ended the texts, ``stop_asked`` that we asked whether they end and wait for the answer. ``disowned_at`` is
    since when somebody else says that this number is theirs, until a person has looked. ``has`` names
    the tables in which there is something of theirs that is not over: what they give, promised or wait for as a
    neighbor, a tool that is with somebody ("lent"), a daily ring, whom they look after, what went to many.
    ``invited`` is whether they were invited to give something of their own, ``listens`` whether they agreed to be asked
    in listening rounds.
    """

    phone: str
    session: Session
    known: bool = False
    name: str = ""
    area: str = ""
    volunteer: bool = False
    waits: bool = False
    coordinator: bool = False
    introduced: bool = False
    opted_out: bool = False
    can_text: bool = True
    calls: bool = False
    say_who: str = ""
    leave_word: str = ""
    asked_at: float = 0.0
    blocked: bool = False
    recent: int = 0
    recent_since: float = 0.0
    abroad: bool = False
    rung_instead: bool = False
    stop_asked: bool = False
    disowned_at: float | None = None
    has: frozenset[str] = frozenset()
    invited: bool = False
    listens: Consent = Consent.NEVER_ASKED

    @property
    def by_voice(self) -> bool:
        """Whether they are rung rather than texted."""
        return self.calls or self.rung_instead or not self.can_text

    @property
    def shares(self) -> bool:
        """Whether they have something to give as a neighbor or have promised some of it, wait for some, or have a tool
        with somebody."""
        return not self.has <= IS_TOLD

    @property
    def gives(self) -> bool:
        """Whether this person may take a need."""
        return self.volunteer or self.coordinator

    @property
    def shows_number(self) -> bool:
        """Whether they showed their number."""
        return phone_numbers.is_shown(self.phone)

    def is_answering(self, now: float) -> bool:
        """Whether they are likely to be answering a question of ours just now: theirs must stay the newest."""
        return self.session.waiting and now - self.asked_at < STILL_THINKING

    @property
    def has_number(self) -> bool:
        """Whether they can be reached where they text or call from."""
        return self.shows_number and not self.abroad


@quick
@dataclass(frozen=True)
class Reach:
    """How a person is reached, and when. ``gives`` is their status as a volunteer, "" for everyone else; the rest is as
    in `Person`."""

    language: str = ""
    can_text: bool = True
    opted_out_at: float | None = None
    blocked: bool = False
    heard_at: float = 0.0
    gives: str = ""
    hours: str = ""
    timezone: str = ""
    paused_until: float = 0.0
    calls: bool = False
    say_who: str = ""
    leave_word: str = ""
    no_calls_until: float = 0.0
    rung_instead: bool = False
    stop_asked: bool = False
    disowned_at: float | None = None
    introduced: bool = False

    @property
    def opted_out(self) -> bool:
        return self.opted_out_at is not None

    @property
    def by_voice(self) -> bool:
        """Whether they are rung rather than texted."""
        return self.calls or self.rung_instead or not self.can_text

    def is_answered(self, since: float) -> bool:
        """Whether they read an answer to what they wrote then: also to the word with which they ended the texts."""
        return not self.blocked and (self.opted_out_at is None or self.opted_out_at <= since)

    @property
    def may_be_reached(self) -> bool:
        """Whether they may be texted or rung: they did not opt out of both, and are not blocked."""
        return not ((self.opted_out and not self.rung_instead) or self.blocked)

    def is_told(self, *, own: bool) -> bool:
        """Whether news of a need reaches them. Who ended the texts at the carrier is rung about their own alone."""
        told = self.may_be_reached and (own or not self.opted_out)
        return told and self.disowned_at is None

    def may_be_asked(self, now: float) -> bool:
        """Whether they still give: no volunteer who left, waits for a yes, pauses, or thinks about ending the texts. A
        coordinator is always asked."""
        return not self.left_alone and self.gives in ("", "active") and self.paused_until <= now

    @property
    def left_alone(self) -> bool:
        """Whether nothing is sent to them that is not about their own: they ended texts, think about it, or the number
        is somebody else's."""
        return self.opted_out or self.stop_asked or self.disowned_at is not None


@dataclass(frozen=True)
class Volunteer:
    """Someone who gives. ``needs`` and ``areas`` are names from the community file.

    ``consent`` is how they said that they may be texted, "" where they signed up themselves. ``most_a_week`` is how
    often they wish to be asked at most (0: as the community says), ``hours`` when
    ("09:00-17:00", "" for any time that is not night), ``timezone`` where they live if not with the community.
    ``in_turn_at`` is since when they stand in the order of asking, ``comes_first`` that they are asked before others
    and waited for: they did it last time, or said yes too late. ``asks_lately`` is how many questions were put to them
    in the last 90 days and ``yeses_lately`` to how many they said yes, in time or too late: their record, which nobody
    is shown. ``tier`` is the group in which they stand for the need at hand, 0 for those who are asked before all
    others: speakers of its language before the rest, its area before those near by. ``was_silent`` is that they were
    asked about it before and said nothing.
    """

    phone: str
    name: str = ""
    needs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    language: str = ""
    status: str = "active"
    last_asked_at: float = 0.0
    asks_this_week: int = 0
    asked_before: bool = False
    consent: str = ""
    most_a_week: int = 0
    hours: str = ""
    timezone: str = ""
    paused_until: float = 0.0
    opted_out: bool = False
    in_turn_at: float = 0.0
    comes_first: bool = False
    asks_lately: int = 0
    yeses_lately: int = 0
    tier: int = 0
    was_silent: bool = False
