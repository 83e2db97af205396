"""Account checks: what the carrier's account lacks. Pure: from what was read of it to what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from hotline.carriers.account import Account, Entrance, Hook
from hotline.carriers.error_codes import explained
from hotline.doctor.findings import Finding, found

LITTLE, NOTHING = 14.0, 0.5  # days that the money should last; money with which nothing can be bought
CLOCK_OFF = 120.0  # seconds
MANY = 3  # texts a day that one person with a strange number does not make


@dataclass(frozen=True)
class Wanted:
    """How it should stand. ``texts``, ``calls`` and ``ends`` are our own addresses, ``people`` the coordinators by
    number."""

    number: str
    country: str
    texts: str
    calls: str
    ends: str
    people: dict[str, str]


def judge(account: Account, wanted: Wanted, now: float) -> Iterator[Finding]:
    """Everything that is wrong with it."""
    if account.status != "active":
        yield found("closed", status=account.status)
        return
    yield from _trial(account, wanted)
    yield from _money(account)
    yield from _senders(account, wanted)
    for line in account.entrances:
        yield from _line(line, wanted)
    yield from _registration(account)
    yield from _last_day(account)
    if account.calls_home is False:
        yield found("country_shut", country=wanted.country)
    if account.clock is not None and abs(account.clock - now) > CLOCK_OFF:
        yield found("clock", minutes=f"{abs(account.clock - now) / 60:.0f}")


def _trial(account: Account, wanted: Wanted) -> Iterator[Finding]:
    if not account.trial:
        return
    yield found("trial")
    unknown = [name for phone, name in wanted.people.items() if phone not in (account.confirmed or ())]
    if account.confirmed is not None and unknown:
        yield found("unverified", who=", ".join(unknown))


def _money(account: Account) -> Iterator[Finding]:
    if account.balance is None:
        return
    balance = f"{account.balance:.2f} {account.currency}".strip()
    if account.balance <= NOTHING:
        yield found("no_money", balance=balance)
    elif account.spent_a_day and account.balance / account.spent_a_day < LITTLE:
        yield found("money_ends", balance=balance, days=f"{account.balance / account.spent_a_day:.0f}")


def _senders(account: Account, wanted: Wanted) -> Iterator[Finding]:
    if account.has_number is False:
        yield found("number_unknown", number=wanted.number)
    if account.has_service is False:
        yield found("service_unknown")
    elif account.pooled is False:
        yield found("service_empty", number=wanted.number)


def _line(line: Entrance, wanted: Wanted) -> Iterator[Finding]:
    if not line.can_text:
        yield found("no_texts", number=wanted.number)
    elif line.texts is not None:
        yield from _hook("text", line.name, line.texts, wanted.texts)
    if not line.can_call:
        yield found("no_calls", number=wanted.number)
    elif line.calls is not None:
        yield from _hook("voice", line.name, line.calls, wanted.calls)
    if line.can_call and line.ends is not None and _plain(line.ends) != wanted.ends:
        yield found("ends_elsewhere", where=line.name, there=_plain(line.ends) or "nobody", right=wanted.ends)


def _plain(hook: Hook) -> str:
    """The carrier's own instructions may stand behind the address, after a `#`."""
    return hook.url.split("#")[0]


def _hook(kind: str, where: str, hook: Hook, right: str) -> Iterator[Finding]:
    there = _plain(hook)
    if not there:
        yield found(f"{kind}_hook_missing", where=where)
        return
    if there != right:
        yield found(f"{kind}_hook_elsewhere", where=where, there=there, right=right)
    elif hook.method.upper() != "POST":
        yield found(f"{kind}_hook_method", where=where, method=hook.method.upper())
    if not hook.fallback:
        yield found("no_fallback", where=where, what="texts" if kind == "text" else "calls")


def _registration(account: Account) -> Iterator[Finding]:
    match account.registration:
        case "missing":
            yield found("registration_missing")
        case "waiting":
            yield found("registration_waits", status=account.registration_says)
        case "failed":
            yield found("registration_failed", status=account.registration_says)


def _last_day(account: Account) -> Iterator[Finding]:
    for each in account.refused:
        if each.why == "registration":
            yield found("texts_unregistered", many=each.many, code=each.code)
        elif each.why == "filtered":
            yield found("texts_filtered", many=each.many, code=each.code)
        elif each.many >= MANY:
            yield found("texts_refused", many=each.many, code=each.code, meaning=explained(each.code))
    for each in account.unbrought:
        yield found("webhooks_fail", many=each.many, code=each.code, meaning=explained(each.code))
