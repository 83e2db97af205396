"""A row of the outbox with its words, ready to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline.channels import text
from hotline.channels.catalogue import Catalogue

if TYPE_CHECKING:
    from hotline.model.outgoing import Outgoing
    from hotline.storage import Transaction


@dataclass(frozen=True)
class Parcel:
    """A row with its words. `valid_for` is in seconds."""

    row: Outgoing
    texts: tuple[str, ...]
    valid_for: int | None

    @property
    def left(self) -> tuple[str, ...]:
        """The texts that have not gone yet."""
        return self.texts[len(self.row.sids) :]


def worded(tx: Transaction, row: Outgoing, language: str, catalogue: Catalogue, now: float) -> Parcel:
    """The words are written down before anything is sent. LookupError: an update took a wording away."""
    if not row.prompts:
        raise LookupError("nothing that can be read")
    texts = row.texts or tuple(text.render(row.prompts, language, catalogue))
    if not row.texts:
        tx.outbox.write_down(row, texts)
    return Parcel(row, texts, max(60, int(row.expires_at - now)) if row.expires_at else None)
