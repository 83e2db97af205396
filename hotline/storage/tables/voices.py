"""Own voice: the pieces that the community recorded."""

from hotline.model.recordings import Voice
from hotline.storage.execute import Row, Table


class Voices(Table):
    """The community's own voice, piece by piece."""

    def keep(self, language: str, piece: str, words: str, sid: str, now: float) -> None:
        """From now on that recording says this piece; the one before is forgotten."""
        self._change("forget_replaced", language=language, piece=piece, sid=sid, now=now)
        self._change("keep_voice", language=language, piece=piece, words=words, sid=sid, now=now)

    def own_file(self, sid: str, place: str, now: float) -> None:
        self._change("own_file", sid=sid, place=place, now=now)

    def all(self) -> list[Voice]:
        rows = self._all("voices")
        return [Voice(row["language"], row["piece"], row["words"], row["place"]) for row in rows if _has_sound(row)]

    def is_voice(self, sid: str) -> bool:
        return self._one("is_voice", sid=sid) is not None


def _has_sound(row: Row) -> bool:
    """Whether a sound is there or may still come: one that was lost says nothing."""
    return row["status"] in ("waiting", "kept")
