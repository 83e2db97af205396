"""Danger: whether a text says that someone is, or may be, in danger now, and which rule says so.

Three levels. *Certain*: somebody's life, limb or safety, now. *Possible*: a sensible neighbor would ask. Nothing:
figures of speech, what is long past, what is only talked about. ``crisis`` says that someone may want to end their
life.

Each language has its words in a section ``danger`` of its vocabulary: classes of words (who, not, weapon ...), phrases
that say it all (certain, possible, crisis, hopeless), and figures, whose words mean none. The frames that put classes
together stand in `danger_frames`, the same for every language. A text is read by each language that has a word of
danger in it; without any such word, looking its words up is all that happens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from hotline.channels.parsing.danger_frames import CERTAIN, CONDUCT, FRAMES, LED_BY, LEVELS, POSSIBLE, Frame
from hotline.channels.parsing.danger_words import BESIDE, Entry, Part, Tongue, Vocabulary, vocabulary
from hotline.channels.parsing.tokens import Phrase, spoken

LONGEST_GAP = 3  # words
NOW_WITHIN = 3
PAST_WITHIN = 6  # words between what happened and the time that it happened
ABOUT_WITHIN = 3  # words between "stroke" and "pills"
SEVERAL = 3  # signs of different kinds that are possible danger each
THING_WITHIN = 4
OF_THINGS = {"killing", "violence", "choking", "said", "sign", "threat"}
GENERAL = {"said", "sign"}  # kinds of frames that see what others see as well
ONLY_A_CRY = 6  # words; "fire fire please help us"
LONG = 6  # letters; a word so long is hardly another one in another language
MOST_HITS = 6  # of one class that a frame looks at
WHOM = ("who", "me", "place", "child")  # what a "no" before it does not deny

CLAUSE = re.compile(r"[.,;:!?()\n\u2026\u3002\uff0c\uff01\uff1f\uff1b\uff1a\u3001\u060c\u061b\u061f\u0964]+")
LAUGHING = re.compile("[\U0001f602\U0001f923\U0001f606\U0001f605\U0001f639\U0001f61c\U0001f61d]")
SHIPPED = ("ar", "en", "es", "fr", "ht", "pt", "vi", "zh")
WIDER = {"zh": 4, "ja": 4, "vi": 3}  # in halves: where one word is written as two, frames are twice as wide


@dataclass(frozen=True)
class Danger:
    """What a text says of danger: "", "possible" or "certain"; and, for people to read, the rules that said it.
    ``conduct`` says that it tells how somebody behaves, or presses somebody."""

    level: str = ""
    crisis: bool = False
    why: tuple[str, ...] = ()
    language: str = ""
    conduct: bool = False


@dataclass(frozen=True)
class Hit:
    """Words from `start` up to `end` that belong to a class."""

    start: int
    end: int
    name: str
    weight: int  # how many of these words are its own: those in a gap are not


NONE = Danger()
SETTLING = ("hunger", "phoned")  # a need, and a telephone that nobody answers: no danger where nothing else is said
SETTLED = "settled"
EXPLAINED = Danger(why=("explained",))  # by a figure of speech, a time long past, a "no"
Hits = dict[str, list[Hit]]
ByStart = dict[int, list[Hit]]


class DangerReader:
    """Reads danger in every language that there are words of, whatever the community offers."""

    def __init__(self, emergency: str) -> None:
        """`emergency` is the number that people there call."""
        self._vocabulary = vocabulary(emergency)

    def read(self, words: str, bare: Phrase, written: Phrase) -> Danger:
        """The worst that any language finds; `bare` and `written` are the words as the parser has them."""
        rung: dict[str, set[str]] = {}
        words_told = {*bare, *written}
        for word in words_told:
            for language, beside in self._vocabulary.rings(word):
                if not beside or not beside.isdisjoint(words_told):
                    rung.setdefault(language, set()).add(word)
        if not rung:
            return NONE
        text = Text(words, self._vocabulary)
        found = [text.read_in(language) for language in text.likely(rung)]
        worst = max(found, key=lambda each: (LEVELS.index(each.level), each.crisis, len(each.why)), default=NONE)
        conduct = any(each.conduct for each in found)
        return worst if conduct == worst.conduct else replace(worst, conduct=conduct)


class Text:
    """One text, while it is read: its words, and the clause that each stands in."""

    def __init__(self, words: str, known: Vocabulary) -> None:
        self._known = known
        self._laughs = LAUGHING.search(words) is not None
        self._clauses: list[int] = []
        bare: list[str] = []
        written: list[str] = []
        for number, clause in enumerate(CLAUSE.split(words)):
            own, as_written = spoken(clause)
            bare += own
            written += as_written
            self._clauses += [number] * len(own)
        self._bare, self._written = tuple(bare), tuple(written)

    def likely(self, rung: dict[str, set[str]]) -> list[str]:
        """The languages that rang, without those that know few of the words where another knows many."""
        bare, written = frozenset(self._bare), frozenset(self._written)
        known = {language: self._known.spoken_here(bare, written, language) for language in {*rung, *SHIPPED}}
        most = max(known.values())
        first = {each for each in SHIPPED if known[each] == most}
        if "vi" in first and self._bare != self._written:
            first = {"vi"}  # accents that no other language has
        theirs = [some for each in first for some in (self._known.tongues[each].words, rung.get(each, ()))]
        own = {
            each: {word for word in words if not any(word in some for some in theirs)} for each, words in rung.items()
        }
        kept = [
            each
            for each in sorted(rung)
            if each in first or (own[each] and known[each] * 2 > most) or _longest(own[each]) >= LONG
        ]
        as_well = any(known[other] >= known["vi"] for other in SHIPPED if other != "vi")
        if "vi" in kept and self._bare == self._written and as_well:
            kept.remove("vi")  # without its accents its words look like those of many languages
        return kept

    def read_in(self, language: str) -> Danger:
        """What the words say in one language."""
        told = self._known.told(self._bare, self._written, language)
        hits = _hits(told, self._known.tongues[language])
        seen = not {"figure", "past"}.isdisjoint(hits)
        if BESIDE.issuperset(hits):
            return EXPLAINED if seen else NONE
        level, crisis, conduct, why, kinds = 0, False, False, list[str](), set[str]()
        for frame in _that_may_stand(hits):
            said, where = self._said(frame, hits, language)
            if frame.kind == CONDUCT:
                conduct |= said > 0
                continue
            seen |= where.stop > 0
            if said:
                why.append(f"{frame.kind}: {' '.join(told[where])}")
                kinds |= {frame.kind} - GENERAL
                crisis |= frame.crisis
                level = max(level, said)
        if level == POSSIBLE and len(kinds) >= SEVERAL:
            level = CERTAIN
        if not level:
            explained = EXPLAINED if seen else NONE
            explained = explained if hits.keys().isdisjoint(SETTLING) else Danger(why=(SETTLED,))
            return replace(explained, conduct=True) if conduct else explained
        return Danger(LEVELS[level], crisis, tuple(dict.fromkeys(why)), language, conduct)

    def _said(self, frame: Frame, hits: Hits, language: str) -> tuple[int, slice]:
        """The highest level at which a frame stands in the text, and where; 0 where all that was found is weakened."""
        best, where = 0, slice(0)
        if (frame.short and len(self._bare) > frame.short) or (len(self._bare) == 1 and not frame.alone):
            return best, where
        for found in _found(frame, hits, language):
            start, end = min(hit.start for hit in found), max(hit.end for hit in found)
            level = self._weighed(frame, found, hits, start, end)
            if level > best or not where.stop:
                best, where = max(level, 0), slice(start, end)
        return best, where

    def _weighed(self, frame: Frame, found: Sequence[Hit], hits: Hits, start: int, end: int) -> int:
        """The level of a frame that was found there, after what stands around it."""
        found = [hit for hit in found if hit.name not in WHOM] or found
        if frame.topic and self._near(hits, "about", found, ABOUT_WITHIN):
            return 0
        if not frame.denies and self._is_denied(hits, found, start):
            return 0
        if frame.kind == CONDUCT:
            return frame.level  # what was done last week, or is laughed about, was done
        if frame.kind in OF_THINGS and self._is_by_a_thing(hits, start):
            return 0
        level = frame.level
        if self._laughs or "laugh" in hits:
            level -= 2 if frame.figure else 1
        if self._near(hits, "past", found, PAST_WITHIN) and not self._near(hits, "now", found, NOW_WITHIN):
            level -= 1 if frame.crisis else 2
        if "over" in hits and not frame.crisis:
            level -= 1
        if self._is_told(hits, start):
            level = POSSIBLE if frame.crisis else 0
        if self._near(hits, "unless", found, ABOUT_WITHIN):
            level -= 2 if frame.figure else 1
        mild = ("mild", "hedge") if frame.hedged else ("mild",)
        if level == CERTAIN and not frame.crisis and any(self._near(hits, each, found, PAST_WITHIN) for each in mild):
            level = POSSIBLE
        return level

    def _near(self, hits: Hits, name: str, found: Sequence[Hit], within: int) -> bool:
        """Whether a word of this class stands in the same clause, close to them, and inside none of them."""
        start, end = min(hit.start for hit in found), max(hit.end for hit in found)
        clauses = {*self._clauses[start:end]}
        return any(
            self._clauses[hit.start] in clauses
            and (hit.start - end < within and start - hit.end < within)
            and not any(one.start < hit.end and hit.start < one.end for one in found)
            for hit in hits.get(name, ())
        )

    def _is_told(self, hits: Hits, start: int) -> bool:
        """Whether the same clause says that it is out of the news, a film or a dream, and not that it is now."""
        here = [{self._clauses[hit.start] for hit in hits.get(name, ())} for name in ("story", "now")]
        return self._clauses[start] in here[0] - here[1]

    def _is_by_a_thing(self, hits: Hits, start: int) -> bool:
        """Whether it is a thing that does it, and nobody stands between: "the bills are choking us"."""
        things = [hit.end for hit in hits.get("thing", ()) if self._clauses[hit.start] == self._clauses[start]]
        last = max((end for end in things if start - THING_WITHIN <= end <= start + 1), default=-1)
        return last >= 0 and not any(last <= hit.start < start for hit in (*hits.get("who", ()), *hits.get("me", ())))

    def _is_denied(self, hits: Hits, found: Sequence[Hit], start: int) -> bool:
        """Whether a "no" stands just before, or with small words between: "no fire", "not in labor"."""
        first = min((hit.start for hit in found if hit.name not in WHOM), default=start)
        small = {hit.start for hit in hits.get("small", ())}
        return any(
            no.end <= first <= no.end + 2
            and small.issuperset(range(no.end, first))
            and self._clauses[no.start] == self._clauses[first]
            for no in hits.get("no", ())
        )


def _that_may_stand(hits: Hits) -> Iterator[Frame]:
    """The frames all of whose needs are met somewhere in a text, in their order."""
    places = sorted({place for name in hits for place in LED_BY.get(name, ())})
    frames = (FRAMES[place] for place in places)
    return (frame for frame in frames if not any(need.isdisjoint(hits) for need in frame.needs))


def _longest(words: set[str]) -> int:
    return max(map(len, words), default=0)


def _hits(told: Phrase, tongue: Tongue) -> Hits:
    """All that the words belong to; what stands inside a figure of speech belongs to nothing else."""
    by_start: ByStart = {place: [] for place in range(len(told))}
    words, leaning_on_a_word = frozenset(told), list[tuple[int, Entry]]()
    for place, word in enumerate(told):
        begun, here = tongue.beginning(word), by_start[place]
        here += (Hit(place, place + 1, entry.name, 1) for entry in begun.single)
        for entry in begun.that_may_be_in(words):
            if entry.leans:
                leaning_on_a_word.append((place, entry))
            elif end := _ends(entry.parts, told, place, by_start):
                here.append(_hit(entry, place, end))
    plain = [hit for hits in by_start.values() for hit in hits]
    leaning = [
        _hit(entry, place, end)
        for place, entry in (*_leaning_on_a_class(by_start, tongue, words), *leaning_on_a_word)
        if (end := _ends(entry.parts, told, place, by_start))
    ]
    figures = [hit for hit in (*plain, *leaning) if hit.name == "figure"]
    found: Hits = {}
    for hit in (*plain, *leaning):
        if not _is_inside(hit, figures):
            found.setdefault(hit.name, []).append(hit)
    if len(told) <= ONLY_A_CRY and _is_a_cry(found, len(told)):
        found["only"] = [Hit(0, len(told), "only", len(told))]
    return found


def _leaning_on_a_class(by_start: ByStart, tongue: Tongue, words: frozenset[str]) -> Iterator[tuple[int, Entry]]:
    """The phrases that may begin with a class, and where."""
    for place, hits in by_start.items():
        for name in {hit.name for hit in hits}:
            yield from ((place, entry) for entry in tongue.led_by(name).that_may_be_in(words))


def _hit(entry: Entry, start: int, end: int) -> Hit:
    return Hit(start, end, entry.name, min(end - start, entry.most))


def _found(frame: Frame, hits: Hits, language: str) -> Iterator[tuple[Hit, ...]]:
    """The places where all that a frame needs stands close enough together."""
    within = frame.within * WIDER.get(language, 2) // 2
    lists = ([hit for name in sorted(need) for hit in hits.get(name, ())][:MOST_HITS] for need in frame.needs)
    for some in product(*lists):
        inside = sorted(some, key=lambda hit: hit.start)
        apart = all(one.end <= other.start for one, other in pairwise(inside))
        if apart and inside[-1].end - inside[0].start <= max(within, *(hit.end - hit.start for hit in some)):
            yield some


def _ends(parts: Sequence[Part], told: Phrase, place: int, by_start: ByStart) -> int:
    """Where a phrase ends that begins here, in the longest of its ways; 0 where it does not stand here."""
    if not parts:
        return place
    part, rest = parts[0], parts[1:]
    if part.gap:
        ends = (_ends(rest, told, place + far, by_start) for far in range(LONGEST_GAP + 1))
        return next(filter(None, ends), 0)
    without = _ends(rest, told, place, by_start) if part.optional else 0
    if place >= len(told):
        return without
    if part.rows:
        return max(without, *(_ends((*row, *rest), told, place, by_start) for row in part.rows))
    if part.name:
        here = (hit.end for hit in by_start[place] if hit.name == part.name)
        return max((_ends(rest, told, end, by_start) for end in here), default=without)
    return max(without, _ends(rest, told, place + 1, by_start)) if part.fits(told[place]) else without


def _is_inside(hit: Hit, figures: Sequence[Hit]) -> bool:
    """Whether a figure of speech has some of these words; a longer phrase around it is none of it."""
    if hit.name in ("figure", "laugh", "past", "now", "over", "thing", "story", *SETTLING):
        return False
    return any(one.start < hit.end and hit.start < one.end and one.weight >= hit.weight for one in figures)


def _is_a_cry(hits: Hits, length: int) -> bool:
    """Whether nothing is said but a word of danger, and cries for help around it."""
    covered = {
        place
        for name in ("alone", "plea", "me", "now", "call")
        for hit in hits.get(name, ())
        for place in range(hit.start, hit.end)
    }
    return "alone" in hits and len(covered) == length
