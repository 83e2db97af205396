"""Stopping: what a word of stopping, cancelling, removing or not wanting is about, clause by clause.

Each language says which words stop, remove, cancel or deny, and which name texts, calls, lists, requests or hours.
They stand in messages/vocabulary under [stopping]. A clause becomes a short word of letters, one a phrase: "please stop
texting me" is "swi". The rules are patterns over those letters, the same for all languages. The first that fits says
what the object is. A word that the language does not know is "?": some other object, so that the stop is none of ours.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain

from hotline.channels.parsing.clauses import Clause, Piece, clauses, pieces
from hotline.channels.parsing.lexicon import (
    ENGLISH,
    PEOPLE,
    alternatives,
    danger_phrases,
    joints,
    shipped,
    stopping_phrases,
    times_of,
    told_apart,
    understood,
    words_told,
)
from hotline.channels.parsing.prepared import kept
from hotline.channels.parsing.tokens import Phrase, accents, tokens
from hotline.engine.answers import CUT, Stop
from hotline.model.needs import is_code

TABLE = "stopping"  # what the words are called where they are prepared
LONG = 9  # letters of "unsubscribe" and the like, in which one slip is forgiven

LETTERS = {
    "unsubscribe": "U",  # "unsubscribe", "lose my number", "leave me alone"
    "alone": "B",  # stops where nothing else is said: "baja"
    "stop": "s",  # "stop", "quit", "enough with"
    "enough": "s",  # "that's enough": ends our texts where they are named; alone it only asks
    "goes_on": "Y",  # "still send me the next one": who says that wants no end of them
    "not": "n",  # "don't", "no", "never"
    "no_more": "m",  # "no more"
    "remove": "r",  # "remove", "delete"; what is removed follows
    "remove_me": "M",  # "take me off", "remove me"
    "take": "G",  # "take", "drop": somebody else or a number off our list
    "cancel": "c",  # "cancel", "call off"
    "unneeded": "N",  # "not needed", "forget it"
    "never_mind": "V",  # "never mind"; "never mind the dog" is none
    "found": "F",  # "found", "brought me"
    "near": "S",  # "my son", "the church": who has done it
    "say": "w",  # "text", "write"
    "send": "g",  # "send"
    "bother": "b",  # "bother me", "blow up my phone"
    "call": "k",  # "call", "ring"
    "calls": "K",  # "phone calls"
    "texts": "t",  # "messages", "alerts"
    "list": "l",  # "your list", "this program"
    "number": "p",  # "my number", "my name"
    "me": "i",  # "me", "us"
    "these": "o",  # "these", "this"
    "this": "o",  # "that": may be our texts or anything
    "it": "u",  # "it", "them"
    "all": "e",  # "everything", "any"
    "again": "a",  # "anymore", "ever"
    "want": "v",  # "want", "wish"
    "need": "d",  # "need"
    "receive": "R",  # "get", "receive"
    "thing": "q",  # "my request", "the ride"
    "kind": "j",  # the words for kinds of need
    "this_one": "Q",  # "this one", "this task"
    "anyone": "A",  # "anybody", "a driver"
    "others": "z",  # "he", "my landlord": somebody else
    "place": "x",  # shields its words: "stop by", "bus stop", "won't stop"
    "at_hours": "H",  # "before noon", "at night": each day or week, and not only today
    "when": "h",  # "before", "tonight", "on sundays"
    "from": "f",  # "from", "of"
    "starts": ",",  # "I", "we": behind a stop something else begins
    "by_text": "T",  # "texts only"
    "pause": "P",  # "pause", "give me a break"
    "away": "W",  # "I'm on vacation"
    "deaf": "I",  # "I can't hear": no calls, or knock loudly
    "by_call": "C",  # "call the landline", "I can't read texts"
    "only_text": "J",  # "just text", beside "don't call"
    "only_call": "L",  # "call me", beside "don't text"
    "answer": "y",  # "yes", "no thanks"
    "filler": "",  # says nothing: "please", "you people"
    # Where one word says two or three of them: "escribirme", "m'envoyez pas", "متبعتليش".
    "say_me": "wi",
    "send_me": "gi",
    "call_me": "ki",
    "not_say": "nwi",
    "not_send": "ngi",
    "not_call": "nki",
    "not_want": "nv",
    "not_need": "nd",
    "not_bother": "nb",
    "not_receive": "nvR",
    "no_longer": "na",
    "not_me": "ni",
    "stop_then": "sh",
}
STOPPING = frozenset("UBsnmrMcNVFTCJLIWP")  # a clause without one of them is about no stopping
OPEN = frozenset("UBsMmr")
STRONG, DENYING, DENIED = STOPPING - frozenset("nJLF"), frozenset("n"), frozenset("wgbvdRtkKLJlA")
UNKNOWN, NUMBER, DIGITS, STARTS, OTHERS, SHIELDED = "?", "#", "D", ",", "z", "x"
PLAIN = frozenset("tlpwgRTJ")  # names our texts, list or number, or being written to: nobody else is meant
ELSEWHERE = re.compile("[ae]*f[aefo]*[?z]")  # "my name off the lease", "no more messages from the school"
UNREAD = frozenset(("", "y"))  # what the patterns do not see
REMEMBERED = 8192  # rows of letters
SPOKEN_OF = frozenset("top")  # our texts or their number, where another clause says what of them
NAMING = frozenset("tKlp")  # "my name and number", "texts and calls": one clause
HOUR, WHEN = "H", "h"
ONLY_AT = re.compile(r"[aef]*(?:nH+|H+n|J[aefi]*H+|T[aefi]*H+|H+T)[aefhHi]*")  # "not before noon", "nights no"
THE, THE_BEHIND = "the", "the_behind"  # words that say that a noun follows; in Creole, that it was said
ARABIC_THE = "ال"
REASON = "reason"  # words that explain a stop: anger, cost, another owner, moving; to the patterns some other object
EXPLAINING = (REASON, "filler")
NOT_ALONE = "not_alone"  # words that stop something beside others; alone they are everyday words: "quite", "rien"
LETTERLESS = (REASON, THE, THE_BEHIND, NOT_ALONE)
VAGUE, GOES_ON = ("enough", "this"), "Y"
BARE, THAT = "a bare word of stopping", "stop these"
TELLING = frozenset("?qjzA")  # what may say something of its own, beside a stop in the same clause

BETWEEN, OWNED, THEIR_OWN = frozenset("ia"), "i", "S"  # "mi hijo ya no", "papa m", "my sister"
ELSE = re.compile("[,CT]")  # where something else begins
WISHES = re.compile(r"n[ia]*v")  # "my daughter does not want that you write"
TO_THEM = re.compile(r"[Sz][ia]*n[ia]*[wkyJL]")  # "my son does not write to me"

END = "(?:,|$)"
WHOM = "[aief]*"  # "me", "all", "again", "from" between two words of a pattern
NOT_THEIRS = "(?!a*f*[?zxqjuA#])"  # "text him", "text Ben": somebody else's texts
SEND = "g(?:[aef]*i(?![eaf]*[?qjA])|[aef]*[tlpoh]|[ae]*(?:,|$))"  # "send me", "send these", "send"; not "send me food"
WRITE = f"(?:J|w{NOT_THEIRS})"
TALK = f"(?:{WRITE}|b|{SEND})"
RING = "(?:[KL]|k(?!a*f*[?zx#AqjuQ]))"
GET = "R(?![aef]*[?qj])"  # "stop getting", and not "whom do I have to kill to get a tomato"
TO_ME = "g[^xnsqj]*f[aeo]*p"  # "sending her stuff to my phone"
OURS = "o?[eao]*[tl]"
THESE = "o(?![?qjQ])"  # "these"; not "these beans"
STOPS = "[sBMcUmr]"
WANTED = f"(?:R[aef]*(?:o?[tlp]|e*{END}|{THESE})|R?[aefo]*[tl]|o[ae]*f[aef]*p|a[aef]*{THESE}|{TALK})"

# (object, whether it is beyond doubt, letters of which one must be there, pattern, what a person reads as the reason).
# The first that fits is right.
RULES = tuple(
    (object_, sure, frozenset(heads), re.compile(pattern), why)
    for object_, sure, heads, pattern, why in (
        ("texts", True, "rM", r"[rM][aefou]*[#D]+[aefou]*[lt]", "a telephone number, our list, and remove"),
        ("request", True, "#", r"(?:M|r|c|U|(?<![nzx])s)[aefoupQq]*#", "stop, and the number of a request"),
        (
            "request",
            True,
            "#",
            r"(?<![xh])#[aefQq]*(?:M|r|c|(?<![nzx])s)(?=[aeuh]*$)",
            "the number of a request, and stop",
        ),
        ("unneeded", True, "#", r"[NV][aefoupQq]*#|#[aefQq]*N(?=[aeuh]*$)", "a number, and not needed"),
        ("texts", True, "G", r"G[aefou]*(?:[#D]+|[zSp]i?)[aefou]*[lt]", "somebody off our list"),
        ("near", True, "G", r"G\??[?Q][aefou]*[lt]", "something off our list"),
        ("texts", True, "sB", rf"(?<![nzx])[sB]{WHOM}(?:{OURS}|{TALK}|{GET}|{TO_ME})", "stop, and our texts"),
        ("texts", True, "sB", rf"(?<![nzx])[sB][aef]*{THESE}[ae]*{END}", THAT),
        ("texts", True, "n", rf"(?<![zS])n{WHOM}{WRITE}", "not to be written to"),
        ("texts", True, "n", rf"(?<![zS])n{WHOM}b", "not to be bothered"),
        (
            "texts",
            True,
            "n",
            rf"(?<![zS])n{WHOM}g[aef]*(?:i(?![eaf]*[?qjA])|[tlp]|{THESE}|e*a[ae]*{END})",
            "nothing is to be sent",
        ),
        ("texts", True, "n", rf"n[aef]*i[aef]*g[aef]*{END}", "nothing is to be sent"),
        ("near", True, "n", rf"n{WHOM}d[ief]*w(?!.*a)", "no need to write"),
        ("texts", True, "n", rf"n{WHOM}[vd]+{WHOM}n?{WANTED}", "texts are not wanted"),
        ("texts", True, "n", rf"(?<![zS])n{WHOM}{TO_ME}", "nothing is to be sent"),
        ("texts", True, "n", r"na+f*[Rl]|(?<![zR?])n[aieo]*t", "no texts"),
        ("texts", True, "U", r"[zS]i?f?U[aefo]*[tlp]", "unsubscribing, for somebody of theirs"),
        ("texts", True, "m", rf"m{WHOM}(?:{OURS}|{TALK}|R|{THESE})", "no more texts"),
        ("texts", True, "U", r"(?<!z)(?<!zf)U(?!f+[ou]?[?qjz]|[zx#Q])", "unsubscribing"),
        ("texts", True, "M", rf"(?<![nzx])M(?:[aeuf]*(?:[tlp]|{THESE})|[aefu]*{END})", "to be taken off"),
        ("texts", True, "r", r"r[aeifuo]*[plt]|[pl][^ns]?r[ae]*[uo]?|[il]f*[li][aef]*r", "number or list, and remove"),
        ("texts", True, "r", rf"(?<![zS])(?:r[af]*i|i[af]*r)(?=[aef]*{END})", "to be removed"),
        ("texts", True, "c", r"c[aef]*o?[tlp](?!\?)", "our texts are to be cancelled"),
        ("texts", True, "t", rf"t[aeofi]*(?:n{WHOM}[wgRvd]|(?<![nzx])s|m|r)", "our texts, and stop"),
        ("calls", True, "sBm", rf"(?:(?<![nzx])[sB]|m){WHOM}{RING}", "no more calls"),
        ("calls", True, "K", rf"K[aeof]*(?:n|s|r|m|c)|[rM]{WHOM}K", "no more calls"),
        ("calls", False, "n", rf"(?<![zS])n{WHOM}(?:[vd]{WHOM})?{RING}", "not to be called"),
        ("texts", True, "n", r"(?<![zS])n[ae]*T", "not to be written to"),
        ("by_text", True, "T", r"T", "texts instead of calls"),
        ("by_call", True, "C", r"C", "calls instead of texts"),
        ("by_text", True, "I", r"I.*[JwtT]|[JwtT].*I", "who cannot hear, and texts"),
        ("by_text", False, "I", r"^[ae]*I[ae]*$", "who cannot hear"),
        ("hours", False, "msB", rf"m{WHOM}h|^[aeDf]*[sB][aef]*h[aehD]*$", "nothing at some hours"),
        ("texts", True, "N", rf"N[aef]*(?:{WRITE}|{SEND})[ieo]*a", "no need to write ever again"),
        ("hours", True, "P", r"P[aefi]*[tlho]|[tlh][aefio]*P", "a pause"),
        ("hours", False, "W", r"^(?=.*h)[aefhoDi]*W[aefhoDi]*$", "away for a time"),
        ("hours", False, "n", rf"(?<![zS])n{WHOM}g[aef]*h|h[aefhD]*n{WHOM}g[aef]*{END}", "nothing is to be sent then"),
        ("near", True, "N", rf"N[aef]*(?:J|w(?![aeif]*[zhx])|{SEND}|[aeo]*t)", "no need to write"),
        ("unneeded", True, "NV", r"N|V(?!f*[?xzwk])", "not needed any more"),
        ("request", True, "crs", r"(?:c|r|(?<![nzx])s)[aef]*o?[qQ]|c[aef]*o?j", "a request is to be cancelled"),
        ("request", True, "cr", rf"(?<!n)c(?:[aefo]*u|[aefo]*{END})|r[ae]*u[ae]*{END}", "cancel"),
        ("request", True, "M", r"M[aeof]*[qQ]", "to be taken off a request"),
        ("unneeded", True, "d", rf"(?<!z)n{WHOM}d[aefo]*(?:[uqjQ]|[ae]*{END})", "not needed"),
        ("unneeded", True, "v", rf"(?<!z)n(?=.*[aQo]){WHOM}v[aef]*o?[qjQ]", "not wanted"),
        ("unneeded", True, "g", rf"(?<!z)n{WHOM}g[aef]*(?:A(?!.*h)|u|(?=.*a)[aef]*[qj])", "nobody is to be sent"),
        ("unneeded", True, "F", r"S[aefi]*F|F[aefi]*[qjQ]|^[ae]*F[aefu]*a", "found already"),
        ("unneeded", True, "qjQ", rf"[qjQ][aefuo]*(?:(?<!n)c|n{WHOM}[dv]|N|V|(?<![nzx])s|r)", "a request, and stop"),
        ("texts", True, "sB", rf"^[aeDfi]*[btw][aeDfbtwoi]*[sB][aeou]*{END}", "too many texts, and stop"),
        ("texts", False, "sB", rf"^[aeDf]*(?:(?<![nzx])[sB][aeou]*)+{END}", BARE),
        ("texts", False, "rm", rf"^[ae]*r[aeo]*{END}|^[aDi]*m[aeouD]*$", BARE),
        ("texts", False, "v", rf"^[aDi]*n{WHOM}v[ae]*o[ae]*$", "these are not wanted"),
        ("unclear", False, "n", rf"^[aDi]*(?:n{WHOM}v[aeou]*|n{WHOM}g[aeu]*)$", "stopping, and no object"),
        (
            "near",
            False,
            "sBMcUmr",
            rf"^[^nxz]*(?:{STOPS}[^nxz]*[tlpb]|[tlpb][^nxz]*{STOPS})",
            "stopping near our texts",
        ),
        ("near", False, "n", r"^[^xz]*n[^xz]*[vR][^xz]*[tl]", "not wanting near our texts"),
    )
)
HOURS_MATTER = frozenset("sBnmctlU")  # "take me off the list after today" ends them all the same
INSTEAD = frozenset("sBn")  # "don't text, ring the house"
CALL_ME = ("k", "ki")  # a clause that says no more than this
ONLY_THEN = re.compile(r"[aeD]*h[aehDf]*")  # a clause that says nothing but when


Part = tuple[str, int, int]  # the letter of a phrase, and where it begins and ends


@dataclass(frozen=True)
class Table:
    """The words of one language: letter by phrase, and how long phrases are that begin with two words."""

    letters: Mapping[Phrase, str]
    lengths: Mapping[Phrase, tuple[int, ...]]
    things: Mapping[Phrase, str]
    shared: frozenset[Phrase]
    slips: frozenset[str]  # long words of unsubscribing, with and without one of their letters
    but: frozenset[Phrase]
    and_: frozenset[Phrase]
    naming: frozenset[str]
    whole: frozenset[Phrase]  # phrases that have an "and" in them: it cuts nothing
    reasons: frozenset[str]  # words that explain a stop
    plain: frozenset[str]  # words that name our texts, list or number, and those that can mean only unsubscribing
    vague: frozenset[Phrase]  # phrases of stopping that alone do not say what is to stop: "that's enough"
    articles: frozenset[str]  # "the", "my": a noun follows
    articles_behind: frozenset[str]
    people: frozenset[str]  # words for somebody of whom something is said: "grandma", "the baby"
    not_alone: frozenset[str]
    told_apart: Mapping[str, frozenset[Phrase]]  # words that with other accents are others, and their accents

    def clauses(self, apart: Iterable[Piece]) -> Iterator[Clause]:
        return clauses(apart, self.but, self.and_, self.naming, self.whole)

    def heard(self, clause: Clause, alone: bool) -> Phrase:
        """The words of a clause as this language reads them: one with accents of another is that other. Without any it
        may be each, but not `alone`: "cat" is no "cắt", and "dong" no "đóng"."""
        if alone and clause.bare[0] in self.not_alone:
            return (f"{clause.bare[0]}?",)
        if not self.told_apart or (not alone and clause.bare == clause.written):
            return clause.bare
        told = self.told_apart
        return tuple(
            bare if bare not in told or (bare == word and not alone) or accents(word) in told[bare] else f"{word}?"
            for bare, word in zip(clause.bare, clause.written, strict=True)
        )

    def read(self, bare: Phrase) -> Iterator[Part]:
        """(letter, begin, end) of each phrase, the longest first; what means nothing to us is "?"."""
        place = 0
        while place < len(bare):
            length, letters = self._at(bare, place)
            for letter in letters or ("",):
                yield letter, place, place + length
            place += length

    def _at(self, bare: Phrase, place: int) -> tuple[int, str]:
        for length in self.lengths.get(bare[place : place + 2], ()):
            letter = self.letters.get(bare[place : place + length])
            if letter is not None and place + length <= len(bare):
                return length, letter
        letter = self.letters.get(bare[place : place + 1])
        if letter is not None:
            return 1, letter
        word = bare[place]
        if len(word) >= LONG and not self.slips.isdisjoint(_shorter(word)):
            return 1, "U"
        if word.isdecimal():
            is_number = len(word) <= 4 and is_code(int(word))
            return 1, NUMBER if is_number else DIGITS
        return 1, UNKNOWN


@dataclass(frozen=True)
class Stops:
    """What a text stops, and the words that stand beside, as they were written: whole clauses, and what a clause says
    besides its stop, which ends in `CUT`."""

    stops: tuple[Stop, ...] = ()
    beside: tuple[Phrase, ...] = ()
    shielded: bool = False  # words of stopping stand in it that stop nothing: "don't stop"
    unread: Phrase = ()  # words of which nothing is known here
    loose: bool = False  # what ends our texts may be said to anybody: "leave me alone"
    others: bool = False  # somebody else is spoken of
    whole: bool = False  # a clause says that our texts are to end, names them, and nothing in it is unknown
    objectless: bool = False  # a word of stopping stands in it, and what it is about was not found


@dataclass(frozen=True)
class Read:
    """A clause in the letters of the language that knows most of it: the stop in it, and the words beside."""

    letters: str
    stop: Stop | None
    beside: Phrase
    head: str = ""
    unread: Phrase = ()
    loose: bool = False
    others: bool = False


class Stopping:
    """All that is known about stopping, in these languages."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._tables = {language: _table(language) for language in languages}
        self._strong: dict[str, frozenset[str]] = {}  # the languages in which a word may be of a stop
        self._weak: dict[str, frozenset[str]] = {}  # ... in which it may deny something
        self._objects: dict[str, frozenset[str]] = {}  # ... in which it may be what is denied
        self._slips: dict[str, frozenset[str]] = {}
        for language, table in self._tables.items():
            for part in table.slips:
                self._slips[part] = self._slips.get(part, frozenset()) | {language}
        self._shared: set[str] = set()  # words of stopping that are written in every language
        common = Counter(word for table in self._tables.values() for phrase in table.letters for word in phrase)
        for language, table in self._tables.items():
            for phrase, letters in table.letters.items():
                if phrase in table.shared and language != ENGLISH:
                    self._shared.update(phrase[:1] if letters in STRONG else ())
                    continue
                rare = min(phrase, key=common.__getitem__)  # the whole phrase has to stand there
                for known, of in ((self._strong, STRONG), (self._weak, DENYING), (self._objects, DENIED)):
                    if not of.isdisjoint(letters):
                        known[rare] = known.get(rare, frozenset()) | {language}

    def clauses(self, words: str, language: str) -> tuple[Clause, ...]:
        """The clauses of a text, cut at the joining words of that language."""
        table = self._tables[language]
        return tuple(table.clauses(pieces(words)))

    def read(self, bare: Phrase, words: str) -> Stops:
        """`bare` are the bare words of the text `words`. The language is right that knows most of them."""
        spoken = self._spoken(bare)
        if not spoken:
            return Stops()
        apart = pieces(words)
        best: list[Read] = []
        fewest = len(bare) + 1  # words that any of these languages does not know
        known: list[Read] = []  # the same, where the object of a stop is not found
        shielded = False
        for language in sorted(spoken):
            parts = self._parts(apart, language)
            doubt = _doubt(parts)
            if any(map(_is_open, parts)) and (not known or doubt < _doubt(known)):
                known = parts
            fewest = min(fewest, doubt[0])
            shielded |= any(SHIELDED in part.letters for part in parts)
            if any(part.stop for part in parts) and (not best or doubt < _doubt(best)):
                best = parts
                if doubt[:2] == NO_DOUBT:
                    break
        if best and _doubt(best)[0] > fewest:
            best = []  # a language that knows more of it says that this is none
        if not best:
            return Stops(
                shielded=shielded,
                objectless=bool(known) and not shielded,
                unread=tuple(chain.from_iterable(part.unread for part in known)),
            )
        ends = [part for part in best if part.stop and part.stop.object == "texts"]
        return Stops(
            tuple(_together(best)),
            tuple(part.beside for part in best if part.beside),
            shielded,
            tuple(chain.from_iterable(part.unread for part in best)),
            all(part.loose for part in ends),
            any(part.others for part in best),
            whole=any(part.stop and part.stop.sure and not (part.unread or part.loose) for part in ends),
        )

    def _spoken(self, bare: Phrase) -> frozenset[str]:
        """The languages in which something may be stopped here."""
        strong = frozenset(chain.from_iterable(self._strong[word] for word in bare if word in self._strong))
        strong |= {language for word in bare if len(word) >= LONG for language in self._nearly(word)}
        weak = frozenset(chain.from_iterable(self._weak[word] for word in bare if word in self._weak))
        mixed = not self._shared.isdisjoint(bare)  # "stop mandando mensajes"
        if weak <= strong and not mixed:
            return strong
        objects = frozenset(chain.from_iterable(self._objects[word] for word in bare if word in self._objects))
        return strong | (objects if mixed else weak & objects)

    def _nearly(self, word: str) -> Iterator[str]:
        """The languages in which a long word is one slip away from unsubscribing."""
        yield from chain.from_iterable(self._slips[part] for part in _shorter(word) if part in self._slips)

    def _parts(self, apart: tuple[Piece, ...], language: str) -> list[Read]:
        table = self._tables[language]
        alone = len(apart) == 1 and len(apart[0][0]) == 1
        return [_read(clause, table, alone) for clause in table.clauses(apart)]


