"""Twilio account: reads how it stands from the provider's pages, each by itself: one that is not there says nothing.

Addresses and fields as the provider's API reference has them: api 2010-04-01 (accounts, balance, numbers, usage),
messaging v1 (services, compliance), voice v1 (dialing permissions), monitor v1 (alerts).
"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from hotline.carriers.account import Account, Entrance, Failed, Hook
from hotline.carriers.api import CarrierError
from hotline.model.calendar import DAY

Page = Mapping[str, Any]
Ask = Callable[[str, Mapping[str, str]], Awaitable[str]]
"""Asks for one address with those parameters; the words that come back. Raises CarrierError."""

UNREGISTERED, FILTERED = frozenset(("30032", "30034")), frozenset(("30007",))
APPROVED, REFUSED = frozenset(("VERIFIED", "TWILIO_APPROVED")), frozenset(("FAILED", "TWILIO_REJECTED", "SUSPENDED"))
TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
WEEK = 7
MOST_SERVICES = 20  # of other services that may hold our number


@dataclass(frozen=True)
class Hosts:
    """Where the provider's APIs live, each without a slash at its end."""

    api: str
    messaging: str
    voice: str
    monitor: str


class AccountReader:
    """Reads one account. `number` and `service` are those of the settings, "" for none."""

    def __init__(self, ask: Ask, hosts: Hosts, account: str, number: str, service: str, country: str) -> None:
        self._ask, self._hosts = ask, hosts
        self._own = f"{hosts.api}/2010-04-01/Accounts/{account}"
        self._number, self._service, self._country = number, service, country

    async def read(self, now: float) -> Account:
        """How it stands. Raises CarrierError when the account itself cannot be read."""
        of = json.loads(await self._ask(f"{self._own}.json", {}))
        balance = await self._page(f"{self._own}/Balance.json")
        found = await self._numbers()
        service = await self._page(f"{self._hosts.messaging}/v1/Services/{self._service}") if self._service else None
        registered, says = await self._registration(found)
        return Account(
            status=str(of.get("status", "active")),
            trial=str(of.get("type", "")).lower() == "trial",
            confirmed=await self._confirmed(),
            balance=_number(balance.get("balance")) if balance else None,
            currency=str(balance.get("currency", "")) if balance else "",
            spent_a_day=await self._spent_a_day(now),
            has_number=None if found is None or not self._number else bool(found),
            has_service=None if not self._service or service is None else bool(service),
            pooled=await self._pooled() if service and self._number else None,
            entrances=tuple(_entrances(found or (), service or {})),
            registration=registered,
            registration_says=says,
            refused=await self._refused(now),
            unbrought=await self._unbrought(now),
            calls_home=await self._calls_home(),
        )

    async def _page(self, url: str, wanted: Mapping[str, str] | None = None) -> Page | None:
        """One page; {} where the account has no such thing, None where nobody knows."""
        try:
            told = json.loads(await self._ask(url, wanted or {}))
        except CarrierError as error:
            return {} if error.code in ("20404", "404") else None
        except ValueError:
            return None
        return told if isinstance(told, dict) else None

    async def _listed(self, url: str, name: str, wanted: Mapping[str, str] | None = None) -> list[Page] | None:
        page = await self._page(url, wanted)
        return None if page is None or name not in page else [each for each in page[name] if isinstance(each, dict)]

    async def _numbers(self) -> list[Page] | None:
        name = "incoming_phone_numbers"
        return await self._listed(f"{self._own}/IncomingPhoneNumbers.json", name, {"PhoneNumber": self._number})

    async def _confirmed(self) -> frozenset[str] | None:
        listed = await self._listed(f"{self._own}/OutgoingCallerIds.json", "outgoing_caller_ids")
        return None if listed is None else frozenset(str(each.get("phone_number")) for each in listed)

    async def _spent_a_day(self, now: float) -> float | None:
        url, wanted = f"{self._own}/Usage/Records/Daily.json", {"Category": "totalprice", "StartDate": _day(now, WEEK)}
        listed = await self._listed(url, "usage_records", wanted)
        return None if listed is None else sum(abs(_number(each.get("price")) or 0.0) for each in listed) / WEEK

    async def _pooled(self) -> bool | None:
        held = await self._held_by(self._service)
        return None if held is None else self._number in held

    async def _held_by(self, service: str) -> frozenset[str] | None:
        listed = await self._listed(f"{self._hosts.messaging}/v1/Services/{service}/PhoneNumbers", "phone_numbers")
        return None if listed is None else frozenset(str(each.get("phone_number")) for each in listed)

    async def _registration(self, found: list[Page] | None) -> tuple[str | None, str]:
        """Whether networks in the US carry its texts; nobody else asks for that."""
        if self._country not in ("US", "CA") or not found:
            return None, ""
        if self._number[2:5] in TOLL_FREE:
            url, name = f"{self._hosts.messaging}/v1/Tollfree/Verifications", "verifications"
            of = await self._listed(url, name, {"TollfreePhoneNumberSid": str(found[0].get("sid"))})
        else:
            service = self._service or await self._service_of_number()
            if service is None:
                return None, ""
            url = f"{self._hosts.messaging}/v1/Services/{service}/Compliance/Usa2p"
            of = await self._listed(url, "compliance") if service else []
        return _standing(of)

    async def _service_of_number(self) -> str | None:
        """The service that holds our number; "" for none, None where nobody knows."""
        services = await self._listed(f"{self._hosts.messaging}/v1/Services", "services")
        for each in services[:MOST_SERVICES] if services else ():
            if self._number in (await self._held_by(str(each.get("sid"))) or ()):
                return str(each.get("sid"))
        return None if services is None else ""

    async def _refused(self, now: float) -> tuple[Failed, ...]:
        wanted = {"From": self._number, "DateSent>": _day(now, 1), "PageSize": "1000"}
        listed = await self._listed(f"{self._own}/Messages.json", "messages", wanted)
        return _counted(str(each["error_code"]) for each in listed or () if each.get("error_code"))

    async def _unbrought(self, now: float) -> tuple[Failed, ...]:
        url, wanted = f"{self._hosts.monitor}/v1/Alerts", {"LogLevel": "error", "StartDate": _day(now, 1)}
        listed = await self._listed(url, "alerts", wanted)
        return _counted(
            str(each["error_code"]) for each in listed or () if str(each.get("error_code"))[:2] in ("11", "12")
        )

    async def _calls_home(self) -> bool | None:
        page = await self._page(f"{self._hosts.voice}/v1/DialingPermissions/Countries/{self._country}")
        return None if not page else bool(page.get("low_risk_numbers_enabled", True))


