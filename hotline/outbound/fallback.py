"""Fallback: why something is not said any more, until when it waits, how else it is told, and who hears that it failed.

The reasons are kept with the rows of the outbox.
"""

from hotline.dispatch.quiet_hours import free_at, is_awake, wakes_at
from hotline.engine.session import Prompt, Values
from hotline.model import phone_numbers
from hotline.model.calendar import HOUR
from hotline.model.loans import State
from hotline.model.needs import Need, Status
from hotline.model.outgoing import ALERT, ANSWER, NEWS, NO_CALL, Outgoing
from hotline.model.people import Reach
from hotline.model.rules import Rules
from hotline.outbound import callback_number
from hotline.storage import Transaction

TOO_LATE, NOT_ASKED, ASLEEP, SETTLED = "too late", "not asked any more", "asleep", "settled meanwhile"
NEVER_PUT = (TOO_LATE, NOT_ASKED, ASLEEP, SETTLED)  # a question dropped for one of these was never asked
NOT_TOLD = "not_told"
ASKED_BY_RINGING = "asked in a call of its own"
STANDS = {  # what a reminder is about, by its name: where that is not so any more, it is not said
    **dict.fromkeys(("news.loan_due", "news.loan_due_waited_for", "news.loan_still"), State.OUT),
    "news.loan_fetch": State.FETCH,
    "news.loan_is_it_back": State.BACK,
}
AHEAD = frozenset(  # what is said before a day together: where that is off, moved or past, it is not said
    (
        *("news.day_tomorrow", "news.day_host_tomorrow", "news.day_nobody", "news.day_room", "news.day_moved"),
        *("news.day_asks", "news.day_more"),
    )
)
OF_A_TURN = frozenset(  # what is said about a turn of a circle: where it is said already, or they left, it is not said
    ("news.circle_turn", "news.circle_yours", "news.circle_missing", "news.circle_look", "news.circle_silent")
)
OF_SAFETY = ("alarm.", "contact.")  # how the names of questions begin that a call puts by itself
STILL_UP = HOUR  # somebody who wrote or called so lately is not woken by news
ONLY_BESIDE_OTHERS = frozenset(("news.settled",))  # nobody is rung for these: they are told when there is a call anyway


def drop_reason(row: Outgoing, need: Need | None, reach: Reach, country: str, now: float) -> str:
    """Why a row is not said any more, "" where it is. `need` is the one that the row is about."""
    reason = out_of_date(row, need, country, now)
    if row.priority == ANSWER and reach.is_answered(row.created_at):
        return reason
    if not reason and not reach.may_be_reached:
        reason = "opted out" if reach.opted_out else "blocked"
    own = (need and need.is_own(row.party)) or row.is_about_an_offer
    if not reason and reach.opted_out and not own:
        reason = "opted out"  # whoever ended the texts at the carrier is rung about what is their own alone
    if not reason and ((row.is_question and not reach.may_be_asked(now)) or (row.is_to_many and reach.left_alone)):
        reason = NOT_ASKED
    if not reason and need and reach.disowned_at is not None and need.created_at < reach.disowned_at:
        reason = "somebody else's number"
    return reason


def out_of_date(row: Outgoing, need: Need | None, country: str, now: float) -> str:
    """Why a row says nothing any more to anybody, "" where it does."""
    if row.expires_at is not None and row.expires_at <= now:
        return TOO_LATE
    if not phone_numbers.is_of(row.party, country) and not (
        need and callback_number.number_about(need, row.party, country)
    ):
        return "another country"
    if row.is_question and not (need and need.status is Status.OPEN and not need.held):
        return SETTLED
    return ""


def says_what_was(tx: Transaction, row: Outgoing, need: Need | None) -> str:
    """Why news of a loan, a day together, a circle or a daily ring is not said any more: it stands otherwise by now, ""
    where it does not. Nobody is reminded of what is back, or off."""
    if row.prompts and row.prompts[0].key in AHEAD:
        return "" if _is_ahead(tx, row) else SETTLED
    if row.prompts and row.prompts[0].key == "news.company_yes":
        each = tx.companions.of(row.party)
        return "" if each and each.other else SETTLED
    if row.prompts and row.prompts[0].key in OF_A_TURN:
        return "" if _is_open(tx, row) else SETTLED
    about = STANDS.get(row.prompts[0].key) if row.prompts and need and need.loan else None
    loan = tx.loans.get(need.loan) if about and need else None
    return SETTLED if loan and loan.state is not about else ""


def _is_ahead(tx: Transaction, row: Outgoing) -> bool:
    """Whether it takes place when that was said, and who is told still goes there, or invites to it."""
    values = row.prompts[0].values
    gathering = tx.gatherings.of_code(int(str(values["number"])))
    if gathering is None or not gathering.live or str(gathering.starts_at) != values["starts"]:
        return False
    guests = tx.gatherings.guests(gathering.number)
    if row.prompts[0].key == "news.day_asks":
        return any(guest.asks and str(guest.seat) == values["have"] for guest in guests)
    return gathering.is_of(row.party) or any(guest.guest == row.party for guest in guests)