@cache
def stopping() -> Stopping:
    """In every language that we have words of: whatever the community speaks, who wants no texts gets none."""
    return kept(TABLE, every_language)


def every_language() -> Stopping:
    """The same, read from the vocabularies."""
    return Stopping(understood())


NO_DOUBT = (0, False)


def _doubt(parts: list[Read]) -> tuple[int, bool, int]:
    """How little a language understands of a text."""
    unknown = sum(part.letters.count(UNKNOWN) for part in parts)
    return unknown, not any(part.stop and part.stop.sure for part in parts), len(parts)


def _is_open(part: Read) -> bool:
    """Whether a word of stopping stands in it that nobody else is the object of."""
    return not OPEN.isdisjoint(part.letters) and OTHERS not in part.letters


def _seen(phrases: Iterable[Part]) -> Iterator[Part]:
    """What the patterns see. "I", "we" and the like count only behind a stop: there something else begins."""
    stopped = False
    for part in phrases:
        if part[0] in UNREAD or (part[0] == STARTS and not stopped):
            continue
        stopped = stopped or part[0] in STOPPING
        yield part


def _is_said_of_another(said: str, begin: int) -> bool:
    """ "She asks us to stop texting": whose sentence begins with somebody else does not speak for themself."""
    return begin > 0 and said[0] == OTHERS and said[begin] in "sB"


