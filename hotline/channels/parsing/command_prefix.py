"""How a text begins: with a word of command, the number of a need, or both; and the times it speaks of.

Such words mean something at the beginning only: "close 112 no answer" is a command, "close to the church" is not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hotline.channels.catalogue import languages, messages
from hotline.channels.parsing.daily_call import DailyCall
from hotline.channels.parsing.lending import Lending
from hotline.channels.parsing.lexicon import PEOPLE, danger_phrases, greetings, numbers_of
from hotline.channels.parsing.tokens import Phrase, tokens, tokens_of_time
from hotline.community.model import Community
from hotline.engine.answers import Heard

CODE = r"\W*(?:no\.?|num\.?|n[°ºo˚]\.?|№)?\s*#?\(?(?P<code>[1-9]\d{2,3})(?!\d)\)?(?P<tail>\W?.*)"
LED_BY_CODE = re.compile(CODE, re.DOTALL)
ITEM = re.compile(r"[\W_]*(?:no\.?|num\.?|n[°ºo˚]\.?|№)?\s*#?\(?(?P<code>[1-9]\d{2,3})(?!\d)\)?")
LAST_ITEM = re.compile(r"(?P<before>.*?)[\W_]*(?<!\d)(?P<code>[1-9]\d{2,3})[\W_]*", re.DOTALL)
LINK, LAST_LINK = re.compile(r"[\W_]*([^\W\d_]+)(?=[\W\d])"), re.compile(r"(?<=[\W\d])([^\W\d_]+)[\W_]*$")
LINKS = frozenset(("filler", "to", "for"))  # the names of words between numbers, and between a number and a name
FIRST_WORD = re.compile(r"\W*(?P<word>[^\W\d_]+)(?P<tail>.*)", re.DOTALL)
FIRST = 3  # words of what somebody has that tell whether it may be given
FEW, SHORTEST, LONG = 4, 4, 6  # words of a text, and letters of its first, that may be a command with a slip in it
EDGES = " \t\r\n:;,.-!"
BY_NUMBER = ("call", "change", "urgent")  # what whoever has a request, or asked for it, says with its number
OF_SHARING = {  # words of command that only a community has in which neighbors share so
    "offers": frozenset(("offer", "offers", "empty")),
    "tools": frozenset(("lend", "borrow", "return", "keep", "soon", "broken", "empty")),
    "days": frozenset(("day", "days", "empty")),
    "circles": frozenset(("circle", "paid", "received", "swap")),
    "listening": frozenset(("round",)),
    "rings": frozenset(("daily", "away", "company", "end_daily")),
}
# Who says these where neighbors do not share so hears that: else a giver would be asked what they need.
GIVEN = frozenset(("offer", "offers", "lend", "daily", "circle"))
NOT_HERE = "not_here"
LONGEST_COMMAND = 3  # words of a text that is a command in small letters, too
REMEMBERED = 4096  # words
POLITE = frozenset(("thanks", "greeting", "sorry"))


class Beginnings:
    """The words of command and of time in all the community's languages; ``words`` are the commands of one word."""

    def __init__(self, community: Community) -> None:
        self._commands: dict[Phrase, str] = {}
        self._said_in: dict[str, set[str]] = {}
        self._not_here: set[str] = set()
        self._moments: dict[Phrase, str] = {}
        self._numbers: dict[Phrase, str] = {}
        having: set[Phrase] = set()
        keeps: set[Phrase] = set()
        people: set[str] = set()
        inviting: set[Phrase] = set()
        hello: set[Phrase] = set()
        no_commands: set[Phrase] = set()
        inquiring: set[Phrase] = set()
        known = _Known(community)
        for language in community.languages:
            file = messages(language) if language in languages() else {}
            said = {name: phrases for name, phrases in file.get("commands", {}).items() if name in known}
            self._commands |= dict(_phrases(said))
            not_here = {name: file.get("commands", {}).get(name, []) for name in GIVEN - said.keys()}
            self._not_here |= {word for (word, *more), _ in _phrases(not_here) if not more}
            for (word, *_), _ in (*_phrases(said), *_phrases(not_here)):
                self._said_in.setdefault(word, set()).add(language)
            no_commands |= {tokens(phrase) for phrase in file.get("not_commands", {}).get("begins", ())}
            inquiring |= {tokens(phrase) for phrase in file.get("inquiring", {}).get("begins", ())}
            having |= {tokens(phrase) for phrase in file.get("having", {}).get("has", ())}
            keeps |= {tokens(phrase) for phrase in file.get("having", {}).get("keeps", ())}
            people |= {word for name in PEOPLE for (word, *more) in danger_phrases(language, name) if not more}
            hello |= greetings(language)
            inviting |= {tokens(phrase) for phrase in file.get("inviting", {}).get("invites", ())}
            self._moments |= dict(_phrases(file.get("moments", {})))
            self._numbers |= {phrase: name for phrase, name in _phrases(numbers_of(language)) if len(phrase) == 1}
        self._by_number = {
            phrase: name
            for language in languages()
            for phrase, name in _phrases(messages(language).get("commands", {}))
            if name in BY_NUMBER
        }
        self._words = [word for (word, *more) in self._commands if len(word) >= SHORTEST - 1 and not more]
        self._long_words = [word for word in self._words if len(word) >= SHORTEST]
        self._lengths = _lengths(self._moments)
        self._having, self._having_lengths = frozenset(having), _lengths(having)
        self._keeps, self._people = frozenset(keeps), frozenset(people)
        self._inviting = frozenset(inviting) if community.sharing.days else frozenset()
        self._inviting_lengths = _lengths(self._inviting)
        self._inquiring, self._inquiring_lengths = frozenset(inquiring), _lengths(inquiring)
        self._hello, self._hello_lengths = frozenset(hello), _lengths(hello)
        self._no_commands, self._no_command_lengths = frozenset(no_commands), _lengths(no_commands)
        several = [phrase for phrase in self._commands if len(phrase) > 1]
        self._several, self._several_lengths = frozenset(several), _lengths(several)
        self.words = frozenset(word for (word, *more) in self._commands if not more)
        self._lending = Lending(community)
        self._daily_call = DailyCall(community)
        self._mended = lru_cache(REMEMBERED)(self._mend)

    def read(self, heard: Heard) -> Heard:
        """The same, with what it begins with and the times it speaks of."""
        command, words = self._command(heard.own)
        led = LED_BY_CODE.fullmatch(words)
        code, tail = (led["code"], led["tail"]) if led else ("", words)
        if alone := self._with_a_number(heard):
            (command, code), tail, words = alone, "", ""
        codes, after = self._codes(words) if command else ((), "")
        after = self._receiver(after) if command == "assign" else after
        nearly, nearly_command = ("", "") if command or not heard.rest else self._nearly(heard.own)
        lending, thing = self._lending.read(heard.own) if heard.own else ((), "")
        daily, beside = self._daily_call.read(heard.own) if heard.own else ((), ())
        if not command and self._is_of_others(heard.own):
            command, tail = NOT_HERE, words
        return heard.but(
            daily=daily,
            daily_told=self._told(beside),
            language=heard.language or self._language_of(command, heard.own),
            lending=lending,
            thing=thing,
            nearly=nearly,
            nearly_command=nearly_command,
            command=command,
            code=code,
            tail=_as_it_came(tail, heard).strip(EDGES) if code or command else "",
            codes=codes,
            has=self._had(heard.own),
            invites=self._invites(heard.own),
            inquires=_begins(heard.own, self._inquiring, self._inquiring_lengths),
            after=_as_it_came(after, heard).strip(EDGES) if words.endswith(after) else after.strip(EDGES),
            moments=tuple(name for _, _, name in self._times_in(tokens(heard.own))),
            told=self._told(tokens_of_time(tail)),
        )

    def _language_of(self, command: str, words: str) -> str:
        """The only language in which a text can begin so with a word of command and say more; "" where there are
        several. The word alone may stand on a poster in a language that is not theirs."""
        first, *more = tokens(words) or ("",)
        spoken = self._said_in.get(first, set()) if command and more else set()
        return next(iter(spoken)) if len(spoken) == 1 else ""

    def _is_of_others(self, words: str) -> bool:
        """Whether it begins with a command of a kind of sharing that this community has not: OFFER, "lend ladder"."""
        first, *others = words.split() or [""]
        known = tokens(first)[:1] != () and tokens(first)[0] in self._not_here
        return known and (first.isupper() or len(others) < LONGEST_COMMAND)

    def _with_a_number(self, heard: Heard) -> tuple[str, str] | None:
        """(a command, the number of a need) where a text is nothing else, whatever their order and in whichever of our
        languages: "101 call", "please call 101", "appeler 101"."""
        number = heard.numbers[0] if len(heard.numbers) == 1 else 0
        name = self._by_number.get(heard.rest, "") if 100 < number < 10000 and POLITE.issuperset(heard.names) else ""
        return (name, str(number)) if name else None

    def _nearly(self, words: str) -> tuple[str, str]:
        """(a short text whose first word is a command but for a letter, with that word put right; the command).
        In a long word two letters may be wrong; before the number of a need the word may be short and the text long."""
        first, *others = words.split() or [""]
        word = "".join(tokens(first))
        if not word or (word,) in self._moments or not (found := self._mended(word)):
            return "", ""
        named = [other for other in others if not any(map(str.isdigit, other)) and not self._is_link(other)]
        before_a_code = bool(others and ITEM.fullmatch(others[0]))
        few, short = len(named) < FEW or before_a_code, len(word) < SHORTEST - before_a_code
        if not few or short:
            return "", ""
        return " ".join((found.upper(), *others)), self._commands[(found,)]

    def _mend(self, word: str) -> str:
        """The command that a word is but for a letter, or two; "" where it is none."""
        words = self._words if len(word) < SHORTEST else self._long_words
        found = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=1 + (len(word) >= LONG))
        return str(found[0]) if found and word[0] == found[0][0] else ""

    def _invites(self, words: str) -> str:
        """To what somebody says that they invite, after a greeting or without."""
        said = _behind(words, self._hello, self._hello_lengths) or words
        return _behind(said, self._inviting, self._inviting_lengths)

    def _had(self, words: str) -> str:
        """What somebody has, as it came; "" where it begins with what nobody gives away: "nothing", "three kids"."""
        thing = _behind(words, self._having, self._having_lengths)
        said = tokens(thing)
        first = (said[begin:end] for begin in range(FIRST) for end in range(begin + 1, FIRST + 1))
        return "" if self._people.intersection(said[-1:]) or self._keeps.intersection(first) else thing

    def _told(self, words: Phrase) -> tuple[str, ...]:
        """The names of the times that are spoken of, and all other words, numbers as digits."""
        found: list[str] = []
        place = 0
        for at, end, name in self._times_in(words):
            found += self._in_digits(words[place:at])
            found.append(name)
            place = end
        return (*found, *self._in_digits(words[place:]))

    def _in_digits(self, words: Phrase) -> Iterator[str]:
        return (self._numbers.get((word,), word) for word in words)

    def _times_in(self, words: Phrase) -> Iterator[tuple[int, int, str]]:
        """Where each time begins and ends that is spoken of, and its name; the longest phrase first ("thứ hai" is
        Monday)."""
        if self._lengths.keys().isdisjoint(words):
            return
        end = 0
        for place, word in enumerate(words):
            for length in self._lengths.get(word, ()) if place >= end else ():
                name = self._moments.get(words[place : place + length])
                if name:
                    end = place + length
                    yield place, end, name
                    break

    def _codes(self, words: str) -> tuple[tuple[str, ...], str]:
        """The numbers of needs that stand together, first or last, and what else is said."""
        codes, rest = self._first_codes(words)
        if codes:
            return codes, self._without_links(rest)
        return self._last_codes(words)

    def _first_codes(self, words: str) -> tuple[tuple[str, ...], str]:
        codes: list[str] = []
        rest = words
        while True:
            link = LINK.match(rest) if codes else None
            found = ITEM.match(rest) or (ITEM.match(rest, link.end()) if link and self._is_link(link[1]) else None)
            if found is None:
                return tuple(dict.fromkeys(codes)), rest
            codes.append(found["code"])
            rest = rest[found.end() :]

    def _last_codes(self, words: str) -> tuple[tuple[str, ...], str]:
        codes: list[str] = []
        rest = words
        while True:
            link = LAST_LINK.search(rest) if codes else None
            shorter = rest[: link.start()] if link and self._is_link(link[1]) else ""
            found = LAST_ITEM.fullmatch(rest) or (LAST_ITEM.fullmatch(shorter) if shorter else None)
            if found is None:
                return tuple(dict.fromkeys(reversed(codes))), rest
            codes.append(found["code"])
            rest = found["before"]

    def _is_link(self, word: str) -> bool:
        return self._moments.get(tokens(word), "") in LINKS

    def _without_links(self, rest: str) -> str:
        """Without the "to" before a name, where a name follows."""
        link = LINK.match(rest)
        return rest[link.end() :] if link and self._is_link(link[1]) and rest[link.end() :].strip(EDGES) else rest

    def _receiver(self, said: str) -> str:
        """The last name, where two are said: "from Ben to Cho" gives it to Cho."""
        words = said.split()
        links = [place for place, word in enumerate(words) if self._moments.get(tokens(word), "") in ("to", "for")]
        return " ".join(words[links[-1] + 1 :]) if links and 0 < links[-1] < len(words) - 1 else said

    def _only_looks_like_one(self, words: str) -> bool:
        """Whether it begins like a command and is none: "day after tomorrow"."""
        return _begins(words, self._no_commands, self._no_command_lengths)

    def _of_several_words(self, words: str) -> tuple[str, str]:
        """(the command, what follows it) where a command of several words begins a text, and only times follow: "on
        call tonight"."""
        said = tokens(words)
        for length in self._several_lengths.get(said[0], ()) if said else ():
            name = self._commands[said[:length]] if said[:length] in self._several else ""
            if name and all(self._moments.get((word,)) for word in said[length:]):
                return name, " ".join(said[length:])
        return "", words

    def _command(self, words: str) -> tuple[str, str]:
        """(the command, what follows it); without one ("", everything)."""
        if self._only_looks_like_one(words):
            return "", words
        name, tail = self._of_several_words(words)
        if name:
            return name, tail
        first = FIRST_WORD.fullmatch(words)
        name = self._commands.get(tokens(first["word"]), "") if first else ""
        if not name and len(joined := "".join(tokens(words))) >= LONG:  # "on call"
            apart = self._commands.get((joined,), "")
            return (apart, "") if apart else ("", words)
        return (name, first["tail"]) if first and name else ("", words)


