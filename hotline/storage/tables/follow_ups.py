"""What becomes of a need after it was asked for: looked after, passed on in words, made again each week."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from hotline.engine.session import Prompt, Session
from hotline.model.records import NEWS, Need
from hotline.storage.execute import Row, Statements
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.outbox import OutboxTable


@dataclass(frozen=True)
class Said:
    """Words that one side of a need wrote to the other."""

    need: int
    writer: str
    reader: str
    words: str


class Following(OutboxTable, Statements):
    """Looking after needs."""

    def check(self, number: int, at: float | None, checks: int = 0) -> None:
        """When to look after a need again; `checks` is how often nothing was heard of it by then."""
        self._change("check", number=number, check_at=at, checks=checks)

    def next_to_check(self, now: float) -> tuple[int, str] | None:
        """(number, neighbor) of the need to look after; nothing is locked yet."""
        row = self._one("next_to_check", now=now)
        return (row["number"], row["neighbor"]) if row else None

    def still_due(self, number: int, now: float) -> Need | None:
        return _need(self._one("still_due", number=number, now=now))

    def next_again(self, now: float) -> tuple[int, str] | None:
        """(number, neighbor) of a weekly need whose next one is to be made; nothing is locked yet."""
        row = self._one("next_again", now=now)
        return (row["number"], row["neighbor"]) if row else None

    def still_again(self, number: int, now: float) -> Need | None:
        return _need(self._one("still_again", number=number, now=now))

    def make_again(self, number: int, again_at: float | None, now: float) -> int:
        """Next week's need, in place of this one; its number."""
        made = int(self._all("make_again", number=number, again_at=again_at, now=now)[0]["number"])
        self.weekly(number, "", None, now)
        self.woke = True
        return made

    def weekly(self, number: int, every: str, again_at: float | None, now: float) -> None:
        self._change("weekly", number=number, every=every, again_at=again_at, now=now)

    def happened(self, number: int, now: float) -> None:
        self._must("happened", number=number, now=now)
        self._change("end_claims_done", number=number, now=now)

    def not_yet(self, number: int, now: float) -> None:
        self._must("not_yet", number=number, now=now)
        self._change("reopen_claims", number=number)

    def still_needed(self, number: int, now: float) -> None:
        self._must("still_needed", number=number, now=now)
        self.woke = True

    def expire(self, number: int, now: float) -> None:
        self._must("expire", number=number, now=now)
        self._change("end_all_claims", number=number, now=now)

    def amend(self, number: int, what: str, area: str, details: str, recording: str, now: float) -> None:
        """Other words, or another place or kind: then other people are asked, at once."""
        self._must("amend", number=number, what=what, area=area, details=details, recording=recording, now=now)
        self.woke = True

    def coming(self, number: int, at: float) -> None:
        self._change("coming", number=number, coming_at=at)

    def finished(self, phone: str, since: float) -> tuple[Need, ...]:
        """What a person asked for and was done since then, the newest first."""
        return tuple(map(need_of, self._all("finished", phone=phone, since=since)))

    def relay(self, number: int, writer: str, reader: str, words: str, prompts: Iterable[Prompt], now: float) -> None:
        """Words for the other side; the row that carries them is known, so that its writer hears if it fails."""
        outbox = self.put(reader, prompts, number, NEWS, now)
        self._change("relayed", number=number, writer=writer, reader=reader, words=words, outbox=outbox, now=now)

    def was_written_to(self, number: int, reader: str) -> bool:
        return self._one("was_written_to", number=number, reader=reader) is not None

    def writer_of(self, outbox: int) -> Said | None:
        """Whose words a row of the outbox carries; none where they are ours."""
        row = self._one("writer_of", outbox=outbox)
        return _said(row) if row else None

    def place(self, session: Session, now: float) -> None:
        """Puts someone who has said nothing just now before a question."""
        plain = json.dumps(session.to_plain(), ensure_ascii=False)
        self._change("place", phone=session.party, session=plain, turn=session.turn, now=now)


def _need(row: Row | None) -> Need | None:
    return need_of(row) if row else None


def _said(row: Row) -> Said:
    return Said(row["need"], row["writer"], row["reader"], row["words"])