def _is_vague(why: str, matched: str, said: Iterable[Phrase], table: Table) -> bool:
    """Whether nothing is said but to stop, and of that not what."""
    return (why == BARE and "u" in matched) or (why in (BARE, THAT) and any(phrase in table.vague for phrase in said))


@lru_cache(REMEMBERED)
def _fitting(said: str, joined: bool) -> tuple[str, bool, str, int, int] | None:
    """The first rule that fits a row of letters: (object, whether it is beyond doubt, why, where it begins and ends).
    `joined` says that an "and" stands before. The same few rows come again and again."""
    letters = frozenset(said)
    for object_, sure, heads, pattern, why in RULES if STOPPING & letters else ():
        if heads.isdisjoint(letters):
            continue
        match = pattern.search(said)
        if match and (sure or not joined) and not _is_said_of_another(said, match.start()):
            return object_, sure, why, match.start(), match.end()
    return None


def _denies(clause: Clause, part: Part, table: Table) -> bool:
    """Whether it begins with a no: also "pa voye mesaj", which is one phrase."""
    letter, begin, _ = part
    first = table.letters.get(clause.bare[begin : begin + 1], "")
    return letter in DENYING or (letter == "U" and first[:1] in DENYING)


def _has_a_subject(clause: Clause, phrases: Sequence[Part], first: int, table: Table) -> bool:
    """ "The school does not text me": whoever begins so speaks of somebody that we do not know, not to us."""
    before = [part for part in phrases if part[1] < first and part[0] not in BETWEEN]
    if before and clause.bare[before[-1][1]] in table.articles_behind:
        return len(before) > 1 and before[-2][0] == UNKNOWN
    if not before or before[-1][0] != UNKNOWN:
        return False
    begin = before[-1][1]
    preceded = begin > 0 and clause.bare[begin - 1] in table.articles
    return preceded or clause.bare[begin].startswith(ARABIC_THE)


