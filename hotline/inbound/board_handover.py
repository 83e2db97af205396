"""Board desk for the handover: a line for the next coordinator, who says that it was read. Both are in the trail."""

from hotline.model.board import Member
from hotline.storage import Transaction


def say(tx: Transaction, who: Member, words: str, token: str, now: float) -> None:
    """The line that counts from now on. `token` is of the form: pressed twice, it is left once."""
    if tx.board.was_pressed(token):
        return
    tx.board.hand_over(who.key, words, now)
    tx.board.did(who.key, "handed_over", now, press=token)


def has_read(tx: Transaction, who: Member, id: int, now: float) -> None:
    """Somebody else than its writer read it; whoever says so first stands there."""
    if writer := tx.board.read_handover(id, who.key, now):
        tx.board.did(who.key, "read_handover", now, more=writer)
