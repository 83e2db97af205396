"""Wording list: everything that is said here in one language, as shipped and as said here, how it reads, its segments.

For pages on which people change words: what they may change, what it costs, and where a text that they read comes from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue, Channel
from hotline.channels.lint.cost_table import Cost, costs_here, once
from hotline.channels.lint.fill_values import USUAL
from hotline.channels.lint.wordings import HOLE, Said, said
from hotline.channels.own_words import shipped_at
from hotline.channels.segments import cheaper
from hotline.community.model import Community

LEAST = 12  # letters outside of the {values} by which a wording is found in a text


@dataclass(frozen=True)
class Wording:
    """One wording. `read` is what comes of it, filled in as usual: texts, or what is heard; empty for a part of others,
    such as an option or a label, and in a language that is not spoken here. `cost` is that of the whole text, None for
    what is heard and for parts."""

    language: str
    key: str
    channel: Channel
    path: tuple[str, ...]
    here: str
    shipped: str
    read: tuple[str, ...] = ()
    cost: Cost | None = None

    @property
    def name(self) -> str:
        """Its name in the file: "hello.storm.text"."""
        return ".".join(self.path)

    @property
    def conversation(self) -> str:
        """The part of the file in which it stands: "hello"."""
        return self.path[0]

    @property
    def is_own(self) -> bool:
        """Whether it is said otherwise here than it is shipped."""
        return self.here != self.shipped


def listed(language: str, community: Community, conversation: str = "") -> Iterator[Wording]:
    """Every wording in that language, or those of one conversation, in the order of the message file."""
    catalogue = Catalogue(community)
    spoken = language in community.languages
    prompts = {prompt.key: prompt for prompt in once(community, USUAL)} if spoken else {}
    costs = costs_here(language, community)
    for each in said(language):
        wording = _plain(language, each)
        if conversation not in ("", wording.conversation):
            continue
        prompt = prompts.get(each.key)  # none for a part of another wording
        if prompt is None:
            yield wording
        elif each.channel == "text":
            read = tuple(text.render((prompt,), language, catalogue))
            yield _plain(language, each, read, costs.get(each.key))
        else:
            yield _plain(language, each, tuple(filter(None, (voice.heard(prompt, language, catalogue),))))


def _plain(language: str, each: Said, read: tuple[str, ...] = (), cost: Cost | None = None) -> Wording:
    shipped = shipped_at(language, each.path) or ""
    return Wording(language, each.key, each.channel, each.path, each.words, shipped, read, cost)


def conversations(language: str) -> dict[str, int]:
    """The parts of the message file, and how many wordings each has."""
    found: dict[str, int] = {}
    for each in said(language):
        found[each.path[0]] = found.get(each.path[0], 0) + 1
    return found


def names_of(language: str, words: str) -> list[str]:
    """The names of the wordings that somebody looks for: by a name, by words of theirs, or by a text as it was read,
    with all that was filled in. Those that explain most of it come first."""
    wanted = _folded(words)
    if not wanted:
        return []
    found = [(weight, ".".join(each.path)) for each in said(language) if (weight := _weight(each, wanted))]
    return [name for _, name in sorted(found, key=lambda each: -each[0])]


def _weight(each: Said, wanted: str) -> int:
    """How many letters of it agree; 0 when it is not meant."""
    if wanted in _folded(each.words) or wanted in ".".join(each.path):
        return len(wanted)
    fixed = [_folded(piece) for piece in HOLE.split(each.words)[::2]]
    letters = sum(len(piece) for piece in fixed)
    if letters < LEAST:
        return 0
    pattern = ".*?".join(map(re.escape, fixed))
    return letters if re.search(rf"(?<!\w){pattern}(?!\w)", wanted) else 0


def _folded(words: str) -> str:
    """As it is compared: a text is sent in plainer letters, and read in lines."""
    return " ".join(cheaper(words).casefold().split())