def _is_said_of_a_person(clause: Clause, phrases: Sequence[Part], first: int, table: Table) -> bool:
    """ "Grandma does not answer", "papa m pa ekri m": who writes so asks nobody not to write. `first` is where the no
    begins; before it may stand whose they are, and since when."""
    before = [part for part in phrases if part[1] < first]
    owned = False
    while before and before[-1][0] in BETWEEN:
        owned |= before.pop()[0] == OWNED
    if not before:
        return False
    letter, begin, end = before[-1]
    spoken_of = letter == UNKNOWN or (owned and letter == "")  # "papa" alone only calls upon somebody
    return letter == THEIR_OWN or (spoken_of and not table.people.isdisjoint(clause.bare[begin:end]))


def _read(clause: Clause, table: Table, alone: bool) -> Read:
    phrases = list(table.read(table.heard(clause, alone)))
    seen = list(_seen(phrases))
    as_said = "".join(letter for letter, _, _ in seen)
    said = as_said.replace(HOUR, WHEN)
    fitting = _fitting(said, clause.joined)
    if fitting is None and not clause.joined and ONLY_AT.fullmatch(as_said):
        fitting = ("hours", False, "only then", 0, len(said))
    of_another = bool(TO_THEM.search(said)) and "m" not in said
    denies = fitting is not None and _denies(clause, seen[fitting[3]], table)
    if fitting and denies and WISHES.match(said, fitting[3]) is None:
        of_another = of_another or _is_said_of_a_person(clause, phrases, seen[fitting[3]][1], table)
    if fitting and not of_another:
        object_, sure, why, first_letter, last_letter = fitting
        begin, end = seen[first_letter][1], seen[last_letter - 1][2]
        earliest, latest = _when(said, first_letter, last_letter)
        timed = latest > 0 and (said[first_letter] in HOURS_MATTER or object_ == "by_text")
        if object_ in ("texts", "calls", "by_text") and timed:
            object_, begin, end = "hours", min(begin, seen[earliest][1]), max(end, seen[latest - 1][2])
        if denies and object_ == "texts" and _has_a_subject(clause, phrases, seen[first_letter][1], table):
            object_, sure = "near", False
        if _is_vague(
            why, said[first_letter:last_letter], (clause.bare[first:last] for _, first, last in phrases), table
        ):
            object_, sure = "near", False  # "end it", "that's enough": of what, they are asked
        number = said.find(NUMBER, first_letter, last_letter)
        inside = [clause.bare[first:last] for _, first, last in phrases if begin <= first < end]
        stop = Stop(
            object_,
            clause.bare[seen[number][1]] if object_ in ("request", "unneeded") and number >= 0 else "",
            next((table.things[phrase] for phrase in inside if phrase in table.things), ""),
            sure,
            why,
        )
        telling = TELLING if object_ in ("texts", "calls", "hours") else TELLING - {"q", "j"}
        left = [part for part in phrases if part[0] in telling and not begin <= part[1] < end]
        beside = tuple(chain.from_iterable(clause.written[first:last] for _, first, last in left))
        outside = [part for part in phrases if not begin <= part[1] < end]
        return Read(
            said,
            stop,
            (*beside, CUT) if beside else (),
            said[first_letter],
            _unread(clause, outside, table),
            bool(ELSEWHERE.match(said, last_letter))
            or (PLAIN.isdisjoint(said[first_letter:last_letter]) and table.plain.isdisjoint(clause.bare[begin:end])),
            any(letter == OTHERS for letter, _, _ in outside),
        )
    others = any(letter == OTHERS for letter, _, _ in phrases)
    said += SHIELDED if of_another else ""  # it stops nothing, and nobody is asked about it
    return Read(said, None, clause.written, unread=_unread(clause, phrases, table), others=others)


