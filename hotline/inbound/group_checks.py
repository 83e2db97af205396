"""Group checks: a coordinator says whether what we tell of another group is still so, by text, in a call or at the
board. One set of rules for all doors."""

from datetime import date, time

from hotline.community.model import Community
from hotline.model import calendar
from hotline.model.board import Member
from hotline.model.rules import GROUPS_CHECKED_EVERY, Group
from hotline.storage import Transaction

AT = time(11)  # of the day on which one is asked about
STILL, GONE = "group_still", "group_gone"


def keep_up(tx: Transaction, here: Community, now: float) -> None:
    """What is new in the files, or says something else by now, is first asked about when its time comes."""
    known = tx.group_checks.all()
    for group in here.groups:
        if group.name not in known or known[group.name].entry != entry(group):
            tx.group_checks.begin(group.name, entry(group), _first(group, here, now))


def _first(group: Group, here: Community, now: float) -> float:
    said = calendar.shown(date.fromisoformat(group.checked), AT, here.rules.timezone) if group.checked else now
    return min(said, now) + GROUPS_CHECKED_EVERY


def entry(group: Group) -> str:
    """All that is told of it."""
    told = (group.phone, group.hours, *group.needs, *group.areas, group.where, group.checked)
    return " | ".join(told)


def said(tx: Transaction, here: Community, phone: str, group: str, still: bool, now: float) -> None:
    """Whoever has that number has rung it, or knows. What is not so is told no more."""
    by = next((key for key, number in here.coordinators.items() if number == phone), "")
    tx.group_checks.checked(group, by, now + GROUPS_CHECKED_EVERY, now, still=still)


def said_at_the_board(
    tx: Transaction, here: Community, who: Member, group: str, still: bool, token: str, now: float
) -> bool:
    """False for a group that is not told of. `token` is of the form: pressed twice, it is done once."""
    if group not in {each.name for each in here.groups}:
        return False
    if not tx.board.was_pressed(token):
        keep_up(tx, here, now)
        said(tx, here, who.phone, group, still, now)
        tx.board.did(who.key, STILL if still else GONE, now, more=f"group {group}", press=token)
    return True