def _is_open(tx: Transaction, row: Outgoing) -> bool:
    """Whether something of that turn is still to be said, and by them where they are asked for it."""
    key, values = row.prompts[0].key, row.prompts[0].values
    circle, turn = tx.circles.of_code(int(str(values["number"]))), int(str(values["times"]))
    member = circle.member(row.party) if circle and circle.running and not circle.rests else None
    if circle is None or member is None:
        return False
    asks = key in ("news.circle_turn", "news.circle_missing")
    return member in circle.unsaid(turn) if asks else bool(circle.missing(turn))


def is_asked_in_the_call(row: Outgoing) -> bool:
    """Whether it is a question that whoever is rung is asked anyway, as it stands then."""
    return any(prompt.key.startswith(OF_SAFETY) for prompt in row.prompts)


def would_wake(row: Outgoing, need: Need | None, reach: Reach, rules: Rules, now: float) -> bool:
    """Whether this text asks somebody who sleeps: it is not put, and they may be asked again."""
    urgent = need is not None and need.urgent
    asleep = not is_awake(reach.hours, reach.timezone, urgent, rules, now)
    return row.is_question and row.has_number and not row.any_hour and asleep


def hold_until(row: Outgoing, need: Need | None, reach: Reach, rules: Rules, now: float) -> float | None:
    """The morning (UTC seconds) until which a text with news waits; None for what goes now."""
    if row.is_to_many:
        at = free_for_many(reach, rules, now)
        return at if at > now else None
    if row.priority != NEWS or not row.has_number or cannot_wait(row, need) or now - reach.heard_at < STILL_UP:
        return None
    morning = wakes_at(rules, now, reach.timezone)
    return morning if morning > now else None


def free_for_many(reach: Reach, rules: Rules, now: float) -> float:
    """When a text that goes to many may go to one of them (UTC seconds)."""
    return now if now - reach.heard_at < STILL_UP else free_at(reach.hours, reach.timezone, rules, now)


def cannot_wait(row: Outgoing, need: Need | None) -> bool:
    """Whether somebody is woken for it."""
    return row.any_hour or (need is not None and need.urgent)


def is_worth_a_call(row: Outgoing) -> bool:
    """Whether somebody is rung for it."""
    return not all(prompt.key in ONLY_BESIDE_OTHERS or NO_CALL in prompt.values for prompt in row.prompts)


def forget_question(tx: Transaction, row: Outgoing, reason: str) -> None:
    """A question that was dropped before it was put counts for nothing: they may be asked again."""
    if row.priority == ALERT and reason in NEVER_PUT:
        tx.alerts.withdraw(row.about, row.party, row.created_at)


def by_voice(tx: Transaction, row: Outgoing, need: Need | None, reason: str, rules: Rules, now: float) -> None:
    """It waits for a call, which is made at once by day, and in the morning by night."""
    tx.outbox.settle(row, "to_ring", now, reason=reason)
    if is_worth_a_call(row):
        tx.calls.want(row.party, now if cannot_wait(row, need) else wakes_at(rules, now), now)


def set_aside(tx: Transaction, row: Outgoing, reason: str, now: float) -> None:
    """A dead letter: it is kept, shown, and can be sent again."""
    tx.outbox.settle(row, "failed", now, reason=reason)
    somebody_knows(tx, row, reason, now)


def somebody_knows(tx: Transaction, row: Outgoing, reason: str, now: float) -> None:
    """Somebody waits for news, so a person looks, and the person who wrote it hears that it did not arrive."""
    tell_the_writer(tx, row, now)
    if row.priority < ALERT:
        tx.flags.add_once(NOT_TOLD, row.party, reason, row.about, now)


def tell_the_writer(tx: Transaction, row: Outgoing, now: float) -> None:
    """Words to the other side of a need did not arrive, and their writer hears it."""
    said = tx.relays.writer_of(row.id)
    if said:
        told: Values = {"number": tx.needs.code_of(said.need), "details": said.words}
        tx.outbox.put(said.writer, [Prompt("news.words_failed", values=told)], said.need, NEWS, now)


def need_of(tx: Transaction, row: Outgoing) -> Need | None:
    """The need that a row is about."""
    return tx.needs.get(row.about) if row.about else None


def hears_when_they_call(need: Need, phone: str, country: str) -> bool:
    """Whether this side of a need called from a hidden number and left none: with their word they hear what waits."""
    return need.is_of(phone) and not (
        phone_numbers.is_shown(phone) or callback_number.number_about(need, phone, country)
    )


def how_told(tx: Transaction, need: Need, phone: str, country: str) -> str:
    """How one side of a need is told news of it: "" in texts, "by_call", or "silent" where nothing reaches them."""
    reach = tx.people.reach(phone)
    if not (reach.is_told(own=need.is_own(phone)) and callback_number.number_about(need, phone, country)):
        return "silent"
    return "by_call" if reach.by_voice or not phone_numbers.is_shown(phone) else ""
