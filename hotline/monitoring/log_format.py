"""Log format: plain or JSON lines, in which no number, name or word of a person can stand.

People are handed over as `Somebody` and printed as keyed marks. Of an exception its type and its place are written, not
its message, which may quote what somebody wrote; and what looks like a telephone number is taken out of every line.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from hotline.model.pseudonyms import LOG, SHORT, Pseudonyms, Somebody

OURS = ("hotline", "uvicorn.error")  # others quote addresses and what goes over the wire, below WARNING
DIGITS = range(10, 16)  # of a telephone number with its area code
LIKE_A_NUMBER = re.compile(r"(?<![\w./:-])\+?\d(?:[ ().-]{0,2}\d){9,}(?!\w)")


def set_up(level: str, form: str, secret: str) -> None:
    """Every line of this process goes through here from now on. `secret` makes the marks: the same person has the same
    one for as long as it stays."""
    handler = logging.StreamHandler()
    handler.setFormatter((JsonLines if form == "json" else PlainLines)(Pseudonyms(secret, LOG, SHORT)))
    logging.basicConfig(level=max(logging.getLevelName(level), logging.WARNING), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


class PlainLines(logging.Formatter):
    """One line a record: when (UTC), how bad, what."""

    def __init__(self, marks: Pseudonyms) -> None:
        super().__init__()
        self._marks = marks

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line = f"{at:%Y-%m-%d %H:%M:%S}.{int(record.msecs):03} {record.levelname} {record.name} {self.message(record)}"
        trace = self.trace(record)
        return f"{line}\n{trace}" if trace else line

    def message(self, record: logging.LogRecord) -> str:
        """What is said, with a mark for each person."""
        given = record.args
        if isinstance(given, tuple):
            given = tuple(f"~{self._marks.of(each.phone)}" if isinstance(each, Somebody) else each for each in given)
        return LIKE_A_NUMBER.sub(_hidden, str(record.msg) % given if given else str(record.msg))

    def trace(self, record: logging.LogRecord) -> str:
        """Where something went wrong, and of which type it is."""
        if not record.exc_info or record.exc_info[1] is None:
            return ""
        return "\n".join(_places(record.exc_info[1]))


class JsonLines(PlainLines):
    """One JSON object a record, for a collector of logs."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message(record),
        }
        trace = self.trace(record)
        return json.dumps(told | ({"trace": trace} if trace else {}), ensure_ascii=False)


def _hidden(found: re.Match[str]) -> str:
    return "[number]" if sum(letter.isdigit() for letter in found[0]) in DIGITS else found[0]


def _places(error: BaseException) -> list[str]:
    """The frames of an exception and of those that it came from, the first first, without what any of them said."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    own = [frames, f"{type(error).__module__}.{type(error).__qualname__}"]
    return [*(_places(cause) if cause else []), *filter(None, own)]
