"""Outbound calls: calls that we make, and what is told in them."""

import json
from collections.abc import Iterable

from hotline.model.calls import Ring
from hotline.model.outgoing import Outgoing
from hotline.storage.execute import Row, Table
from hotline.storage.tables.outbox import outgoing_of


class OutboundCalls(Table):
    """Calls that we make, and what is told in them."""

    def want(self, party: str, due_at: float, now: float, need: int = 0, other: str = "") -> None:
        """Somebody is to be rung, at that time or, if that comes sooner, when it was meant already. `need` is the one
        whose other side they want to talk to, `other` which of its sides where they are none themselves."""
        self._change("want_ring", party=party, need=need, other=other, due_at=due_at, now=now)
        self._run.woke = True

    def they_rang(self, party: str, sid: str, until: float, now: float) -> Ring:
        """They called us themselves: a call to tell them everything in."""
        return _ring(self._all("they_rang", party=party, sid=sid, until=until, now=now)[0])

    def lease(self, until: float, now: float) -> Ring | None:
        """Takes one who is due, for this worker."""
        return _maybe(self._one("lease_ring", until=until, now=now))

    def lease_for_alarm(self, until: float, now: float) -> Ring | None:
        """The same among those whom an alarm asks."""
        return _maybe(self._one("lease_alarm_ring", until=until, now=now))

    def lease_doubtful(self, until: float, now: float) -> Ring | None:
        """Takes a call of which nobody knows what became of it."""
        return _maybe(self._one("lease_doubtful_ring", until=until, now=now))

    def is_over(self, sid: str) -> bool:
        """Whether the carrier has told how a call ended."""
        return self._one("is_over", sid=sid) is not None

    def get(self, id: int) -> Ring | None:
        """One call, locked until the turn is kept."""
        return _maybe(self._one("ring", id=id))

    def by_sid(self, sid: str) -> int:
        """The number of the call that the carrier knows by this id, 0 for none; nothing is locked yet."""
        row = self._one("ring_of", sid=sid)
        return row["id"] if row else 0

    def of_team(self, phone: str) -> bool:
        """Whether somebody of the team is being joined with them just now."""
        return self._one("ring_of_team", phone=phone) is not None

    def party_of(self, id: int) -> str:
        """Whom a call is for, "" for one that there is not; nothing is locked yet."""
        row = self._one("party_of_ring", id=id)
        return row["party"] if row else ""

    def keep(self, ring: Ring, now: float) -> None:
        values = {name: getattr(ring, name) for name in ("id", "need", "status", "stage", "misses", "tries", "sid")}
        values |= {"reason": ring.reason, "due_at": ring.due_at, "leased_until": ring.leased_until, "looks": ring.looks}
        self._change("keep_ring", **values, human=int(ring.human), now=now)
        self._run.woke = True

    def known_sids(self, sids: Iterable[str]) -> set[str]:
        """Which of these calls of the carrier's we know."""
        return {row["sid"] for row in self._all("known_calls", sids=json.dumps(list(sids)))}

    def to_tell(self, party: str) -> list[Outgoing]:
        """What waits to be told to somebody in a call, what matters most first."""
        return [outgoing_of(row) for row in self._all("to_tell", party=party)]

    def tell_after_all(self, party: str, since: float) -> None:
        """What calls of ours did not tell since then waits for the call that they make."""
        self._change("tell_after_all", party=party, since=since)

    def being_told(self, row: int, ring: int, now: float) -> None:
        self._change("being_told", id=row, ring=ring, now=now)

    def untell(self, ring: int) -> None:
        """What an earlier try did not tell to its end is told from its beginning."""
        self._change("untell", ring=ring)

    def told(self, ring: int, now: float) -> None:
        """What was being told in this call has been heard."""
        self._change("told", ring=ring, now=now)

    def told_in(self, ring: int) -> list[Outgoing]:
        """What was heard in this call."""
        return [outgoing_of(row) for row in self._all("told_in", ring=ring)]

    def not_told(self, row: Outgoing, status: str, reason: str, now: float) -> None:
        """It is not to be told in a call any more: failed, dropped."""
        self._change("not_told", id=row.id, status=status, reason=reason, now=now)

    def in_a_call(self, party: str, since: float) -> bool:
        """Whether this person is in a call with us: a step was taken since then, and the call has not ended."""
        return any(self._one("is_over", sid=sid) is None for sid in self._calls_since(party, since))

    def is_going_on(self, party: str, sid: str, since: float) -> bool:
        """The same of one call."""
        return sid in self._calls_since(party, since) and self._one("is_over", sid=sid) is None

    def _calls_since(self, party: str, since: float) -> set[str]:
        """The calls in which this person took a step since then."""
        steps = self._all("steps_of_calls", party=party, since=since)
        return {row["id"].rpartition("/")[0] for row in steps}

    def ended(self, sid: str, party: str, status: str, seconds: int, now: float) -> None:
        """`seconds` is the length that the carrier bills."""
        self._change("call_ended", sid=sid, party=party, status=status, seconds=seconds, now=now)

    def seconds_since(self, since: float) -> int:
        return int(self._all("call_seconds_since", since=since)[0]["seconds"])


def _maybe(row: Row | None) -> Ring | None:
    return _ring(row) if row else None


def _ring(row: Row) -> Ring:
    names = ("id", "party", "need", "other", "status", "stage", "misses", "tries", "sid", "reason", "looks", "due_at")
    times = {"leased_until": row["leased_until"], "tried_at": row["tried_at"] or 0.0}
    return Ring(**{name: row[name] for name in names}, human=bool(row["human"]), **times)
