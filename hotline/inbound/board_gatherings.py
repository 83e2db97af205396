"""Board desk for days together: a coordinator takes one off the list. Its host, and all who come or wait, hear so."""

from hotline.community.model import Community
from hotline.flows.sharing.gatherings.about import told
from hotline.inbound.board_shared import locked
from hotline.model.board import Member
from hotline.model.gatherings import Gathering
from hotline.outbound.gatherings import GatheringNews
from hotline.outbound.sharing import EMPTY, tell
from hotline.storage import Transaction


def take_off(
    tx: Transaction, community: Community, who: Member, number: int, token: str, now: float
) -> Gathering | None:
    """The day as it was before; None where there is none of that number. `token` is of the form: pressed twice, it is
    done once."""
    gathering = locked(tx, number, lambda day: day.host, tx.gatherings.get, tx.gatherings.lock)
    if gathering is None or tx.board.was_pressed(token):
        return gathering
    if gathering.live:
        GatheringNews(community).ended(tx, gathering, EMPTY, now)
        tell(tx, gathering.host, "news.day_taken_off", told(gathering, community.rules.timezone), now)
        tx.board.did(who.key, "day_off", now, more=gathering.code, press=token)
    return gathering
