"""Workbench: a town's own words, languages and labels, changed while it runs, taken back, and kept as lines to save.

Nothing of it touches the community file that the demo was started with: a copy is changed.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hotline.channels import own_words
from hotline.channels.catalogue import MessagesError, languages, use_own
from hotline.channels.lint import sample_towns
from hotline.channels.own_words import Own
from hotline.community.editing import LABELLED, difference, named, speaking
from hotline.community.reading import from_table


@dataclass(frozen=True)
class Told:
    """What a community says of itself: its file, and its own words by language."""

    community: str
    own: Own

    @property
    def table(self) -> Mapping[str, Any]:
        """What stands in the file."""
        return tomllib.loads(self.community)


class Workbench:
    """What is said now, what was said before each change, and what the demo began with."""

    def __init__(self, community_file: Path) -> None:
        self._file = community_file
        content = community_file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        self.now = self.first = Told(content, own_words.read(own_words.beside(community_file)))
        self._before: list[Told] = []

    @property
    def is_changed(self) -> bool:
        """Whether anything is said otherwise than when the demo began."""
        return self.now != self.first

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._before)

    def say(self, language: str, path: tuple[str, ...], words: str) -> None:
        """One wording is said so from now on; with no words as it is shipped. Raises MessagesError, with sentences that
        do not begin with the wording's name."""
        if own_words.shipped_at(language, path) is None:
            raise MessagesError("there is no such wording")
        own = own_words.saying(self.now.own, language, path, words)
        name = f"{'.'.join((language, *path))}: "
        if wrong := [each.removeprefix(name) for each in own_words.mistakes(own)]:
            raise MessagesError(*wrong)
        self._change(replace(self.now, own=own))

    def be(self, name: str, spoken: Sequence[str], labels: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        """Another name, other languages, the first of them the usual one, and labels, where they are not as usual.
        Raises CommunityError, and CannotAdd."""
        told: dict[tuple[str, str], dict[str, str]] = {}
        for part in LABELLED:
            for topic in self.now.table[part]:
                given = labels.get((part, topic), {})
                told[part, topic] = {each: given.get(each) or self._label(part, topic, each) for each in spoken}
        content = speaking(named(self.now.community, name), spoken, told)
        from_table(tomllib.loads(content), languages())
        self._change(replace(self.now, community=content))

    def undo(self) -> None:
        """The last change is taken back."""
        if self._before:
            self._become(self._before.pop())

    def reset(self) -> None:
        """All is said as when the demo began; that can be taken back, too."""
        self._change(self.first)

    def lay(self, community_file: Path) -> None:
        """What is said now, in the files that a hotline is about to read: the words beside any community's."""
        if community_file == self._file:
            community_file.write_bytes(self.now.community.encode())
        own_words.write(own_words.beside(community_file), self.now.own)

    def words_lines(self) -> str:
        """`words.toml` as one saves it; "" where nothing is said otherwise."""
        return own_words.written(self.now.own)

    def community_lines(self) -> str:
        """The lines that one changes in one's community file; "" where there are none."""
        return difference(self.first.community, self.now.community)

    def remarks(self) -> Iterator[str]:
        """What the head of a transcript of it says."""
        if (spoken := self.now.table["languages"]) != self.first.table["languages"]:
            yield f"# community speaks: {', '.join(spoken)}"
        if self.now.own != self.first.own or self.community_lines():
            yield "# In words of my own: it is played with my files."

    def _change(self, told: Told) -> None:
        if told != self.now:
            self._before.append(self.now)
            self._become(told)

    def _become(self, told: Told) -> None:
        self.now = told
        use_own(told.own)

    def _label(self, part: str, topic: str, language: str) -> str:
        """What it is called: as the file says or said, as in the usual neighborhood, else as in the file's first
        language."""
        now, first = self.now.table, self.first.table
        for table in (now, first):
            if said := table[part][topic].get(language):
                return str(said)
        return sample_towns.known_label(topic, language) or str(now[part][topic][now["languages"][0]])
