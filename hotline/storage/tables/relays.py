"""Relays: words between the two sides of a need, and the team's to a neighbor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotline.engine.session import Prompt
from hotline.model.facts import RelayedWords
from hotline.model.outgoing import NEWS
from hotline.storage.execute import Row, Statements, Table
from hotline.storage.tables.outbox import OutboxRows


@dataclass(frozen=True)
class HeldWords:
    """Words that wait for a person's word; `name` is the writer's."""

    id: int
    writer: str
    reader: str
    words: str
    name: str = ""


class Relays(Table):
    """Words between the two sides of a need, and the team's to a neighbor."""

    def __init__(self, run: Statements, outbox: OutboxRows) -> None:
        super().__init__(run)
        self._outbox = outbox

    def pass_on(self, number: int, writer: str, reader: str, words: str, prompts: Iterable[Prompt], now: float) -> None:
        """Words for the other side; the row that carries them is known, so that its writer hears if it fails."""
        outbox = self._outbox.put(reader, prompts, number, NEWS, now)
        self._change("relayed", number=number, writer=writer, reader=reader, words=words, outbox=outbox, now=now)

    def keep(self, number: int, writer: str, reader: str, words: str, now: float) -> None:
        """Words for a caller whose number is hidden: nothing is sent, they hear them when they call."""
        self._change("keep_words", number=number, writer=writer, reader=reader, words=words, now=now)

    def kept(self, number: int, room: int) -> tuple[RelayedWords, ...]:
        """What waits so for whoever asked for a need, oldest first."""
        return self._said(number, self._all("kept_words", number=number, room=room))

    def hold(self, number: int, writer: str, reader: str, words: str, now: float) -> None:
        """Words that the other side does not get before a person has looked."""
        self._change("hold_words", number=number, writer=writer, reader=reader, words=words, now=now)

    def held(self, number: int) -> list[HeldWords]:
        """What waits for a person's word about a need, oldest first."""
        return [
            HeldWords(row["id"], row["writer"], row["reader"], row["words"], row["name"] or "")
            for row in self._all("held_words", number=number)
        ]

    def held_of(self, writer: str) -> tuple[int, ...]:
        """The numbers of the needs about which words of this person are held."""
        return tuple(dict.fromkeys(row["need"] for row in self._all("held_of", phone=writer)))

    def let_go(self, number: int, said: HeldWords, prompts: Iterable[Prompt], now: float) -> None:
        """Words that were held go to the other side now."""
        outbox = self._outbox.put(said.reader, prompts, number, NEWS, now)
        self._change("pass_held", id=said.id, outbox=outbox)

    def was_written_to(self, number: int, reader: str) -> bool:
        return self._one("was_written_to", number=number, reader=reader) is not None

    def waits_for(self, number: int, phone: str, since: float) -> bool:
        """Whether the last words about a need, since then, were written to this person, who has not answered."""
        row = self._one("wrote_last", number=number, since=since)
        return row is not None and row["reader"] == phone

    def has_words(self, number: int, since: float) -> bool:
        """Whether anything was written about a need since then."""
        return self._one("wrote_last", number=number, since=since) is not None

    def writer_of(self, outbox: int) -> RelayedWords | None:
        """Whose words a row of the outbox carries; none where they are ours."""
        row = self._one("writer_of", outbox=outbox)
        return RelayedWords(row["need"], row["writer"], row["words"]) if row else None

    def team_said(self, number: int, writer: str, reader: str, words: str, now: float) -> None:
        """After `put`: the newest row of the outbox about this need to this reader carries the words."""
        self._change("team_said", number=number, writer=writer, reader=reader, words=words, now=now)

    def written_last(self, phone: str, since: float) -> tuple[int, str, float]:
        """(need, writer, when) of what was last written to this person about what they ask for or have in hand; (0, "",
        0.0) for nothing."""
        row = self._one("written_last", phone=phone, since=since)
        return (row["need"], row["writer"], row["said_at"]) if row else (0, "", 0.0)

    def who_wrote(self, number: int, reader: str, since: float) -> set[str]:
        """Who wrote to this person about this need since then."""
        return {row["writer"] for row in self._all("who_wrote", number=number, reader=reader, since=since)}

    def said_lately(self, number: int, room: int) -> tuple[RelayedWords, ...]:
        """What the two sides and the team wrote last about a need, oldest first."""
        return self._said(number, self._all("said_lately", number=number, room=room))

    @staticmethod
    def _said(number: int, rows: Sequence[Row]) -> tuple[RelayedWords, ...]:
        return tuple(
            RelayedWords(number, row["writer"], row["words"], row["name"] or "", row["said_at"])
            for row in reversed(rows)
        )
