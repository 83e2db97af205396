"""Outbox: everything that is to go out, and the carrier's word on it."""

import json
from collections.abc import Iterable, Sequence

from hotline.engine.session import Prompt
from hotline.model.outgoing import Outgoing, ask_at
from hotline.storage.execute import Row, Table


class OutboxRows(Table):
    """Everything that is to go out, and the carrier's word on it."""

    def put(
        self,
        party: str,
        prompts: Iterable[Prompt],
        about: int,
        priority: int,
        now: float,
        expires_at: float | None = None,
        *,
        any_hour: bool = False,
        due_at: float | None = None,
        texts: Sequence[str] = (),
    ) -> int:
        """Something to be said to someone; after `expires_at` it is not said any more, `any_hour` wakes people up. The
        row's number. It goes at once, or at `due_at`. `texts` are its words, where they are known by now."""
        plain = json.dumps([prompt.to_plain() for prompt in prompts], ensure_ascii=False)
        values = {"party": party, "prompt": plain, "about": about, "priority": priority, "any_hour": int(any_hour)}
        self._run.woke = True
        due_at = now if due_at is None else due_at
        id = int(self._all("put", **values, due_at=due_at, expires_at=expires_at, now=now)[0]["id"])
        if texts:
            self._change("write_down", id=id, lease=0, texts=json.dumps(texts, ensure_ascii=False))
        return id

    def put_to_ring(
        self, party: str, prompts: Iterable[Prompt], about: int, priority: int, now: float, expires_at: float
    ) -> None:
        """Something that is told in a call at any hour; after `expires_at` it is not told any more."""
        plain = json.dumps([prompt.to_plain() for prompt in prompts], ensure_ascii=False)
        values = {"party": party, "prompt": plain, "about": about, "priority": priority}
        self._change("put_to_ring", **values, expires_at=expires_at, now=now)
        self._run.woke = True

    def lease_due(self, room: int, up_to: int, until: float, now: float) -> list[Outgoing]:
        """Takes at most `room` due rows of priority `up_to` or more urgent for this worker, until that time."""
        rows = self._all("lease_due", room=room, up_to=up_to, until=until, now=now)
        return sorted(map(outgoing_of, rows), key=lambda row: (row.priority, row.id))

    def lease_alarms(self, room: int, until: float, now: float) -> list[Outgoing]:
        """Takes at most `room` due texts that ask somebody to look after a person who does not answer."""
        return list(map(outgoing_of, self._all("lease_alarms", room=room, until=until, now=now)))

    def lease_trial(self, reached_since: float, up_to: int, until: float, now: float) -> list[Outgoing]:
        """Takes one due row for somebody who was reached since then, if there is one."""
        rows = self._all("lease_trial", since=reached_since, up_to=up_to, until=until, now=now)
        return list(map(outgoing_of, rows))

    def status_of(self, id: int) -> str:
        row = self._one("row_status", id=id)
        return row["status"] if row else ""

    def tell_by_call(self, id: int, now: float) -> None:
        """It waits for a call, and is not sent."""
        self._change("by_call", id=id, now=now)

    def say_instead(self, party: str, about: int, key: str, prompts: Iterable[Prompt], now: float) -> bool:
        """What was to be said with that key is said otherwise; False when it has gone, or is going."""
        plain = json.dumps([prompt.to_plain() for prompt in prompts], ensure_ascii=False)
        values = {"party": party, "about": about, "key": key, "prompt": plain}
        return self._change("say_instead", **values, now=now) > 0

    def not_by_call(self, party: str, key: str, reason: str, now: float) -> None:
        """What is said with that key is not so any more: nobody is told of it in a call."""
        self._change("no_call", party=party, key=key, reason=reason, now=now)

    def lease_doubtful(self, room: int, until: float, now: float) -> list[Outgoing]:
        """Takes rows of which nobody knows whether they went."""
        return [outgoing_of(row) for row in self._all("lease_doubtful", room=room, until=until, now=now)]

    def write_down(self, row: Outgoing, texts: Sequence[str]) -> None:
        self._change("write_down", id=row.id, lease=row.lease, texts=json.dumps(texts, ensure_ascii=False))

    def part_sent(self, row: Outgoing, sid: str, status: str, segments: int, now: float) -> None:
        """One text of a row has gone. Its report may have come before: then only the row is noted."""
        self._change("part_sent", id=row.id, lease=row.lease, sid=sid, segments=segments)
        self._change("sent_as", sid=sid, id=row.id, status=status, rank=0, now=now, ask_at=ask_at(0, now))

    def settle(
        self, row: Outgoing, status: str, now: float, *, reason: str = "", due_at: float = 0.0, looks: int = 0
    ) -> None:
        """What became of a row; nothing happens when another worker holds it by now. `looks` is how often a doubtful
        one was missing from the carrier's list."""
        values = {"id": row.id, "lease": row.lease, "status": status, "reason": reason, "due_at": due_at or now}
        self._change("settle", **values, looks=looks, now=now)

    def wait_until(self, row: Outgoing, due_at: float, now: float) -> bool:
        """It goes later, and that was no try; False for one that is not being sent."""
        return self._change("wait_until", id=row.id, lease=row.lease, due_at=due_at, now=now) == 1

    def by_sid(self, sid: str) -> Outgoing | None:
        row = self._one("outgoing", sid=sid)
        return outgoing_of(row) if row else None

    def sent_last(self, party: str, since: float) -> Outgoing | None:
        row = self._one("sent_last", phone=party, since=since)
        return outgoing_of(row) if row else None

    def failed_parts(self, id: int) -> list[str]:
        """The error codes of those of a row's texts that did not arrive."""
        return [row["code"] for row in self._all("failed_parts", id=id)]

    def put_again(self, row: Outgoing, due_at: float, reason: str, now: float) -> None:
        self._change("put_again", id=row.id, due_at=due_at, reason=reason, now=now)

    def did_not_arrive(self, row: Outgoing, reason: str, now: float) -> None:
        self._change("did_not_arrive", id=row.id, reason=reason, now=now)

    def known_sids(self, sids: Iterable[str]) -> set[str]:
        """Which of these texts of the carrier's we know."""
        return {row["sid"] for row in self._all("known_sids", sids=json.dumps(list(sids)))}

    def next_due(self) -> float | None:
        """When the worker has something to do next."""
        row = self._one("next_due")
        return row["due"] if row else None

    def report(self, sid: str, status: str, rank: int, code: str, now: float) -> bool:
        """The carrier's word on a text or call; False when it knew better before. Reports come in any order."""
        return self._change("report", sid=sid, status=status, rank=rank, code=code, now=now) == 1

    def pending(self, now: float, room: int) -> list[tuple[str, int]]:
        """Texts whose status is to be asked for now, and how often it was."""
        return [(row["sid"], row["asks"]) for row in self._all("pending", now=now, room=room)]

    def asked(self, sid: str, asks: int, now: float) -> bool:
        """The carrier was asked for so many times what became of a text. False once it is not asked any more: then
        nobody knows."""
        if (at := ask_at(asks, now)) is None:
            return self._change("never_told", sid=sid) == 0
        self._change("ask_again", sid=sid, asks=asks, ask_at=at)
        return True

    def dead_letters(self, room: int) -> list[Outgoing]:
        return [outgoing_of(row) for row in self._all("dead_letters", room=room)]

    def revive(self, id: int, now: float) -> bool:
        self._run.woke = True
        return self._change("revive", id=id, now=now) == 1

    def spent_since(self, since: float) -> int:
        return int(self._all("spent_since", since=since)[0]["segments"])


def _prompts(text: str) -> tuple[Prompt, ...]:
    """What was to be said; nothing where it cannot be read any more: one such row must not hold up all others."""
    try:
        return tuple(Prompt.from_plain(plain) for plain in json.loads(text))
    except (ValueError, LookupError, TypeError, AttributeError):
        return ()


def outgoing_of(row: Row) -> Outgoing:
    return Outgoing(
        id=row["id"],
        party=row["party"],
        prompts=_prompts(row["prompt"]),
        about=row["about"],
        priority=row["priority"],
        attempts=row["attempts"],
        lease=row["lease"],
        status=row["status"],
        texts=tuple(json.loads(row["texts"])),
        sids=tuple(row["sids"].split()),
        tried_at=row["tried_at"] or 0.0,
        expires_at=row["expires_at"],
        reason=row["reason"],
        created_at=row["created_at"],
        any_hour=bool(row["any_hour"]),
        ring=row["ring"],
        looks=row["looks"],
        round=row["round"],
    )
