"""Parser: phrases in a text become names, in all the community's languages at once, whole words only."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hotline.channels.parsing import second_opinion
from hotline.channels.parsing.asides import Own, take_off
from hotline.channels.parsing.classify import sort_out
from hotline.channels.parsing.command_prefix import Beginnings
from hotline.channels.parsing.danger import DangerReader
from hotline.channels.parsing.household import how_many, is_a_household
from hotline.channels.parsing.leading import Leading
from hotline.channels.parsing.lexicon import elsewhere, exceptions, never_slips, reasons, words_of
from hotline.channels.parsing.not_ones_own import Ours
from hotline.channels.parsing.stopping import Stops, stopping
from hotline.channels.parsing.times import TimeReader
from hotline.channels.parsing.tokens import Phrase, asks, spoken
from hotline.channels.parsing.word_tables import RUN, SHORTEST_NEAR_MISS
from hotline.community.model import Community
from hotline.engine.answers import CUT, Heard, Stop
from hotline.model.sanitize import clean

Read = tuple[Phrase, str]  # a phrase as it was said, and its name

FORGIVEN = ("menu", "back", "status", "volunteer")
DEEDS = ("done", "drop")
LEVELS = ("", "possible", "certain")  # of danger
INVITES = "day"  # the command of who invites to a day together
ASKED_FOR = "wants"
SLIP = "slip"  # a word that is almost one that gives back or closes a need
SHORT_WORD = 3  # letters; alone it tells no language
LONG_WORD = 8  # letters; two slips are forgiven
FEWEST_UNREAD, MOST_READ = 2, 5  # words that nobody understands: two, and a fifth of a text, leave a stop in doubt
OTHERS_WEIGH = 2  # as many words as somebody else weighs of whom something is said that nobody understands
MOST_SEARCHED = 12  # words of one text that are looked at for slips

LETTERS = re.compile(r"(.)\1*")
LONGEST_WORDS = 1600
REMEMBERED = 4096  # texts, and words that nobody knows


def kept(words: str) -> str:
    """The words of a text as they are kept."""
    return clean(words).strip()[:LONGEST_WORDS]


def _is_letter(phrase: Phrase) -> bool:
    return len(phrase) == 1 and len(phrase[0]) == 1 and phrase[0].isascii() and phrase[0].isalpha()


class Hearing:
    """What each word means here: the message files, the labels and words of the community file."""

    def __init__(self, community: Community) -> None:
        known = words_of(community)
        self._phrases = known.nameless | known.names
        self._written, self._spoken, self._lengths, self._runs = (
            known.written,  # words that count only with their accents
            known.languages,
            known.lengths,
            known.runs,
        )
        self._needs = frozenset(community.needs_offered)
        self._labels = {
            name: [frozenset(spoken(label)[0]) for label in need.labels.values()]
            for name, need in community.needs.items()
        }
        self._forgiven = frozenset((*community.needs_offered, *community.areas, *FORGIVEN))
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(chain.from_iterable(known.long.get(name, ()) for name in sorted(self._forgiven))):
            if word not in known.written:
                self._near[word[0]].append(word)
        self._deeds = [word for name in DEEDS for word in known.long.get(name, ()) if word not in known.written]
        self._choices = frozenset((*community.needs_offered, *community.areas))
        self._elsewhere = elsewhere(tuple(community.languages))
        exceptions_of = [exceptions(language) for language in community.languages]
        self._before, self._behind, _ = (
            frozenset(chain.from_iterable(of_one)) for of_one in zip(*exceptions_of, strict=True)
        )
        self._no = {each: last for each, (_, _, last) in zip(community.languages, exceptions_of, strict=True)}
        self._beginnings = Beginnings(community)
        self._apart = never_slips(community)
        self.ours = Ours(community, known.single)
        self._leading = Leading(self._spoken, community.languages)
        self._stopping = stopping()
        self._reasons = reasons(tuple(community.languages))
        self._danger = DangerReader(community.emergency)
        self._times = TimeReader(community)
        self._languages = frozenset(community.languages)
        self._nearly = lru_cache(REMEMBERED)(self._slip_of)
        self.hear = lru_cache(REMEMBERED)(self._hear)  # the short texts that everybody writes are read once

    def ready(self) -> None:
        """Makes now what is made when the first text needs it: its turn has three seconds, and a slow machine needs
        longer for that."""
        self.ours.ready()
        second_opinion.ready()

    def _hear(self, words: str) -> Heard:
        heard, stopped, household = self._by_rule(kept(words))
        if heard.machine or heard.reaction or (household and not heard.danger):
            return heard
        return second_opinion.with_opinion(heard, shielded=stopped.shielded, objectless=stopped.objectless)

    def by_rule(self, words: str) -> Heard:
        """What the rules alone hear."""
        return self._by_rule(kept(words))[0]

    def _by_rule(self, words: str) -> tuple[Heard, Stops, bool]:
        """What the rules hear, what was found of stopping, and whether nothing is said but who and how many."""
        own = take_off(words, self.ours)
        bare, written = spoken(own.words)
        household = is_a_household(bare)
        heard = self._sorted(own.words, bare, written)
        if own.asides or own.machine:
            heard = self._beside(heard, words, own)
        stopped = self._stopping.read(bare, own.words)
        heard = self._endangered(self._beginnings.read(heard), own, bare, written)
        when = self._times.read(own.words, invites=heard.command == INVITES)
        heard = heard.but(when=when, people=how_many(bare))
        if own.machine or not stopped.stops:
            return heard if household else self._objectless(heard, stopped), stopped, household
        accounted = self._is_accounted_for(stopped, heard, len(bare))
        stops = tuple(replace(stop, accounted=accounted) for stop in stopped.stops)
        return heard.but(stops=stops, beside=tuple(map(self._clause_beside, stopped.beside))), stopped, household

    def _objectless(self, heard: Heard, stopped: Stops) -> Heard:
        """Who says stop, and nothing else that we understand, may mean our texts: they are asked."""
        said = any(word in heard.rest for word in stopped.unread)
        if not stopped.objectless or said or heard.names or heard.danger or heard.machine:
            return heard
        return heard.but(stops=(Stop("near", sure=False, why="stopping, and no object"),))

    def _is_accounted_for(self, stopped: Stops, heard: Heard, length: int) -> bool:
        """Whether all that is said beside a stop is understood, but for a small part of it. What may be said to anybody
        ("leave me alone") has to stand among words that are all understood, and beside nobody else, for whom nothing is
        asked. "Do not text, he is in the room" is no farewell."""
        unread = sum(word in heard.rest for word in stopped.unread)
        others = stopped.others and self._needs.isdisjoint(heard.names)
        if stopped.loose:
            return not (unread or others)
        if stopped.whole and not others:
            return True
        unread += OTHERS_WEIGH if unread and others else 0
        return unread < FEWEST_UNREAD or unread * MOST_READ < length

    def _beside(self, heard: Heard, words: str, own: Own) -> Heard:
        """The same, with all that was taken off: what others wrote means nothing."""
        if own.machine:
            heard = Heard(own.words, own=own.words)
        return heard.but(words=words, asides=own.asides, reaction=own.reaction, machine=own.machine)

    def _endangered(self, heard: Heard, own: Own, bare: Phrase, written: Phrase) -> Heard:
        """The same with what it says of danger, in quotations too; a cry for help tells the language as well."""
        quoted = (self._danger.read(others, *spoken(others)) for others in own.quoted)
        found = max((self._danger.read(own.words, bare, written), *quoted), key=lambda each: LEVELS.index(each.level))
        heard = heard.but(conduct=True) if found.conduct else heard
        if not found.level:
            return heard.but(why=found.why) if found.why else heard
        language = heard.language or (found.language if found.language in self._languages else "")
        return heard.but(danger=found.level, crisis=found.crisis, why=found.why, language=language)

    def _clause_beside(self, written: Phrase) -> Heard:
        """What stands beside a stop. Thanks, and what only explains it, ask for nothing: "we moved", "thanks for the
        food"."""
        heard = self._clause(written)
        if ASKED_FOR in heard.names or heard.asks or self._needs.isdisjoint(heard.names):
            return heard
        explains = all(map(self._reasons.issuperset, self._named_needs(written)))
        return heard.but(names=tuple(name for name in heard.names if name not in self._needs)) if explains else heard

    def _named_needs(self, written: Phrase) -> Iterator[Phrase]:
        """The words that name a need, with their accents; none beside thanks."""
        bare, as_written = spoken(" ".join(written))
        read = list(self._read(bare, as_written))
        if any(name == "thanks" for _, name in read):
            return
        place = 0
        for phrase, name in read:
            if name in self._needs:
                yield as_written[place : place + len(phrase)]
            place += len(phrase)

    def _clause(self, written: Phrase) -> Heard:
        """One clause of a text, read as if it were all, but for words of command."""
        words = " ".join(written)
        heard = self._sorted(words, *spoken(words))
        return heard.but(rest=(*heard.rest, CUT)) if written[-1] == CUT else heard

    def _sorted(self, words: str, bare: Phrase, written: Phrase) -> Heard:
        """The names and numbers in these words."""
        read = list(self._read(bare, written))
        if not self._needs.intersection(part for _, name in read for part in name.split()):
            read = self._with_slips(read)
        language = self._language(read)
        denied: frozenset[str] = frozenset()
        if self._choices.intersection(name for _, name in read):
            said = frozenset(name for _, name in read)
            read = list(self._meant(read, bare, language))
            denied = self._choices & said - {name for _, name in read}
        names, numbers, rest = sort_out(read)
        asking = asks(words)
        leads = "" if asking else self._leading.read(words, read, rest)
        precise = any(map(self._is_precise, read))
        return Heard(
            words,
            names,
            numbers,
            rest,
            language=language,
            asks=asking,
            own=words,
            leads=leads,
            precise=precise,
            denied=denied,
        )

    def _is_precise(self, read: Read) -> bool:
        """Whether a word says more than the label of the need that it means: insulin is more than medicine."""
        phrase, name = read
        return name in self._labels and not any(label.issuperset(phrase) for label in self._labels[name])

    def _meant(self, read: list[Read], bare: Phrase, language: str) -> Iterator[Read]:
        """Without the choices that are named as not meant: "not northside", "anything but food", "food no, medicine";
        and without a thing of one language that is an everyday word of the language that is written: "let us in" names
        no Creole milk."""
        place = 0
        for number, (phrase, name) in enumerate(read):
            end = place + len(phrase)
            if name in self._choices and (
                any(bare[place - length : place] in self._before for length in (1, 2, 3) if length <= place)
                or any(bare[end : end + length] in self._behind for length in (1, 2, 3))
                or self._is_denied(read[number + 1 : number + 3], language)
                or language in self._elsewhere.get(phrase, ())
            ):
                name = ""
            yield phrase, name
            place = end

    def _is_denied(self, behind: list[Read], language: str) -> bool:
        """ "Comida no, medicina": a bare no behind it, and then nothing, or what is wanted in its place. In English it
        belongs to what follows."""
        denies = bool(behind) and behind[0][0] in self._no.get(language, ())
        return denies and all(name in self._choices for _, name in behind[1:])

    def _read(self, bare: Phrase, written: Phrase) -> Iterator[Read]:
        """The longest phrase wins: "a ride to the doctor" is no doctor."""
        alone = sum(not word.isdecimal() for word in bare) == 1
        place = 0
        while place < len(bare):
            phrase, name = self._phrase_at(bare, written, place)
            if _is_letter(phrase) and not alone:
                name = ""  # "y" is no yes in the middle of Spanish
            yield phrase, name
            place += len(phrase)

    def _phrase_at(self, bare: Phrase, written: Phrase, place: int) -> Read:
        word = bare[place]
        for length in self._lengths.get(bare[place : place + 2], ()):
            phrase = bare[place : place + length]
            name = self._phrases.get(phrase)
            if name is not None and place + length <= len(bare):
                return phrase, name
        if written[place] in self._written:
            return (word,), self._written[written[place]]
        name = self._phrases.get((word,))
        if name is not None:
            return (word,), name
        if word.isdecimal():
            return (word,), word
        return (word,), self._said_twice(written[place], word)

    def _said_twice(self, written: str, bare: str) -> str:
        """A letter said twice is the same letter: "yess", "siii"."""
        if (bare,) in self._spoken or bare in self._apart or not RUN.search(bare):
            return ""
        for word in (written, bare):
            for known in self._runs.get(RUN.sub(r"\1", word), ()):
                if _stretches(word, known):
                    name = self._written.get(known) or self._phrases.get((known,), "")
                    return SLIP if name in DEEDS else name  # nothing goes back or is closed by a slip: they are asked
        return ""

    def _with_slips(self, read: list[Read]) -> list[Read]:
        """Small mistakes are forgiven in the names of needs and areas. Never in yes, no, done: those must be clear."""
        unknown = [phrase[0] for phrase, name in read if not name]
        if not unknown or len(unknown) > MOST_SEARCHED:
            return read
        alone = sum(not name.isdecimal() for _, name in read) == 1
        return [(phrase, name or self._nearly(phrase[0], alone)) for phrase, name in read]

    def _slip_of(self, word: str, alone: bool) -> str:
        """What a word of four letters or more means that has a slip in it, though not in its first letter."""
        if (word,) in self._spoken or word in self._apart:
            return ""
        if alone and process.extractOne(word, self._deeds, scorer=OSA.distance, score_cutoff=1):
            return SLIP
        if len(word) < SHORTEST_NEAR_MISS or word in self._beginnings.words:  # "list" is no lift
            return ""
        slips = 1 if len(word) < LONG_WORD else 2
        near = process.extract(word, self._near.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=8)
        names = {self._phrases[(found,)] for found, _, _ in near} & self._forgiven
        return names.pop() if len(names) == 1 else ""

    def _language(self, phrases: Iterable[Read]) -> str:
        """The language most of whose words these are; "" when none is known or several are as likely."""
        known = [phrase for phrase, _ in phrases if phrase in self._spoken and not _is_letter(phrase)]
        if len(known) == 1 and len("".join(known[0])) <= SHORT_WORD and not self._phrases.get(known[0]):
            return ""  # "yo": one short word that means nothing to us is said in many languages
        votes = Counter(language for phrase in known for language in self._spoken.get(phrase, ()))
        ranked = votes.most_common(2)
        clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
        return ranked[0][0] if clear else ""


def _stretches(word: str, known: str) -> bool:
    """Whether a word is a known one with some of its letters said more than once."""
    said, own = ([match.group() for match in LETTERS.finditer(each)] for each in (word, known))
    return len(said) == len(own) and all(len(run) >= len(part) for run, part in zip(said, own, strict=True))