class _Known:
    """The words of command of a community: those about a kind of sharing only where it has that."""

    def __init__(self, community: Community) -> None:
        here = [words for kind, words in OF_SHARING.items() if getattr(community.sharing, kind)]
        self._not_here = frozenset().union(*OF_SHARING.values()) - frozenset().union(*here)

    def __contains__(self, name: str) -> bool:
        return name not in self._not_here


def _lengths(phrases: Iterable[Phrase]) -> dict[str, tuple[int, ...]]:
    """How long the phrases are that begin with a word, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in filter(None, phrases):
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _begins(words: str, phrases: frozenset[Phrase], lengths: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether a text begins with one of these phrases."""
    said = tokens(words)
    return any(said[:length] in phrases for length in (lengths.get(said[0], ()) if said else ()))


def _behind(words: str, phrases: frozenset[Phrase], lengths: Mapping[str, tuple[int, ...]]) -> str:
    """What stands behind one of these phrases, with which a text begins, as it came: "oranges" of "I have oranges"."""
    said = tokens(words)
    for length in lengths.get(said[0], ()) if said else ():
        if said[:length] in phrases and len(said) > length:
            return " ".join(words.split()[length:]).strip(EDGES)
    return ""


def _as_it_came(tail: str, heard: Heard) -> str:
    """What follows, with all that was only taken off for the meaning: it is passed on whole."""
    before = heard.own[: len(heard.own) - len(tail)]
    return heard.words[len(before) :] if heard.words.startswith(before) else tail


def _phrases(section: dict[str, list[str]]) -> Iterator[tuple[Phrase, str]]:
    for name, phrases in section.items():
        yield from ((tokens(phrase), name) for phrase in phrases)
