"""Stopping: what a word of stopping, cancelling, removing or not wanting is about, clause by clause.

Each language says which words stop, remove, cancel, deny, and which name texts, calls, lists, requests, hours; they stand
in messages/vocabulary under [stopping]. A clause then becomes a short word of letters, one a phrase: "please stop texting
me" is "swi". The rules are patterns over those letters, the same for all languages; the first that fits says what the
object is. A word that no language knows is "?": it is some other object, and a stop before it is none of ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from hotline.channels.parsing.clauses import Clause, clauses
from hotline.channels.parsing.lexicon import joints, stopping_phrases
from hotline.channels.parsing.tokens import Phrase, tokens
from hotline.engine.answers import Stop

FIRST_NUMBER, LAST_NUMBER = 101, 9999  # of a need; five digits are a ZIP code

LETTERS = {
    **{"unsubscribe": "U", "stop": "s", "not": "n", "no_more": "m", "remove": "r", "remove_me": "M", "cancel": "c"},
    **{"unneeded": "N", "found": "F", "say": "w", "send": "g", "bother": "b", "call": "k", "calls": "K", "texts": "t"},
    **{"list": "l", "number": "p", "me": "i", "these": "o", "it": "u", "all": "e", "again": "a", "want": "v", "need": "d"},
    **{"receive": "R", "thing": "q", "this_one": "Q", "anyone": "A", "others": "z", "place": "x", "when": "h"},
    **{"from": "f", "by_text": "T", "by_call": "C", "only_text": "J", "only_call": "L", "answer": "y", "filler": ""},
}
STOPPING = frozenset("UsnmrMcNFTCJL")  # a clause without one of them is about no stopping
UNKNOWN, NUMBER, DIGITS = "?", "#", "D"
UNREAD = frozenset(("", "y"))  # what the patterns do not see
TELLING = frozenset("?q#DyzA")  # what may say something of its own, beside a stop in the same clause

WHOM = "[aief]*"  # "me", "all", "again", "from" between two words of a pattern
NOT_THEIRS = "(?!a*f*[?zxqA#Q])"  # "text him", "text Ben": somebody else's texts
SEND = "g(?:[aef]*i(?![eaof]*q)|[aef]*[tlpoh]|[ae]*$)"  # "send me", "send these", "send"; not "send me food"
TALK = f"(?:w{NOT_THEIRS}|b|{SEND})"
RING = "(?:K|k(?!a*f*[?zx#AqQ]))"
OURS = "o?[eao]*[tl]"

# (object, whether it is beyond doubt, pattern, what a person reads as the reason). The first that fits is right.
RULES = tuple(
    (object_, sure, re.compile(pattern), why)
    for object_, sure, pattern, why in (
        ("request", True, r"(?:M|r|c|N|U|(?<![nzx])s)[aefoQq]*#", "stop, and the number of a request"),
        ("request", True, r"#[aefQq]*(?:M|r|c|N|(?<![nzx])s)(?=[aeuh]*$)", "the number of a request, and stop"),
        ("texts", True, rf"(?<![nzx])s{WHOM}(?:{OURS}|{TALK})", "stop, and our texts"),
        ("texts", True, rf"(?<!z)n{WHOM}(?:a{WHOM}e?{WHOM})?w{NOT_THEIRS}", "not to be written to"),
        ("texts", True, rf"(?<!z)n{WHOM}b", "not to be bothered"),
        ("texts", True, rf"(?<!z)n{WHOM}g[aef]*(?:i(?![eaof]*[qA])|[tlpo]|e*a[ae]*$)", "nothing is to be sent"),
        ("texts", True, rf"n{WHOM}[vd]{WHOM}n?(?:R[aef]*(?:o?[tlep]|$)|R?[aefo]*[tl]|{TALK})", "texts are not wanted"),
        ("texts", True, rf"na+R|^[aD]*n[aieo]*t", "no texts"),
        ("texts", True, rf"m{WHOM}(?:{OURS}|{TALK}|R)", "no more texts"),
        ("texts", True, r"U(?!f+[?qz]|[zx#Q])", "unsubscribing"),
        ("texts", True, r"M(?:[aeuf]*[tlop]|[aefu]*$)", "to be taken off"),
        ("texts", True, r"r[aeif]*o?[eif]*[plt]|[pl][aeof]*r|[il]f*[li][aef]*r", "number or list, and remove"),
        ("texts", True, r"(?:r[af]*i|i[af]*r)(?=[aef]*$)", "to be removed"),
        ("texts", True, r"c[aef]*o?[tlp]", "our texts are to be cancelled"),
        ("texts", True, rf"[tl][aeof]*(?:n{WHOM}[wgRvd]|(?<![nzx])s|m|r)", "our texts, and stop"),
        ("calls", True, rf"(?:(?<![nzx])s|m){WHOM}{RING}|K[aeof]*(?:n|s|r|m|c)|[rM]{WHOM}K", "no more calls"),
        ("calls", False, rf"(?<!z)n{WHOM}(?:[vd]{WHOM})?{RING}", "not to be called"),
        ("by_text", True, r"T", "texts instead of calls"),
        ("by_call", True, r"C", "calls instead of texts"),
        ("unneeded", True, r"N(?!f*[?xzwk])", "not needed any more"),
        ("request", True, r"(?:c|r|(?<![nzx])s)[aef]*(?:o?[qQ])|(?<!n)c[aeufo]*$|r[ae]*u[ae]*$", "cancel"),
        ("request", True, r"M[aeof]*[qQ]", "to be taken off a request"),
        ("unneeded", True, rf"(?<!z)n{WHOM}d[aefo]*(?:[uqQ]|[ae]*$)", "not needed"),
        ("unneeded", True, rf"(?<!z)n{WHOM}v[aef]*o?[qQ]", "not wanted"),
        ("unneeded", True, rf"(?<!z)n{WHOM}g[aef]*(?:A|u|q)", "nobody is to be sent"),
        ("unneeded", True, r"F", "found already"),
        ("unneeded", True, rf"[qQ][aefuo]*(?:(?<![nzx])c|n{WHOM}[dv]|N|(?<![nzx])s|r)", "a request, and stop"),
        ("texts", False, r"^[aeDf]*(?:(?<![nzx])s[aeou]*)+$|^[ae]*r[aeo]*$", "a bare word of stopping"),
        ("unclear", False, rf"^[aDi]*(?:n{WHOM}v[aeou]*|m[aeouD]*|n{WHOM}g[aeu]*)$", "stopping, and no object"),
    )
)
HOURS_MATTER = frozenset("snmctl")  # "take me off the list after today" ends them all the same
INSTEAD = frozenset("sn")  # "don't text, ring the house"
ONLY_THEN = re.compile(r"[aeD]*h[aehDf]*")  # a clause that says nothing but when


@dataclass(frozen=True)
class Table:
    """The words of one language: letter by phrase, and how long phrases are that begin with a word."""

    letters: Mapping[Phrase, str]
    lengths: Mapping[str, tuple[int, ...]]
    things: Mapping[Phrase, str]

    def read(self, bare: Phrase) -> Iterator[tuple[str, int, int]]:
        """(letter, begin, end) of each phrase, the longest first; what means nothing to us is "?"."""
        place = 0
        while place < len(bare):
            length, letter = self._at(bare, place)
            yield letter, place, place + length
            place += length

    def _at(self, bare: Phrase, place: int) -> tuple[int, str]:
        for length in self.lengths.get(bare[place], ()):
            letter = self.letters.get(bare[place : place + length])
            if letter is not None:
                return length, letter
        word = bare[place]
        if word.isdecimal():
            is_number = len(word) <= 4 and FIRST_NUMBER <= int(word) <= LAST_NUMBER
            return 1, NUMBER if is_number else DIGITS
        return 1, UNKNOWN


@dataclass(frozen=True)
class Stops:
    """What a text stops, and the words that stand beside, as they were written."""

    stops: tuple[Stop, ...] = ()
    beside: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Read:
    """A clause in the letters of the language that knows most of it: the stop in it, and the words beside."""

    letters: str
    stop: Stop | None
    beside: Phrase


class Stopping:
    """All that is known about stopping, in these languages."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._tables = {language: _table(language) for language in languages}
        self._first: dict[str, frozenset[str]] = {}
        for language, table in self._tables.items():
            for phrase, letter in table.letters.items():
                if letter in STOPPING:
                    self._first[phrase[0]] = self._first.get(phrase[0], frozenset()) | {language}
        joined = [joints(language) for language in self._tables]
        self._but = frozenset(chain.from_iterable(but for but, _ in joined))
        self._and = frozenset(chain.from_iterable(and_ for _, and_ in joined))

    def clauses(self, words: str) -> tuple[Clause, ...]:
        return clauses(words, self._but, self._and)

    def read(self, bare: Phrase, words: str) -> Stops:
        """`bare` are the bare words of the text `words`."""
        first = self._first
        spoken = frozenset(chain.from_iterable(first[word] for word in bare if word in first))
        if not spoken:
            return Stops()
        parts = [self._clause(clause, spoken) for clause in self.clauses(words)]
        stops = tuple(_together(parts))
        return Stops(stops, tuple(part.beside for part in parts if part.beside)) if stops else Stops()

    def _clause(self, clause: Clause, languages: Iterable[str]) -> Read:
        """The clause as the language reads it that knows most of its words; one that finds a stop comes first."""
        read = [_read(clause, self._tables[language]) for language in languages]
        return min(read, key=lambda each: (each.stop is None, each.letters.count(UNKNOWN)))