def _when(said: str, first: int, last: int) -> tuple[int, int]:
    """Where the times of a stop begin and end; (-1, 0) for none. Behind the next "I" or "we" a time says something
    else: "stop sending these, I can't read them while driving"."""
    of_it = said[: last + len(ELSE.split(said[last:], maxsplit=1)[0])]
    return of_it.find("h"), of_it.rfind("h") + 1


def _unread(clause: Clause, phrases: Iterable[Part], table: Table) -> Phrase:
    """The words that mean nothing to us and explain nothing. Of other languages we know too few to say."""
    return tuple(
        word
        for letter, first, last in phrases
        if letter == UNKNOWN
        for word in clause.bare[first:last]
        if table.reasons and word not in table.reasons
    )


def _together(parts: list[Read]) -> Iterator[Stop]:
    """What the clauses mean together: "don't call me, just text" is a way to be reached."""
    letters = "".join(part.letters for part in parts)
    calls = "L" in letters or "C" in letters or any(part.letters in CALL_ME for part in parts)
    only_then = any(ONLY_THEN.fullmatch(part.letters) for part in parts)
    first_then = any(part.letters.startswith("h") and part.stop is None for part in parts)
    for part in parts:
        stop, elsewhere = part.stop, letters.replace(part.letters, "")
        if stop is None:
            continue
        if stop.object == "texts" and GOES_ON in letters:
            yield replace(stop, object="near", sure=False, why=f"{stop.why}; something goes on")
        elif stop.object == "calls" and ("J" in letters or "T" in letters):
            yield replace(stop, object="by_text", why=f"{stop.why}; texts instead")
        elif stop.object == "texts" and calls and part.head in INSTEAD and "U" not in letters:
            yield replace(stop, object="by_call", why=f"{stop.why}; calls instead")
        elif stop.object == "texts" and part.head in "rM" and "J" in elsewhere:
            yield replace(stop, object="calls", why=f"{stop.why}; texts are wanted")
        elif part.head == "r" and stop.object == "request" and _means_the_number(part, stop, letters):
            yield replace(stop, object="texts", why="our list or a number, and remove it")
        elif stop.object in ("texts", "calls") and (
            (only_then and part.head in HOURS_MATTER) or (first_then and _only_for_a_time(part))
        ):
            yield replace(stop, object="hours", why=f"{stop.why}; only then")
        elif stop.object in ("texts", "unclear") and not stop.sure and not SPOKEN_OF.isdisjoint(elsewhere):
            yield replace(stop, object="texts", sure=True, why=f"{stop.why}; texts are spoken of")
        else:
            yield stop


