"""Sessions apart: the conversations of one number beside the one that spoke last."""

import json
from collections.abc import Iterator

from hotline.engine.session import Session
from hotline.storage.execute import JSON, Table


class SessionsApart(Table):
    """The conversations of one number beside the one that spoke last, each under the id of its call, "" for texts."""

    def put(self, session: Session, before: float, now: float) -> None:
        """Keeps one under its call; what was kept before that time is forgotten: nobody heard how that call ended."""
        self._change("forget_sessions_apart", phone=session.party, before=before)
        values = {"phone": session.party, "call": session.call, "language": session.language, "turn": session.turn}
        self._change("put_session_apart", **values, session=JSON.encode(session.to_plain()), now=now)

    def of(self, phone: str) -> Iterator[Session]:
        """All of this number, oldest first."""
        for row in self._all("sessions_apart", phone=phone):
            yield Session.from_plain(phone, row["language"], row["turn"], json.loads(row["session"]))

    def forget(self, phone: str, call: str) -> None:
        self._change("forget_session_apart", phone=phone, call=call)
