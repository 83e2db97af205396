"""Carrier account: what can be read about it before anything goes wrong, as plain data. None is unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Hook:
    """Where the carrier brings what comes in; ``url`` is "" where nothing is set."""

    url: str = ""
    method: str = "POST"
    fallback: str = ""


@dataclass(frozen=True)
class Entrance:
    """A number, or a service that stands before it. ``name`` is as a person knows it, ``ends`` where it tells how a
    call ended."""

    name: str
    texts: Hook | None = None
    calls: Hook | None = None
    ends: Hook | None = None
    can_text: bool = True
    can_call: bool = True


@dataclass(frozen=True)
class Failed:
    """So many texts or webhooks of the last day that did not arrive, with the carrier's code: the number is not
    registered, networks took them for advertising, or something else."""

    code: str
    many: int
    why: Literal["registration", "filtered", "other"] = "other"


@dataclass(frozen=True)
class Account:
    """How an account stands. Money is in ``currency``, times are UTC seconds.

    ``confirmed`` are the numbers that an account on trial may reach. ``entrances`` are where texts and calls come in;
    ``has_number`` whether the number of the settings is in it, ``has_service`` the same of the service, ``pooled``
    whether the service sends from that number. ``registration`` is "approved", "waiting", "failed", "missing", with
    the carrier's own word in ``registration_says``. ``refused`` are texts that did not arrive, ``unbrought`` what could
    not be brought to us. ``calls_home`` is whether it may call numbers of our own country.
    """

    status: str = "active"
    trial: bool = False
    confirmed: frozenset[str] | None = None
    balance: float | None = None
    currency: str = ""
    spent_a_day: float | None = None
    has_number: bool | None = None
    has_service: bool | None = None
    pooled: bool | None = None
    entrances: tuple[Entrance, ...] = ()
    registration: str | None = None
    registration_says: str = ""
    refused: tuple[Failed, ...] = ()
    unbrought: tuple[Failed, ...] = ()
    calls_home: bool | None = None
    clock: float | None = None


@dataclass(frozen=True)
class Signed:
    """A webhook of ours to ourselves, signed as the carrier signs, that changes nothing. ``path`` is below our
    address."""

    path: str
    headers: Mapping[str, str]
    content: str


@dataclass(frozen=True)
class Odd:
    """A setting that does not look as it should: how it looks, and how it should."""

    setting: str
    looks: str
    form: str


class Inspection(Protocol):
    """What a carrier can say about itself before anything goes wrong. ``number`` is what people text and call, and
    ``number_setting`` where it stands."""

    number: str
    number_setting: str

    def odd(self) -> Sequence[Odd]:
        """Settings that cannot be right."""
        ...

    def signed(self, base: str) -> Signed:
        """A webhook for a hotline at `base`."""
        ...

    async def account(self, now: float) -> Account:
        """How the account stands. Raises CarrierError."""
        ...

    async def close(self) -> None: ...