def _only_for_a_time(part: Read) -> bool:
    """ "After nine I sleep, so no messages": neither "ever" nor "any more" is said."""
    return part.head == "n" and not set("aeU").intersection(part.letters)


def _means_the_number(part: Read, stop: Stop, letters: str) -> bool:
    """ "Who gave you my number? Delete it": what "it" is was said in another clause."""
    names_another = bool(stop.number or stop.thing) or not set("qQj").isdisjoint(part.letters)
    return not names_another and not set("pl").isdisjoint(letters.replace(part.letters, "", 1))


def _shorter(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two that share one of these are one slip apart."""
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))


@cache
def _table(language: str) -> Table:
    letters: dict[Phrase, str] = {}
    things: dict[Phrase, str] = {}
    shared: set[Phrase] = set()
    vague: set[Phrase] = set()
    for name, phrase, thing, everywhere in stopping_phrases(language):
        if name in VAGUE:
            vague.add(phrase)
        if name not in LETTERLESS and phrase and phrase not in letters:
            letters[phrase] = LETTERS[name]
            if thing:
                things[phrase] = thing
            if everywhere:
                shared.add(phrase)
    lengths: dict[Phrase, set[int]] = {}
    for phrase in letters:
        if len(phrase) > 1:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
    own = {phrase: letter for phrase, letter in letters.items() if phrase not in shared or language == ENGLISH}
    long = (phrase[0] for phrase, letter in own.items() if letter == "U" and len(phrase) == 1)
    slips = frozenset(chain.from_iterable(_shorter(word) for word in long if len(word) >= LONG))
    naming = frozenset(phrase[-1] for phrase, letter in letters.items() if letter and letter in NAMING)
    ordered = {words: tuple(sorted(found, reverse=True)) for words, found in lengths.items()}
    but, and_ = joints(language)
    joining = {word for (word, *more) in and_ if not more}
    whole = frozenset(phrase for phrase in letters if not joining.isdisjoint(phrase[1:-1]))
    whole |= {phrase for phrase in letters if len(phrase) == 2 and phrase[:1] in but}
    explaining = (phrase for name, phrase, _, _ in stopping_phrases(language) if name in EXPLAINING)
    timed = (tokens(words) for some in times_of(language)[0].values() for one in some for words in alternatives(one))
    reasons = frozenset(words_told(language)).union(*explaining, *timed)
    if language not in shipped():
        reasons = frozenset()
    plain = slips.union(*(phrase for phrase, letter in letters.items() if letter in tuple("tlp")))
    articles, behind, not_alone = (
        frozenset(word for name, (word, *_), _, _ in stopping_phrases(language) if name == wanted)
        for wanted in (THE, THE_BEHIND, NOT_ALONE)
    )
    people = {word for name in PEOPLE for (word, *more) in danger_phrases(language, name) if not more}
    return Table(
        letters,
        ordered,
        things,
        frozenset(shared),
        slips,
        but,
        and_,
        naming,
        whole,
        reasons,
        plain,
        frozenset(vague),
        articles,
        behind,
        frozenset(people),
        not_alone,
        told_apart(language),
    )
