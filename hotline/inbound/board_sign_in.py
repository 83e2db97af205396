"""Signing in at the board: a code by text to a coordinator's own telephone, and the session that it opens.

A code opens the one browser from which it was asked for, so whoever asks in somebody else's name gains nothing and uses
up nothing of theirs: a browser in which they signed in before has codes of its own. The code, what a browser keeps and
what a session is known by are kept as hashes alone.
"""

import hmac
import secrets
from dataclasses import replace
from hashlib import sha256

from hotline.community.model import Community
from hotline.engine.session import Prompt
from hotline.model import phone_numbers
from hotline.model.board import KeptForm, Member, Role
from hotline.model.calendar import DAY, HOUR, MINUTE, WEEK
from hotline.model.outgoing import ANSWER, NEWS
from hotline.storage import Transaction

PURPOSE = b"hotline: codes of the board"
DIGITS = 8
GOOD_FOR = 10 * MINUTE
INVITED_FOR = WEEK  # after which an invitation that could not be sent is none any more
CODES_AN_HOUR = 3  # for one browser
STRANGERS_AN_HOUR = 12  # for one coordinator, from all browsers in which they never signed in: each costs a text
GUESSES = 5  # wrong ones, then the code is none any more
PASSWORDS_AN_HOUR = 10  # tried in one browser
STRANGERS_PASSWORDS_AN_HOUR = 30  # of one coordinator, in all browsers in which they never signed in
NOBODY = ""


