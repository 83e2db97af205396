"""Inbound messages: everything that came in, under the carrier's id."""

from hotline.model.pseudonyms import hashed_id
from hotline.storage.execute import Table

A_MOMENT = 10.0  # seconds: what is read since then is the same question for all who text in it


class InboundMessages(Table):
    """Everything that came in, under the carrier's id."""

    def receive(self, id: str, party: str, channel: str, words: str, body: str, now: float) -> bool:
        """Keeps what came in; False when it came before."""
        values = {"id": id, "party": party, "channel": channel, "words": words, "body": body, "now": now}
        return self._change("receive", **values, hashed=hashed_id(id)) == 1

    def answer_given(self, id: str) -> str:
        row = self._one("answer_given", id=id, hashed=hashed_id(id))
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

    def said_since(self, phone: str, words: str, since: float) -> int:
        """How often the very same words came, these ones included."""
        row = self._one("said_since", phone=phone, words=words, since=since)
        return int(row["texts"]) if row else 0

    def came_just_now(self, phone: str, words: str, since: float, but: str) -> bool:
        """Whether the very same words came since then, under another id than this."""
        rows = self._all("heard_lately", phone=phone, since=since // A_MOMENT * A_MOMENT)
        return any(row["words"] == words and row["received_at"] > since and row["id"] != but for row in rows)

    def texted_since(self, phone: str, since: float) -> bool:
        return self._one("texted_since", phone=phone, since=since) is not None

    def heard_last(self, phone: str) -> str:
        """The last text of a person."""
        row = self._one("heard_last", phone=phone)
        return row["words"] if row else ""

    def is_known(self, id: str) -> bool:
        """Whether a text, or a call by its first step, has come in."""
        call = f"{id}/"
        hashed = {"hashed": hashed_id(id), "hashed_call": hashed_id(call)}
        return self._one("is_known", id=id, call=call, **hashed) is not None

    def keys_of(self, id: str) -> str:
        """What was pressed at one step of a call."""
        row = self._one("keys_of", id=id)
        return row["words"] if row else ""
