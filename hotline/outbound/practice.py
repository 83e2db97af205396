"""Practice mode: before the hotline is open only the phones of the practice are texted and called.

Here alone is decided who they are. What is for anybody else is kept and shown, not sent; danger reaches coordinators.
"""

from collections.abc import Iterable

from hotline.community.model import Community
from hotline.model.outgoing import ANSWER, Outgoing
from hotline.storage import Transaction

NOT_SENT = "practice"  # why a row was shown, not sent
DANGER = ("news.danger", "news.maybe_danger")  # how the keys of what is said about danger begin


class Practice:
    """Who is reached before the hotline is open. Once open it stays so: then nothing is asked any more."""

    def __init__(self, community: Community) -> None:
        self._community, self._over = community, False
        self._phones = community.practice or frozenset()

    def is_on(self, tx: Transaction) -> bool:
        if not self._over:
            self._over = not tx.opening.is_practice()
        return not self._over

    def is_stranger(self, tx: Transaction, phone: str) -> bool:
        """Whether somebody who writes or calls hears only that it is not open yet."""
        return self.is_on(tx) and phone not in self._phones and not self._community.is_coordinator(phone)

    def may_reach(self, tx: Transaction, phone: str, rows: Iterable[Outgoing]) -> bool:
        """Whether that number may be texted or rung, with these rows. An answer goes to whoever wrote."""
        if not self.is_on(tx) or phone in self._phones:
            return True
        told_of_danger = self._community.is_coordinator(phone) and any(map(_is_about_danger, rows))
        return told_of_danger or any(row.priority == ANSWER for row in rows)


def _is_about_danger(row: Outgoing) -> bool:
    return any(prompt.key.startswith(DANGER) for prompt in row.prompts)


def begin(tx: Transaction, community: Community, now: float) -> None:
    """When a hotline starts: one whose community file names phones to practice with is not open yet, unless it ever
    texted anybody."""
    if community.practice is not None and not tx.opening.was_decided() and not tx.opening.ever_reached_anybody():
        tx.opening.begin_practice(now)
