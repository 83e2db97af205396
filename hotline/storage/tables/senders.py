"""Whether texts, or calls, go at all."""

from hotline.model.senders import Sender, Standing
from hotline.storage.execute import Table


class Senders(Table):
    """Whether texts, or calls, go at all: a row for "texts", one for "calls"."""

    def get(self, name: str) -> Sender:
        """How a sender stands; locked, so that two workers do not spend or decide the same."""
        row = self._one("sender", name=name)
        if row is None:
            return Sender()
        return Sender(
            standing=Standing(row["standing"]),
            held_until=row["held_until"],
            reason=row["reason"],
            refused=tuple(row["refused"].split()),
            unclear=row["unclear"],
            trial=row["trial"],
            by_report=bool(row["by_report"]),
            tokens=row["tokens"],
            counted_at=row["counted_at"],
        )

    def is_held(self, name: str) -> bool:
        """Whether nothing goes because of us; nothing is locked."""
        return self._one("is_held", name=name) is not None

    def made_sense(self, name: str) -> bool:
        """An answer of the carrier made sense; False when that is nothing new."""
        return self._change("made_sense", name=name) == 1

    def any_unclear(self, many: int) -> bool:
        """Whether so many answers of one kind in a row made no sense."""
        return self._one("any_unclear", many=many) is not None

    def keep_tokens(self, tokens: float, now: float) -> None:
        self._change("keep_tokens", tokens=tokens, now=now)

    def judge(self, name: str, sender: Sender, now: float) -> None:
        """How it stands from now on."""
        values = {"name": name, "standing": sender.standing, "until": sender.held_until, "reason": sender.reason}
        values |= {"refused": " ".join(sender.refused), "trial": sender.trial, "by_report": int(sender.by_report)}
        self._change("judge_sender", **values, unclear=sender.unclear, now=now)

    def release(self, name: str, by_report: bool) -> bool:
        """The carrier took something, or brought it to its end; False when nothing was against the sender, or when
        more than being taken is asked for."""
        return self._change("release_sender", name=name, by_report=int(by_report)) == 1
