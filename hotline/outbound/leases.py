"""Leases and retries: how long a worker holds what it took, when a doubtful send is looked up, when to try again.

Times are in seconds.
"""

from hotline.model.calendar import DAY, HOUR, MINUTE

LEASE = 2 * MINUTE  # then another worker looks after it; longer than any send, placing of a call or fetch takes
CALL_LEASE = 15 * MINUTE  # for a call that was placed: then the carrier is asked how it ended, if it has not said so
CALL_LOOK_LEASE = 5 * MINUTE  # for looking that up
LOOK_AFTER = 10.0  # after a doubt: the carrier's list must have it by then
LOOK_AGAIN_AFTER = 20.0  # the second look
LOOKS = 2  # times that something doubtful must be missing from the carrier's list before it is sent again
LIST_UNREADABLE_FOR = MINUTE  # until a list that could not be read is read again
KEEP_TRYING = DAY  # a carrier may be gone for hours, and news still matter after them
HALF_AN_HOUR = 30 * MINUTE  # until a second try with somebody whose telephone was off
CLOCKS_APART = 2 * HOUR  # what may have gone is looked for so long before: our clock may be an hour wrong
INTERRUPTED = "stopped meanwhile"  # why something is in doubt that was under way when the hotline stopped
SENDER_HELD = 5 * MINUTE  # for which nothing is sent when nothing can be sent


def is_surely_missing(looks: int) -> bool:
    """Whether the carrier does not have it, after so many looks."""
    return looks >= LOOKS


def pause(attempts: int, longest: float = 5 * MINUTE) -> float:
    """Until the next try after so many: twice as long each time, up to the longest."""
    return float(min(longest, 2.0 ** min(attempts, 20)))
