"""The carrier's error codes, and the one thing each asks us to do. An unknown code is never sent again by itself."""

from hotline.carriers.api import Reaction

CODES: dict[str, Reaction] = {
    "20429": Reaction.AGAIN,
    "21611": Reaction.AGAIN,
    "30001": Reaction.AGAIN,
    "30022": Reaction.AGAIN,
    "14107": Reaction.LATER,
    "30003": Reaction.LATER,
    "30008": Reaction.LATER,
    "30023": Reaction.LATER,
    "30410": Reaction.LATER,
    "30450": Reaction.LATER,
    "20500": Reaction.UNKNOWN,
    "21612": Reaction.CALL,
    "21614": Reaction.CALL,
    "30006": Reaction.CALL,
    "21610": Reaction.OPTED_OUT,
    "30004": Reaction.OPTED_OUT,
    "30630": Reaction.OPTED_OUT,
    "21211": Reaction.NEVER,
    "21408": Reaction.NEVER,
    "21602": Reaction.NEVER,
    "21617": Reaction.NEVER,
    "30005": Reaction.NEVER,
    "30007": Reaction.NEVER,
    "13223": Reaction.NEVER,
    "13224": Reaction.NEVER,
    "13225": Reaction.NEVER,
    "13226": Reaction.NEVER,
    "13227": Reaction.NEVER,
    "21215": Reaction.NEVER,
    "10004": Reaction.AGAIN,
    "10001": Reaction.STOP,
    "20003": Reaction.STOP,
    "21210": Reaction.STOP,
    "21212": Reaction.STOP,
    "21219": Reaction.STOP,
    "21601": Reaction.STOP,
    "21603": Reaction.STOP,
    "21606": Reaction.STOP,
    "21608": Reaction.STOP,
    "21659": Reaction.STOP,
    "21703": Reaction.STOP,
    "21705": Reaction.STOP,
    "21712": Reaction.STOP,
    "30002": Reaction.STOP,
    "30024": Reaction.STOP,
    "30032": Reaction.STOP,
    "30033": Reaction.STOP,
    "30034": Reaction.STOP,
    "30035": Reaction.STOP,
}


def reaction(code: str, status: int = 0) -> Reaction:
    """What to do about a code; with none that we know, about the HTTP status."""
    if code in CODES:
        return CODES[code]
    if status == 429:
        return Reaction.AGAIN
    return Reaction.UNKNOWN if status == 0 or status >= 500 else Reaction.NEVER
