"""Board desk for tools: a coordinator takes one off the list, or writes down that it is back. Both sides hear so."""

from hotline.community.model import Community
from hotline.flows.sharing.loans.about import told_of_tool
from hotline.inbound.board_shared import locked
from hotline.model.board import Member
from hotline.model.loans import State, Tool
from hotline.outbound.loans import LoanNews
from hotline.outbound.sharing import EMPTY, tell
from hotline.storage import Transaction

GONE, BACK = "gone", "back"  # it is lent no more; who had it has brought it back
TRAIL = {GONE: "tool_gone", BACK: "tool_back"}


def press(
    tx: Transaction, community: Community, who: Member, number: int, how: str, token: str, now: float
) -> Tool | None:
    """The tool as it was before; None where there is none of that number. `token` is of the form: pressed twice, it is
    done once."""
    tool = locked(tx, number, lambda tool: tool.lender, tx.loans.tool, tx.loans.lock)
    news = LoanNews(community)
    if tool is None or tx.board.was_pressed(token):
        return tool
    loan = next((each for each in tx.loans.of(number) if each.state in (State.OUT, State.BACK)), None)
    if how == BACK and loan:
        news.is_back(tx, loan.number, now)
        tx.board.did(who.key, TRAIL[how], now, more=tool.code, press=token)
    if how == GONE and tool.live:
        news.ended(tx, tool, EMPTY, now)
        tell(tx, tool.lender, "news.tool_taken_off", told_of_tool(tool), now)
        tx.board.did(who.key, TRAIL[how], now, more=tool.code, press=token)
    return tool
