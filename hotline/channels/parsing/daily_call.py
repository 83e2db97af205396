"""Words about the daily call: whether somebody asks for one, ends it, is away, or says that they are fine.

Each class of words has its phrases, and a text is read from left to right by the longest of them: "no more", "calls",
"each day". What it means follows from which classes stand in it; what is left beside them is a time, or is unknown.
"""

from hotline.channels.catalogue import languages, messages
from hotline.channels.parsing.tokens import Phrase, tokens, tokens_of_time
from hotline.community.model import Community

CLASSES = ("ends", "call", "daily", "away", "well", "safety", "beside")  # the first that has a phrase gives its class
MOST_WORDS = 12  # a longer story is about more than that


class DailyCall:
    """What a text says of the daily call, in all the community's languages; nothing where nobody is rung."""

    def __init__(self, community: Community) -> None:
        self._classes: dict[Phrase, str] = {}
        if not community.sharing.rings:
            return
        for language in set(community.languages) & set(languages()):
            words = messages(language).get("daily_call", {})
            for name in reversed(CLASSES):
                self._classes |= {tokens(phrase): name for phrase in words.get(name, ())}
        self._longest = max(map(len, self._classes), default=0)

    def read(self, words: str) -> tuple[tuple[str, ...], Phrase]:
        """(the classes that are said, but for small words; the words that are in none, as all of "until Friday")."""
        said = tokens_of_time(words) if self._classes else ()
        if not said or len(said) > MOST_WORDS:
            return (), ()
        found, rest, place = [], [], 0
        while place < len(said):
            ends = range(min(len(said), place + self._longest), place, -1)
            end = next((end for end in ends if said[place:end] in self._classes), 0)
            if end:
                found.append(self._classes[said[place:end]])
            else:
                rest.append(said[place])
            place = end or place + 1
        kinds = tuple(kind for kind in CLASSES if kind in found and kind != "beside")
        return kinds, tuple(rest)
