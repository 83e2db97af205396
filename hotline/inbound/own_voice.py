"""The community's own voice: which pieces are recorded, and where their sounds are. It is read now and then."""

from collections.abc import Callable, Mapping

from hotline.channels.catalogue import Catalogue
from hotline.channels.prompt_clips import Sounds, all_pieces, path, sheet
from hotline.model.recordings import Piece, Room
from hotline.storage import Transaction

FRESH = 30.0  # seconds for which what was read holds


class OwnVoice:
    """What was read of it last, as ``sounds``. `address` gives the URL that plays a sound."""

    def __init__(self, catalogue: Catalogue, address: Callable[[str], str] = str) -> None:
        self._catalogue, self._address = catalogue, address
        self._pieces: Mapping[str, tuple[Piece, ...]] = {}
        self._sheets: Mapping[str, tuple[Piece, ...]] = {}
        self._paths: Mapping[str, frozenset[str]] = {}
        self._recorded: frozenset[tuple[str, str]] = frozenset()
        self._read_at = float("-inf")
        self.sounds = Sounds(address=address)

    def room(self, tx: Transaction, take: str) -> Room:
        """What is known in the coordinators' room; `take` is the recording that was made there last."""
        found = tx.recordings.get(take)
        return Room(self._all_sheets(), self._recorded, found.place if found else "")

    def refresh(self, tx: Transaction, now: float, *, at_once: bool) -> None:
        """A recording is found by what it says: one whose wording was changed since is not played any more."""
        if not at_once and 0 <= now - self._read_at < FRESH:
            return
        says, self._read_at = {(each.language, each.words): each.place for each in tx.voices.all()}, now
        self._recorded = frozenset(
            (language, each.name)
            for language, pieces in self._all_sheets().items()
            for each in pieces
            if (language, each.words) in says
        )
        places = {each: self._places(each, says) for each in self._sheets}
        complete = (each for each, have in places.items() if self._paths[each] <= have.keys())
        self.sounds = Sounds(places, self._address, frozenset(complete))

    def speaks(self) -> tuple[str, ...]:
        """The languages that are offered by phone. Where none can be, the first of the community stands for them."""
        here = self._catalogue
        tongues = here.community.languages
        return tuple(each for each in tongues if here.has_voice(each) or each in self.sounds.complete) or tongues[:1]

    def _places(self, language: str, says: Mapping[tuple[str, str], str]) -> dict[str, str]:
        return {each.name: place for each in self._pieces[language] if (place := says.get((language, each.words)))}

    def _all_sheets(self) -> Mapping[str, tuple[Piece, ...]]:
        if not self._sheets:
            languages = self._catalogue.community.languages
            self._sheets = {language: sheet(language, self._catalogue) for language in languages}
            self._pieces = {language: all_pieces(language, self._catalogue) for language in languages}
            self._paths = {language: path(language, self._catalogue) for language in languages}
        return self._sheets
