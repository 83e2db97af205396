"""What came in, and what it was answered."""

from hotline.storage.execute import Statements


class InboundTable(Statements):
    """Everything that came in, under the carrier's id."""

    def receive(self, id: str, party: str, channel: str, words: str, body: str, now: float) -> bool:
        """Keeps what came in; False when it came before."""
        values = {"id": id, "party": party, "channel": channel, "words": words, "body": body, "now": now}
        return self._change("receive", **values) == 1

    def answer_given(self, id: str) -> str:
        row = self._one("answer_given", id=id)
        return (row["answer"] if row else None) or ""

    def give_answer(self, id: str, answer: str, segments: int = 0, fruitless: bool = False) -> None:
        """`segments` is what the answer costs; `fruitless` says that the turn led nowhere."""
        self._change("give_answer", id=id, answer=answer, segments=segments, fruitless=int(fruitless))

    def forget_keys(self, id: str) -> None:
        """What was pressed was a secret."""
        self._change("forget_keys", id=id)

    def fruitless_since(self, phone: str, words: str, since: float) -> int:
        """How often the very same words led nowhere."""
        row = self._one("fruitless_since", phone=phone, words=words, since=since)
        return int(row["answers"]) if row else 0

    def call_ended(self, sid: str, party: str, status: str, seconds: int, now: float) -> None:
        """`seconds` is the length that the carrier bills."""
        self._change("call_ended", sid=sid, party=party, status=status, seconds=seconds, now=now)

    def call_seconds_since(self, since: float) -> int:
        return int(self._all("call_seconds_since", since=since)[0]["seconds"])

    def is_known(self, id: str) -> bool:
        """Whether a text, or a call by its first step, has come in."""
        return self._one("is_known", id=id, call=f"{id}/") is not None