def _read(clause: Clause, table: Table) -> Read:
    phrases = list(table.read(clause.bare))
    seen = [phrase for phrase in phrases if phrase[0] not in UNREAD]
    said = "".join(letter for letter, _, _ in seen)
    for object_, sure, pattern, why in RULES if STOPPING.intersection(said) else ():
        if match := pattern.search(said):
            begin, end = seen[match.start()][1], seen[match.end() - 1][2]
            if object_ in ("texts", "calls") and "h" in said and said[match.start()] in HOURS_MATTER:
                object_, begin, end = "hours", min(begin, seen[said.find("h")][1]), max(end, seen[said.rfind("h")][2])
            number = said.find(NUMBER, match.start(), match.end())
            inside = [clause.bare[first:last] for _, first, last in phrases if begin <= first < end]
            stop = Stop(
                object_,
                clause.bare[seen[number][1]] if object_ == "request" and number >= 0 else "",
                next((table.things[phrase] for phrase in inside if phrase in table.things), ""),
                sure,
                why,
            )
            left = [part for part in phrases if part[0] in TELLING and not begin <= part[1] < end]
            return Read(said, stop, tuple(chain.from_iterable(clause.written[b:e] for _, b, e in left)))
    return Read(said, None, clause.written)


def _together(parts: Iterable[Read]) -> Iterator[Stop]:
    """What the clauses mean together: "don't call me, just text" is a way to be reached."""
    parts = list(parts)
    said = [part.letters for part in parts]
    only_text, only_call = any("J" in each for each in said), any("L" in each for each in said)
    only_then = any(ONLY_THEN.fullmatch(each) for each in said)
    for part in parts:
        stop = part.stop
        if stop is None:
            continue
        if stop.object == "calls" and only_text:
            yield replace(stop, object="by_text", why=f"{stop.why}; texts instead")
        elif stop.object == "texts" and only_call and part.letters[:1] in INSTEAD:
            yield replace(stop, object="by_call", why=f"{stop.why}; calls instead")
        elif stop.object in ("texts", "calls") and only_then and part.letters[:1] in HOURS_MATTER:
            yield replace(stop, object="hours", why=f"{stop.why}; only then")
        else:
            yield stop


def _table(language: str) -> Table:
    letters: dict[Phrase, str] = {}
    things: dict[Phrase, str] = {}
    for name, words, thing in stopping_phrases(language):
        phrase = tokens(words)
        if phrase and phrase not in letters:
            letters[phrase] = LETTERS[name]
            if thing:
                things[phrase] = thing
    lengths: dict[str, set[int]] = {}
    for phrase in letters:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return Table(letters, {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}, things)
