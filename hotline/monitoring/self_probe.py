"""Self-probe: a question to our own public name that only this hotline can answer, and how its answer is known.

The doctor asks it by hand, the operator watch at its times; the page that answers is in web/probe.py.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from pathlib import Path

PATH = "/probe"
HEADER = "x-hotline-probe"
PURPOSE = b"hotline: probes of itself"
OPEN_FOR = 300.0  # seconds by which two clocks may differ


def key(secret: str) -> bytes:
    """A key for this purpose alone."""
    return hmac.digest(secret.encode(), PURPOSE, "sha256")


def place(database_url: str) -> str:
    """Which database it is, told to nobody who does not know: a copy of a folder is another."""
    path = database_url.removeprefix("sqlite:///")
    where = database_url if path == database_url else str(Path(path).resolve())
    return hashlib.sha256(where.encode()).hexdigest()


def question(key: bytes, now: float) -> str:
    """What is sent in the header: a time, something that nobody can guess, and that it is ours."""
    told = f"{int(now)}.{secrets.token_hex(16)}"
    return f"{told}.{_sign(key, told)}"


def is_question(key: bytes, asked: str, now: float) -> bool:
    """Whether it was asked by who has the same secret, just now."""
    told, _, signature = asked.rpartition(".")
    at = told.partition(".")[0]
    fresh = at.isascii() and at.isdecimal() and len(at) < 12 and abs(int(at) - now) <= OPEN_FOR
    return fresh and signature.isascii() and hmac.compare_digest(signature, _sign(key, told))


def proof(key: bytes, question: str) -> str:
    """What the answer shows of who gives it."""
    return _sign(key, f"answer to {question}")


def is_answer_to(key: bytes, question: str, answer: Mapping[str, object]) -> bool:
    """Whether the answer came from who has the same secret."""
    shown = str(answer.get("proof", ""))
    return shown.isascii() and hmac.compare_digest(shown, proof(key, question))


def _sign(key: bytes, told: str) -> str:
    return hmac.digest(key, told.encode(), "sha256").hex()
