"""What marks words as not one's own: the phrases of phones, mail programs and machines, and our own texts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache, cached_property

from hotline.channels.catalogue import languages, messages
from hotline.channels.parsing.lexicon import every_vocabulary
from hotline.channels.parsing.our_texts import OurTexts
from hotline.channels.parsing.prepared import kept
from hotline.channels.parsing.tokens import Phrase, tokens
from hotline.community.model import Community

MARKS = "marks"  # what they are called where they are prepared
ELLIPSIS = "…"
HEART = "❤"  # stands for any emoji: "❤ to “…”"
WHEN = r"(?=[^\n]{0,80}(?:\d{1,2}[:.h]\d{2}|\b20\d{2}\b))"

Around = tuple[Phrase, Phrase]  # the words before a quotation, and those behind it
Sentence = tuple[Phrase, ...]  # the parts of a sentence that always stand in it, in order


class Marks:
    """The phrases by which phones, mail programs and machines show, in every language that there are words of."""

    def __init__(self) -> None:
        told = [file.get("asides", {}) for file in every_vocabulary()]
        reactions = [phrase for each in told for phrase in each.get("reactions", ())]
        self.reactions = {_around(phrase) for phrase in reactions if not phrase.startswith(HEART)}
        self.with_a_sign = {_around(phrase.removeprefix(HEART)) for phrase in reactions if phrase.startswith(HEART)}
        self.named_reactions = {named for each in told for named in _named(each)}
        self.sent_from = _by_first_word(phrase for each in told for phrase in each.get("sent_from", ()))
        self.devices = _words(told, "devices")
        self.titles = _words(told, "titles")
        self.subjects = {(), *_phrases(told, "subjects")}
        self.forwarded = _phrases(told, "forwarded")
        self.closings = _phrases(told, "closings")
        self.no_names = _words(told, "no_names")
        self.wrote = _wrote(phrase for each in told for phrase in each.get("wrote", ()))
        self.machines: dict[str, list[tuple[Sentence, str]]] = defaultdict(list)
        for file in every_vocabulary():
            for kind, phrases in file.get("machines", {}).items():
                for phrase in phrases:
                    parts = tuple(part for part in map(tokens, phrase.split(ELLIPSIS)) if part)
                    self.machines[parts[0][0]].append((parts, kind))
        self.telling = frozenset(
            word for file in every_vocabulary() for phrase in file.get("telling", ()) for word in tokens(phrase)
        )


@cache
def marks() -> Marks:
    """The same in every community; read once."""
    return kept(MARKS, Marks)


class Ours:
    """Everything by which words are known that are not the writer's own."""

    def __init__(self, community: Community, alone: Set[str]) -> None:
        """`alone`: the words that mean something there with no other beside them."""
        self._alone = alone
        self.texts = OurTexts(community)
        self.marks = marks()

    def ready(self) -> None:
        """Makes now what is made when the first text needs it."""
        self.texts.ready()
        _ = self.known

    @cached_property
    def known(self) -> frozenset[str]:
        """Words that are no name, however they are written: all that mean something alone, and those that tell."""
        sections = [messages(language)[name] for language in languages() for name in ("commands", "moments")]
        told = (tokens(phrase) for section in sections for phrases in section.values() for phrase in phrases)
        return self.marks.no_names.union(self.marks.telling, self._alone, *told)


def _around(phrase: str) -> Around:
    before, _, behind = phrase.partition(ELLIPSIS)
    return tokens(before), tokens(behind)


def _named(told: Mapping[str, list[str]]) -> Iterable[Phrase]:
    """ "Liked an image": a reaction that quotes nothing."""
    for phrase in told.get("reactions", ()):
        before, _, behind = phrase.removeprefix(HEART).partition(ELLIPSIS)
        yield from (tokens(f"{before} {thing} {behind}") for thing in told.get("things", ()))


def _phrases(told: Iterable[Mapping[str, list[str]]], name: str) -> set[Phrase]:
    return {tokens(phrase) for each in told for phrase in each.get(name, ())}


def _words(told: Iterable[Mapping[str, list[str]]], name: str) -> frozenset[str]:
    return frozenset(word for phrase in _phrases(told, name) for word in phrase)


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in map(tokens, phrases):
        found[phrase[0]].append(phrase)
    return found


def _wrote(phrases: Iterable[str]) -> re.Pattern[str]:
    """ "On … wrote:", with a time or a year in it."""
    heads: list[str] = []
    for phrase in phrases:
        first, _, last = (part.strip() for part in phrase.partition(ELLIPSIS))
        heads.append(
            rf"(?<!\w){re.escape(first)}[ ,]{{0,2}}{WHEN}[^\n]{{4,120}}?(?:\n[^\n]{{0,80}}?)?{re.escape(last)}\s?[:：]"
        )
    return re.compile("|".join(heads) or r"(?!)", re.IGNORECASE)
