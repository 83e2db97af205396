"""Signing in at the board: browsers before the door, the codes that were texted, and sessions, of which only hashes are
kept."""

from hotline.model.board import Browser, SignedIn
from hotline.storage.execute import Table

FORGOTTEN = 365 * 86400.0  # seconds after which a browser that never came again is unknown


class BoardSignIn(Table):
    """Who may come in, and from where. A coordinator is named by the key that the community file has for them."""

    def browser(self, browser: str, now: float) -> Browser:
        """One browser, locked until the turn is kept. It is known by a hash of what it keeps."""
        self._change("board_browser_seen", browser=browser, now=now)
        row = self._all("board_browser", browser=browser)[0]
        return Browser(**{name: row[name] for name in Browser.__dataclass_fields__})

    def known(self, browser: str) -> str:
        """Who signed in there last, "" for nobody, and where all of their sessions were ended."""
        row = self._one("board_browser", browser=browser)
        return row["known"] if row else ""

    def asked(self, asked: Browser, now: float) -> None:
        """A code was made for this browser, and `hash` is what is kept of it."""
        names = ("browser", "coordinator", "hash", "outbox", "asked", "asked_since")
        self._change("board_asked", **{name: getattr(asked, name) for name in names}, now=now)

    def strangers_asked(self, coordinator: str, since: float) -> int:
        """How many codes were texted to somebody since then for browsers in which they never signed in."""
        return int(self._all("board_strangers_asked", coordinator=coordinator, since=since)[0]["many"])

    def missed(self, browser: str) -> None:
        """A wrong code was typed there."""
        self._change("board_missed", browser=browser)

    def begin(self, browser: Browser, token: str, phone: str, now: float) -> None:
        """The code was right: it is used up, nobody reads it in what was sent, and a session begins."""
        self._change("board_known", browser=browser.browser, coordinator=browser.coordinator)
        self._change("blank_code", id=browser.outbox, party=phone)
        self.begin_session(token, browser.coordinator, now)

    def begin_session(self, token: str, coordinator: str, now: float) -> None:
        """A session begins; `token` is the hash of what the browser shows."""
        self._change("board_begin", token=token, coordinator=coordinator, now=now)

    def still_here(self, token: str, now: float) -> None:
        self._change("board_still_here", token=token, now=now)

    def session(self, token: str, since: float) -> SignedIn | None:
        """Who is signed in so, if they did anything since then."""
        row = self._one("board_session", token=token, since=since)
        return SignedIn(row["coordinator"], row["began_at"], row["seen_at"]) if row else None

    def end(self, token: str, now: float) -> None:
        self._change("board_end", token=token, now=now)

    def end_all(self, coordinator: str, now: float) -> None:
        """A telephone or a browser is lost: nobody is signed in as this person any more, no browser is theirs, and what
        a browser keeps for them opens nothing."""
        self._change("board_end_all", coordinator=coordinator, now=now)
        self._change("board_unknown", coordinator=coordinator)
        self._change("board_no_password", coordinator=coordinator)

    def guesses(self, browser: Browser, coordinator: str, since: float) -> None:
        """A password is tried in this browser, so many times since then."""
        values = {"browser": browser.browser, "guesses": browser.guesses, "since": since}
        self._change("board_guess", coordinator=coordinator, **values)

    def strangers_guessed(self, coordinator: str, since: float) -> int:
        """How often somebody's password was tried since then, in browsers in which they never signed in."""
        return int(self._all("board_strangers_guessed", coordinator=coordinator, since=since)[0]["many"])

    def guessed_right(self, browser: str, coordinator: str) -> None:
        self._change("board_guessed_right", browser=browser, coordinator=coordinator)

    def password(self, coordinator: str) -> str:
        """What is kept of somebody's password, "" where they have none."""
        row = self._one("board_password", coordinator=coordinator)
        return row["hash"] if row else ""

    def set_password(self, coordinator: str, hash: str, token: str, now: float) -> None:
        """From now on; "" for none. All their other sessions end: whoever changes a password may fear for the old."""
        if hash:
            self._change("board_set_password", coordinator=coordinator, hash=hash, now=now)
        else:
            self._change("board_no_password", coordinator=coordinator)
        self._change("board_end_others", coordinator=coordinator, token=token, now=now)

    def forget_old(self, before: float) -> None:
        """Sessions, what was in hand and browsers of before then; those in which somebody signed in after a year."""
        self._change("drop_old_sessions", before=before)
        self._change("drop_old_hands", before=before)
        self._change("drop_old_browsers", lately=before, before=before - FORGOTTEN)
