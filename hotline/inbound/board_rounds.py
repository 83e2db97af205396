"""Board desk for listening rounds: a coordinator begins one, or says what came of it, by the rules of the text."""

from hotline.community.model import Community
from hotline.model.board import Member
from hotline.outbound.rounds import ListeningRounds
from hotline.storage import Transaction

BEGUN, ENDED, REFUSED = "begun", "ended", "refused"
TRAIL = {BEGUN: "round_begun", ENDED: "round_ended"}


def begin(
    tx: Transaction, here: Community, who: Member, purpose: str, questions: tuple[str, ...], token: str, now: float
) -> str:
    """What became of it. `token` is of the form: pressed twice, it is done once."""
    if tx.board.was_pressed(token):
        return BEGUN
    if not ListeningRounds(here).begin(tx, who.key, purpose, questions, now):
        return REFUSED
    tx.board.did(who.key, TRAIL[BEGUN], now, press=token)
    return BEGUN


def end(tx: Transaction, here: Community, who: Member, number: int, outcome: str, token: str, now: float) -> str:
    """Whoever answered hears what came of it, once."""
    if tx.board.was_pressed(token):
        return ENDED
    if not outcome.strip() or not ListeningRounds(here).end(tx, number, outcome, now):
        return REFUSED
    tx.board.did(who.key, TRAIL[ENDED], now, press=token)
    return ENDED
