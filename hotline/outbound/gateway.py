"""Gateway watch: whether the machine between us and the telephones, such as a phone in a drawer, lives."""

from hotline.storage import Transaction

MARK = "gateway"


def came_alive(tx: Transaction, at: float) -> None:
    """It showed then (UTC seconds) that it lives."""
    if at > (tx.heartbeat.mark(MARK) or 0.0):
        tx.heartbeat.set_mark(MARK, at)


def alive_at(tx: Transaction) -> float | None:
    """When it showed so last; None where it never did."""
    return tx.heartbeat.mark(MARK)
