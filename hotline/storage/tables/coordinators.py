"""What coordinators see and do, beyond what anybody may."""

from collections.abc import Sequence

from hotline.model.records import Flag, Need, Past, Said
from hotline.storage.tables.flags import flag_of
from hotline.storage.tables.needs import need_of
from hotline.storage.tables.people import People

LATELY = 2  # things said


class Overseeing(People):
    """What waits, the past of a need, and what a coordinator's word changes."""

    def lock_people(self, phones: Sequence[str]) -> None:
        """Whom a coordinator named: before their needs, so that nothing of theirs is decided meanwhile."""
        self._all("lock_people", phones=list(phones))

    def waiting_needs(self, quiet_since: float, room: int) -> tuple[Need, ...]:
        """Oldest first; a draft counts when nothing was heard of it since then."""
        return tuple(map(need_of, self._all("waiting_needs", quiet_since=quiet_since, room=room)))

    def waiting_flags(self, room: int) -> tuple[Flag, ...]:
        return tuple(map(flag_of, self._all("waiting_flags", room=room)))

    def past(self, need: Need) -> Past:
        reach = self.reach(need.neighbor)
        reads = need.neighbor.startswith("+") and reach.can_text and not (reach.opted_out or reach.blocked)
        rows = self._all("said_lately", number=need.number, room=LATELY)
        said = [Said(row["writer"], row["name"] or "", row["words"], row["said_at"]) for row in rows]
        return Past(int(self._all("asked_about", number=need.number)[0]["people"]), tuple(reversed(said)), reads)

    def team_said(self, number: int, writer: str, reader: str, words: str, now: float) -> None:
        """After `put`: the newest row of the outbox about this need to this reader carries the words."""
        self._change("team_said", number=number, writer=writer, reader=reader, words=words, now=now)

    def written_last(self, phone: str, since: float) -> tuple[int, str]:
        """(need, writer) of what was last written to this person about what they ask for; (0, "") for nothing."""
        row = self._one("written_last", phone=phone, since=since)
        return (row["need"], row["writer"]) if row else (0, "")

    def who_wrote(self, number: int, reader: str, since: float) -> set[str]:
        """Who wrote to this person about this need since then."""
        return {row["writer"] for row in self._all("who_wrote", number=number, reader=reader, since=since)}

    def close(self, number: int, done: bool, now: float) -> None:
        self._must("close", number=number, status="done" if done else "cancelled", now=now)
        self._change("close_claims", number=number, outcome="done" if done else "withdrawn", now=now)

    def note(self, why: str, party: str, words: str, about: int, now: float) -> None:
        """For the record: nobody has to look."""
        self._change("note", why=why, party=party, words=words, about=about, now=now)

    def settle_flags_about(self, number: int, now: float) -> None:
        self._change("settle_flags_about", number=number, now=now)

    def settle_waiting(self, number: int, now: float) -> None:
        """Nobody has to look any more because nobody has it."""
        self._change("settle_waiting", number=number, now=now)

    def settle_flags_of(self, phone: str, why: str, now: float) -> None:
        self._change("settle_flags_of", phone=phone, why=why, now=now)
