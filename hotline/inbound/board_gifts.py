"""Board desk for offers: a coordinator takes one off the list. Who asked for it hears so once, and who gives it."""

from hotline.community.model import Community
from hotline.flows.sharing.gifts.about import told
from hotline.inbound.board_shared import locked
from hotline.model.board import Member
from hotline.model.gifts import Gift
from hotline.outbound.gifts import GiftNews
from hotline.outbound.sharing import BY_TIME, EMPTY, tell
from hotline.storage import Transaction

GONE, ENDED = "gone", "ended"  # it is gone: what was promised is called off; no more of it: what is promised holds
TRAIL = {GONE: "offer_gone", ENDED: "offer_ended"}


def take_off(
    tx: Transaction, community: Community, who: Member, number: int, how: str, token: str, now: float
) -> Gift | None:
    """The offer that is over now, by this press or before it; None where there is none of that number. `token` is of
    the form: pressed twice, it is done once."""
    gift = locked(tx, number, lambda gift: gift.giver, tx.gifts.get, tx.gifts.lock)
    if gift and gift.live and not tx.board.was_pressed(token):
        GiftNews(community).ended(tx, gift, EMPTY if how == GONE else BY_TIME, now)
        tell(tx, gift.giver, "news.offer_taken_off", told(gift), now)
        tx.board.did(who.key, TRAIL[how], now, more=gift.code, press=token)
    return gift
