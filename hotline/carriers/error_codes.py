"""Error codes: what each code of the carrier's is about, and the one thing it asks us to do.

The codes stand in error_codes.toml, by cause. An unknown one is never sent again without end.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from hotline.carriers.api import Reaction

ABOUT = ("text", "call", "all", "document")
IN_DOUBT = (0, 408)  # no status at all, or the carrier gave up waiting: it may have gone
NOT_YET = (425, 429)  # surely not taken, and welcome later
OF_ACCOUNT = (401, 402, 403, 404, 405, 407, 410)  # statuses that say nothing of whom it was for
SHORTEST_CODE = 1000  # what is below is the status once more, and no code of the carrier's


@dataclass(frozen=True)
class Cause:
    """Why the carrier refuses: in words for whoever runs the hotline, and where such codes turn up."""

    what: str
    reaction: Reaction
    about: str


@cache
def causes() -> dict[str, Cause]:
    """The cause of each code. Raises ValueError for a table that contradicts itself."""
    text = resources.files("hotline.carriers").joinpath("error_codes.toml").read_text("utf-8")
    found: dict[str, Cause] = {}
    for group in tomllib.loads(text)["group"]:
        cause = Cause(group["what"], Reaction(group["reaction"]), group["about"])
        if cause.about not in ABOUT:
            raise ValueError(f"error_codes.toml: {cause.about!r} is none of {', '.join(ABOUT)}")
        for code in map(str, group["codes"]):
            if found.setdefault(code, cause) is not cause:
                raise ValueError(f"error_codes.toml: {code} stands there twice")
    return found


def reaction(code: str, status: int = 0) -> Reaction:
    """What to do about a code; with none that we know, about the HTTP status.

    A refusal is one only where the status says so: whatever is neither that nor a success, such as a redirect, makes
    no sense, and what was sent may have gone.
    """
    known = causes().get(code)
    if known:
        return known.reaction
    if status in NOT_YET:
        return Reaction.AGAIN
    if status in IN_DOUBT or not 400 <= status < 500:
        return Reaction.UNKNOWN
    return Reaction.STOP if status in OF_ACCOUNT and not code else Reaction.REFUSED


def code_of(said: object) -> str:
    """The carrier's code in what it said about an error; "" where there is none."""
    code = said.get("code") if isinstance(said, dict) else None
    if isinstance(code, str) and code.isdecimal() and len(code) < 10:
        code = int(code)
    return str(code) if isinstance(code, int) and code >= SHORTEST_CODE else ""


def explained(code: str) -> str:
    """A code with what it means, for the log and for flags."""
    known = causes().get(code)
    return f"{code} ({known.what})" if known else code
