"""Access codes typed in a call: the PIN of the coordinators' room, and the four-digit word of a request.

The PIN is kept hashed. The team's own phones are counted apart from all others: whoever calls from ever new numbers
shuts out strangers, and nobody of the team. A hidden number has no room at all. The word is made from a secret and the
number of the request, so that nothing is kept that could be read by somebody; whoever asked from a telephone that is
not theirs hears of their request with it from any other.
"""

import hmac
import secrets
from hashlib import scrypt

from hotline.community.model import Community
from hotline.engine.answers import RIGHT, SHUT, WRONG
from hotline.model.calendar import HOUR
from hotline.model.recordings import PIN as PIN
from hotline.outbound import notify_coordinators
from hotline.storage import Transaction

SHORTEST_PIN, LONGEST_PIN = 8, 12  # digits
PIN_TRIES = {"caller": 6, "strangers": 12}  # wrong ones within an hour; then not even the right one is tried
STRANGERS = "room of strangers"  # under which the wrong ones are counted of all who call from no phone of the team
WORK = 2**14  # some hundredths of a second for each try

PURPOSE = b"hotline: words of requests"
SEEN = 3  # wrong words for one request, from however many telephones, that a person sees
WORD_TRIES = {"caller": 3, "request": 6, "all": 12}  # wrong words within an hour, as with the PIN


def hashed(pin: str, salt: str = "") -> str:
    """What is kept of a PIN."""
    salt = salt or secrets.token_hex(16)
    return f"{salt}:{scrypt(pin.encode(), salt=bytes.fromhex(salt), n=WORK, r=8, p=1).hex()}"


def can_be_pin(pin: str) -> bool:
    return pin.isascii() and pin.isdecimal() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN and len(set(pin)) > 1


def try_pin(tx: Transaction, community: Community, tried: str, caller: str, now: float) -> str:
    """Whether this is the PIN: RIGHT, WRONG or SHUT. After too many wrong ones from one caller none of theirs is tried
    for an hour; after twice as many from all who call from no phone of the team, none of those is, and the team is told
    once."""
    pin = tx.pins.get(PIN)
    if pin is None:
        return WRONG
    of_team = caller in community.team
    counted = {f"room of {caller}": PIN_TRIES["caller"]} | ({} if of_team else {STRANGERS: PIN_TRIES["strangers"]})
    misses = {name: _lately(tx, name, now) for name in counted}
    if any(misses[name][0] >= most for name, most in counted.items()):
        tx.flags.add_once("pin_guessed", caller, "", 0, now)
        return SHUT
    if tried.isdecimal() and hmac.compare_digest(hashed(tried, pin.hash.split(":")[0]), pin.hash):
        return RIGHT
    for name, (many, since) in misses.items():
        tx.pins.missed(name, many + 1, since)
    if not of_team and misses[STRANGERS][0] + 1 == PIN_TRIES["strangers"]:
        notify_coordinators.pins_shut(tx, community, now)
    return WRONG


class PrivateWords:
    """The words of all requests."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), PURPOSE, "sha256")

    def of(self, number: int) -> str:
        return f"{int.from_bytes(hmac.digest(self._key, str(number).encode(), 'sha256')[:8]) % 10_000:04}"

    def opens(self, tx: Transaction, community: Community, number: int, tried: str, caller: str, now: float) -> str:
        """Whether it is the word of that request: RIGHT, WRONG or SHUT. A word alone opens nothing, and nobody guesses
        for long: who needs one may call from anywhere, so all are counted, and the team is told once."""
        counted = {"caller": f"word of {caller}", "request": f"word of {number}", "all": "words"}
        misses = {name: _lately(tx, name, now) for name in counted.values()}
        if any(misses[name][0] >= WORD_TRIES[which] for which, name in counted.items()):
            tx.flags.add_once("word_guessed", caller, "", number, now)
            return SHUT
        if tx.needs.get(number) and hmac.compare_digest(tried.encode(), self.of(number).encode()):
            return RIGHT
        for name, (many, since) in misses.items():
            tx.pins.missed(name, many + 1, since)
        if misses[counted["all"]][0] + 1 == WORD_TRIES["all"]:
            notify_coordinators.words_shut(tx, community, now)
        if tx.needs.get(number) and misses[counted["request"]][0] + 1 >= SEEN:
            tx.flags.add_once("word_guessed", caller, "", number, now)
        return WRONG


def _lately(tx: Transaction, name: str, now: float) -> tuple[int, float]:
    """(how many were wrong, since when), in this hour."""
    misses, since = tx.pins.wrong_tries(name)
    return (misses, since) if 0 <= now - since < HOUR else (0, now)
