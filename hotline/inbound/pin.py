"""The PIN of the coordinators' room: hashed, and not to be guessed."""

import hmac
import secrets
from hashlib import scrypt
from typing import TYPE_CHECKING

from hotline.model.calendar import HOUR

if TYPE_CHECKING:
    from hotline.storage import Transaction

NAME = "room"
SHORTEST_PIN, LONGEST_PIN = 6, 12  # digits
MISSES = 10  # of all calls together, within an hour; then not even the right one is tried
WORK = 2**14  # some hundredths of a second for each try


def hashed(pin: str, salt: str = "") -> str:
    """What is kept of a PIN."""
    salt = salt or secrets.token_hex(16)
    return f"{salt}:{scrypt(pin.encode(), salt=bytes.fromhex(salt), n=WORK, r=8, p=1).hex()}"


def can_be(pin: str) -> bool:
    return pin.isascii() and pin.isdecimal() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN and len(set(pin)) > 1


def opens(tx: "Transaction", tried: str, now: float) -> bool:
    """Whether this is the PIN. After too many wrong ones none is for an hour, and a person looks."""
    pin = tx.pins.get(NAME)
    if pin is None:
        return False
    lately = pin.misses if now - pin.missed_since < HOUR else 0
    if lately >= MISSES:
        tx.flags.add_once("pin_guessed", "", "", 0, now)
        return False
    if can_be(tried) and hmac.compare_digest(hashed(tried, pin.hash.split(":")[0]), pin.hash):
        return True
    tx.pins.missed(NAME, lately + 1, pin.missed_since if lately else now)
    return False
