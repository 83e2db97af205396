"""Passwords of the board: what Argon2id makes of them, and which ones are refused.

To work one out takes a tenth of a second and 19 MiB on purpose: it is done beside the database's writer, one at a time,
so that no text waits for it and a small machine has room.
"""

import threading
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200  # letters
DIFFERENT = 5  # letters at least that are not the same
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
ONE_AT_A_TIME = threading.Lock()


def wrong_with(password: str, known: Iterable[str]) -> str:
    """Why it is refused: "short", "long", "plain"; "" for nothing. `known` is what anybody may know of who has it."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return "short"
    if len(plain) > LONGEST:
        return "long"
    bare = plain.casefold()
    for word in sorted((_plain(each).casefold() for each in known if each), key=len, reverse=True):
        bare = bare.replace(word, "")
    return "plain" if len(set(bare)) < DIFFERENT else ""


def kept(password: str) -> str:
    """What is kept of it."""
    with ONE_AT_A_TIME:
        return HASHER.hash(_plain(password))


def fits(hash: str, password: str) -> bool:
    """Whether it is that password. Without a hash it takes as long, and is none."""
    if len(password) > LONGEST:
        return False
    with ONE_AT_A_TIME:
        try:
            return HASHER.verify(hash or _of_nobody(), _plain(password)) and bool(hash)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _of_nobody() -> str:
    """A password that nobody has."""
    return HASHER.hash("of nobody at all")


def _plain(password: str) -> str:
    """As it is typed on any keyboard."""
    return unicodedata.normalize("NFKC", password).strip()
