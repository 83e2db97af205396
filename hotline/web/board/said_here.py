"""Said here: every wording of each language as it is now, kept for the pages until something is said otherwise."""

import asyncio

from hotline.channels.catalogue import Catalogue, Messages, messages
from hotline.channels.lint.wording_list import Wording, listed


class SaidHere:
    """To list a language takes a sixth of a second; nobody's text waits for it, and it is done once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._community = catalogue.community
        self._listed: dict[str, tuple[Messages, tuple[Wording, ...]]] = {}

    async def of(self, language: str) -> tuple[Wording, ...]:
        """All of them, in the order of the message file."""
        file, known = messages(language), self._listed.get(language)
        if known is None or known[0] is not file:
            known = file, await asyncio.to_thread(lambda: tuple(listed(language, self._community)))
            self._listed[language] = known
        return known[1]
