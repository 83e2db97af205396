"""Board desk for circles: a coordinator ends one. All who are in it hear so, once."""

from hotline.community.model import Community
from hotline.inbound.board_shared import locked
from hotline.model.board import Member
from hotline.model.circles import Circle
from hotline.outbound.circles import CircleNews
from hotline.outbound.sharing import EMPTY
from hotline.storage import Transaction


def end_circle(
    tx: Transaction, community: Community, who: Member, number: int, token: str, now: float
) -> Circle | None:
    """The circle as it was before; None where there is none of that number. `token` is of the form: pressed twice, it
    is done once."""
    circle = locked(tx, number, lambda circle: circle.organizer, tx.circles.get, tx.circles.lock)
    if circle is None or tx.board.was_pressed(token):
        return circle
    if circle.live:
        CircleNews(community).ended(tx, circle, EMPTY, now)
        tx.board.did(who.key, "circle_off", now, more=circle.code, press=token)
    return circle
