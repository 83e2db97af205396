"""Words about lending: whether somebody asks for a tool, has one to lend, brings one back, or says that it is broken.

Each kind has phrases whose words stand in this order with a few others between them: "bring back" is in "I will bring
the ladder back". What is left beside them, and beside the small words of the language, is the thing.
"""

from collections.abc import Iterator

from hotline.channels.catalogue import languages, messages
from hotline.channels.parsing.tokens import Phrase, tokens
from hotline.community.model import Community

KINDS = ("borrow", "who", "lend", "broken", "back", "bringing", "other")  # the last is no tool: "lend a hand"
BETWEEN = 3  # words between two of a phrase: "bring the tall ladder back"
MOST_WORDS = 14  # a longer story is about more than that


class Lending:
    """What a text says of a tool, in all the community's languages; nothing where none are lent."""

    def __init__(self, community: Community) -> None:
        self._phrases: list[tuple[Phrase, str]] = []
        self._small: set[str] = set()
        if not community.sharing.tools:
            return
        for language in set(community.languages) & set(languages()):
            words = messages(language).get("lending", {})
            self._phrases += [(tokens(phrase), kind) for kind in KINDS for phrase in words.get(kind, ())]
            self._small |= {token for phrase in words.get("beside", ()) for token in tokens(phrase)}
        self._phrases.sort(key=lambda each: -len(each[0]))

    def read(self, words: str) -> tuple[tuple[str, ...], str]:
        """(the kinds that are said, the words beside them)."""
        said = tokens(words) if self._phrases else ()
        if not said or len(said) > MOST_WORDS:
            return (), ""
        found = [(kind, places) for phrase, kind in self._phrases if (places := _places(phrase, said))]
        if not found:
            return (), ""
        of_kinds = {place for _, places in found for place in places}
        thing = (word for place, word in enumerate(said) if place not in of_kinds and word not in self._small)
        return tuple(kind for kind in KINDS if any(kind == each for each, _ in found)), " ".join(thing)


def _places(phrase: Phrase, said: Phrase) -> tuple[int, ...]:
    """Where the words of a phrase stand, in order and near each other; () where they do not."""
    return next(_from(phrase, said), ())


def _from(phrase: Phrase, said: Phrase) -> Iterator[tuple[int, ...]]:
    for start, word in enumerate(said):
        if word != phrase[0]:
            continue
        places = [start]
        for wanted in phrase[1:]:
            near = range(places[-1] + 1, min(len(said), places[-1] + BETWEEN + 2))
            place = next((at for at in near if said[at] == wanted), -1)
            if place < 0:
                break
            places.append(place)
        if len(places) == len(phrase):
            yield tuple(places)