def token() -> str:
    """What a browser keeps, or shows for a session: nobody can guess it."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def member(community: Community, key: str) -> Member | None:
    """Somebody of the team, as the community file has them now."""
    phone = community.coordinators.get(key)
    if phone is None:
        return None
    return Member(key, phone, Role.KEEPER if phone in community.keepers else Role.COORDINATOR)


class SignIn:
    """The door of one community's board. `secret` makes what is kept of codes worth nothing without it."""

    def __init__(self, community: Community, secret: str) -> None:
        self._community = community
        self._key = hmac.digest(secret.encode(), PURPOSE, "sha256")

    def ask(self, tx: Transaction, browser: str, phone: str, now: float) -> None:
        """Texts a code to a coordinator's own telephone. For any other number the same is done, but for the text; the
        page says the same of both. `browser` is the hash of what the browser keeps."""
        here = tx.sign_in.browser(browser, now)
        key = self.whose(phone)
        lately = here.asked if here.asked and 0 <= now - here.asked_since < HOUR else 0
        strangers = 0 if key and here.known == key else tx.sign_in.strangers_asked(key, now - HOUR)
        if lately >= CODES_AN_HOUR or strangers >= STRANGERS_AN_HOUR:
            return
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        row = self._text(tx, key, code, now) if key else 0
        asked = {"asked": lately + 1, "asked_since": here.asked_since if lately else now}
        tx.sign_in.asked(here.but(coordinator=key, hash=self._of(browser, code), outbox=row, **asked), now)

    def open(self, tx: Transaction, browser: str, code: str, session: str, now: float) -> Member | None:
        """Whoever the code was texted to, who is signed in from now on; None for a code that is not right, too old, of
        another browser, or was guessed at too often. `session` is the hash of what the browser shows from now on."""
        here = tx.sign_in.browser(browser, now)
        who = member(self._community, here.coordinator)
        fresh = here.hash != "" and 0 <= now - here.made_at < GOOD_FOR and here.misses < GUESSES
        right = hmac.compare_digest(self._of(browser, _digits(code)), here.hash)
        if who is None or not fresh or not right:
            tx.sign_in.missed(browser)
            return None
        tx.sign_in.begin(here, session, who.phone, now)
        tx.board.did(who.key, "signed_in", now)
        return who

    def may_guess(self, tx: Transaction, browser: str, key: str, now: float) -> bool:
        """Whether a password of `key` may be tried in this browser: guessing is slowed, and never keeps out its owner,
        whose own browser has tries of its own, and whom a code by text lets in at any time. It counts as tried."""
        here = tx.sign_in.browser(browser, now)
        lately = here.guesses if 0 <= now - here.guessed_since < HOUR else 0
        strangers = 0 if key and here.known == key else tx.sign_in.strangers_guessed(key, now - HOUR)
        if lately >= PASSWORDS_AN_HOUR or strangers >= STRANGERS_PASSWORDS_AN_HOUR:
            return False
        tx.sign_in.guesses(here.but(guesses=lately + 1), key, here.guessed_since if lately else now)
        return True

    def open_with_password(
        self, tx: Transaction, browser: str, key: str, hash: str, session: str, now: float
    ) -> Member | None:
        """Whoever the password belongs to, which fits `hash`; None where it is another one by now."""
        who = member(self._community, key)
        if who is None or not hash or tx.sign_in.password(key) != hash:
            return None
        tx.sign_in.guessed_right(browser, key)
        tx.sign_in.begin_session(session, key, now)
        tx.board.did(key, "signed_in", now)
        return who

    def set_password(self, tx: Transaction, who: Member, hash: str, session: str, now: float) -> None:
        """From now on, "" for none; they read so by text, should it not have been them."""
        tx.sign_in.set_password(who.key, hash, session, now)
        tx.board.did(who.key, "set_password" if hash else "no_password", now)
        if hash:
            tx.outbox.put(who.phone, [Prompt("news.board_password")], 0, ANSWER, now, now + DAY)

    def invite(self, tx: Transaction, who: Member, phone: str, key: str, url: str, now: float) -> None:
        """Somebody is of the team from now on, and reads where the board is."""
        tx.people.introduce(phone, "", "", now)
        told = {"name": who.name, "url": url}
        tx.outbox.put(phone, [Prompt("news.board_invited", values=told)], 0, NEWS, now, now + INVITED_FOR)
        tx.board.did(who.key, "invited", now, more=key)

    def open_for(self, tx: Transaction, browser: str, key: str, session: str, now: float) -> None:
        """A session without a code: for the demo alone, where everybody is Rosa."""
        if browser:
            tx.sign_in.browser(browser, now)
            tx.sign_in.guessed_right(browser, key)
        tx.sign_in.begin_session(session, key, now)
        tx.board.did(key, "signed_in", now)

    def keep_form(
        self, tx: Transaction, browser: str, form: KeptForm, press: str, need: int, record: int
    ) -> Member | None:
        """Somebody sent it who is not signed in any more: it is kept for whoever signed in last in that browser, until
        they are again; None where that is nobody, and nothing is kept. `press` is of the form; `need` and `record` are
        whom its page is about, 0 for nobody."""
        known = tx.sign_in.known(browser)
        who = member(self._community, known) if known else None
        if who:
            tx.typed.keep_form(replace(form, coordinator=who.key), browser, press, need, record)
        return who

    def leave(self, tx: Transaction, who: Member, session: str, now: float) -> None:
        tx.sign_in.end(session, now)
        tx.board.did(who.key, "signed_out", now)

    def end_all(self, tx: Transaction, who: Member, other: str, now: float) -> None:
        """A telephone or a machine is lost: anybody of the team ends all that somebody is signed in with."""
        tx.sign_in.end_all(other, now)
        tx.board.did(who.key, "ended_sessions", now, more=other)

    def whose(self, phone: str) -> str:
        """The key of the coordinator who has that number, as it was typed; NOBODY for any other."""
        wanted = phone_numbers.normalise(phone, self._community.country)
        found = (key for key, number in self._community.coordinators.items() if number == wanted)
        return next(found, NOBODY) if wanted else NOBODY

    def _text(self, tx: Transaction, key: str, code: str, now: float) -> int:
        """Past the queue and the quiet hours: it is an answer, and they are awake."""
        told = {"code": f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"}
        prompt, phone = Prompt("news.board_code", values=told), self._community.coordinators[key]
        tx.people.introduce(phone, "", "", now)
        return tx.outbox.put(phone, [prompt], 0, ANSWER, now, now + GOOD_FOR, any_hour=True)

    def _of(self, browser: str, code: str) -> str:
        return hmac.digest(self._key, f"{browser} {code}".encode(), "sha256").hex()


def _digits(typed: str) -> str:
    """Eight digits, however they are set apart, in any alphabet."""
    return "".join(str(int(letter)) for letter in typed if letter.isdecimal())[: DIGITS + 1]