def _entrances(numbers: Iterable[Page], service: Page) -> Iterable[Entrance]:
    """A service that has an address of its own stands before its numbers."""
    before = service if service and not service.get("use_inbound_webhook_on_number") else {}
    for each in numbers:
        can = each.get("capabilities") or {}
        texts = _hook(before, "inbound_request_url", "inbound_method", "fallback_url") if before else None
        yield Entrance(
            name="The messaging service" if texts else f"The number {each.get('phone_number')}",
            texts=texts or _hook(each, "sms_url", "sms_method", "sms_fallback_url"),
            calls=None,
            can_text=bool(can.get("sms", True)),
        )
        yield Entrance(
            name=f"The number {each.get('phone_number')}",
            calls=_hook(each, "voice_url", "voice_method", "voice_fallback_url"),
            ends=_hook(each, "status_callback", "status_callback_method", "") if "status_callback" in each else None,
            can_call=bool(can.get("voice", True)),
        )


def _hook(page: Page, url: str, method: str, fallback: str) -> Hook:
    return Hook(str(page.get(url) or ""), str(page.get(method) or "POST"), str(page.get(fallback) or ""))


def _standing(listed: list[Page] | None) -> tuple[str | None, str]:
    if listed is None:
        return None, ""
    words = [str(each.get("campaign_status") or each.get("status") or "") for each in listed]
    if any(word in APPROVED for word in words):
        return "approved", ""
    if not words:
        return "missing", ""
    return ("failed" if words[0] in REFUSED else "waiting"), words[0]


def _counted(codes: Iterable[str]) -> tuple[Failed, ...]:
    return tuple(Failed(code, many, _why(code)) for code, many in Counter(codes).most_common())


def _why(code: str) -> Literal["registration", "filtered", "other"]:
    return "registration" if code in UNREGISTERED else "filtered" if code in FILTERED else "other"


def _number(text: object) -> float | None:
    try:
        return float(str(text))
    except ValueError:
        return None


def _day(now: float, days: int) -> str:
    return datetime.fromtimestamp(now - days * DAY, UTC).strftime("%Y-%m-%d")
