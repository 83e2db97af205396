"""Asides: what stands in a text and is not its writer's own. It is taken off for the meaning alone.

Reactions of phones, quotations and forwards of our own texts, the marks of mail programs, subjects, signatures and
counters; and whole texts that a machine wrote. What is kept, passed on and read back is the text as it came. The
phrases stand in ``messages/vocabulary``, sections [asides] and [machines].
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hotline.channels.parsing.not_ones_own import Ours
from hotline.channels.parsing.our_texts import pieces
from hotline.channels.parsing.tokens import SIGNS, tokens

SHORTEST_QUOTATION = 32  # bytes; less of ours is known only in quote marks
COUNTER = r"(?:[(\[]\s?\d{1,2}\s?/\s?\d{1,2}\s?[)\]]|[1-9]/[2-9])"
COUNTED = re.compile(rf"\s*{COUNTER}[:.]?\s+|\s+{COUNTER}\s*$")
SUBJECT = re.compile(
    r"\s*(?:(?:re|fwd?|rv|tr|enc|aw|wg|sv|subject|asunto|objet|assunto|回复|回覆|转发|轉發|رد)\s?[:：]|<[^<>\n]{1,30}>|[(\[]\s?\d{1,2}/\d{1,2}\s?[)\]])\s*",
    re.I,
)
PARENTHESIS = re.compile(r"\s*\(([^()\n]{1,40})\)\s*")
HEADER = re.compile(r"\s*(?:from|to|date|sent|subject|de|para|à|fecha|enviado|asunto|objet|assunto)\s?:.*\n?", re.I)
OPENING = re.compile('[“„«「『‹"]')
TYPED = '"'  # phones write other quote marks than people
MARKS = (("“", "”"), ("„", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("『", "』"), ("‹", "›"), ('"', '"'))
QUOTED = (  # to the next mark; else to the last one, or to the end where a text was cut
    re.compile("|".join(rf"{opens}[^{opens}{closes}]*{closes}" for opens, closes in MARKS)),
    re.compile("|".join(rf"{opens}.*{closes}|{opens}[^{closes}]*$" for opens, closes in MARKS), re.DOTALL),
)
CLOSING = "".join(closes for _, closes in MARKS)
LONGEST_LEAD = 6  # words of a phone before the quotation
SIGNED = re.compile(r"(?:^|(?<=[\s.!,;]))[-–—~]{1,3}\s*(?P<name>[^\W\d_](?:(?!\s[-–—~])[^\n,;:!?()]){1,40})$")
CLOSED = re.compile(r"[.,!;:\n]\s*(?P<name>(?:[^\W\d_][\w'’.-]*\s?){1,4})(?:\s?[\d()-]{7,})?$")
RULED_OFF = re.compile(r"\n\s*(?:--|__+|—)\s*\n[^\n]*(?:\n[^\n]*){0,3}$")
PUNCTUATION = " \n\t.…,;:!-\"”'"
MOST_NAMES = 3
LONGEST_DEVICE = 5  # words of a phone's own name
MOST_SIGNATURES = 2  # a name, and what the phone puts below it
KINDS = ("blocked", "reply", "notice")  # what matters most first
GAP = 12  # words that may stand in the middle of a machine's sentence


@dataclass(frozen=True)
class Own:
    """What is left of a text: the writer's own words. ``asides`` are the parts that were taken off.

    ``reaction`` says that nothing was written besides a phone's "Liked “…”". ``machine`` names the kind of machine
    that wrote it: "reply", "blocked" (a text of ours did not get there) or "notice". ``quoted`` are words in the
    asides that are not ours: they mean nothing, and are still read for danger.
    """

    words: str
    asides: tuple[str, ...] = ()
    reaction: bool = False
    machine: str = ""
    quoted: tuple[str, ...] = ()


def take_off(words: str, ours: Ours) -> Own:
    """The writer's own words of a text."""
    said = tokens(words)
    text = _Text(words, ours)
    if said not in ours.marks.named_reactions:
        text.take_off(said)
    own = said if text.own == words else tokens(text.own)
    if own in ours.marks.named_reactions:  # also above a quotation that was taken off
        return Own("", (*text.asides, text.own), reaction=True, quoted=tuple(text.quoted))
    machine = _machine(own, ours)
    return Own(text.own.strip(), tuple(text.asides), text.is_reaction(), machine, tuple(text.quoted))


def _machine(said: tuple[str, ...], ours: Ours) -> str:
    """The kind of machine whose sentence stands in these words."""
    if ours.marks.machines.keys().isdisjoint(said):
        return ""
    found = {
        kind
        for place, word in enumerate(said)
        for parts, kind in ours.marks.machines.get(word, ())
        if _stands(parts, said, place)
    }
    return next((kind for kind in KINDS if kind in found), "")


def _stands(parts: tuple[tuple[str, ...], ...], said: tuple[str, ...], place: int) -> bool:
    """Whether the parts of a sentence stand there, one after the other, with words between."""
    if said[place : place + len(parts[0])] != parts[0]:
        return False
    after = place + len(parts[0])
    for part in parts[1:]:
        found = (at for at in range(after, after + GAP) if said[at : at + len(part)] == part)
        at = next(found, -1)
        if at < 0:
            return False
        after = at + len(part)
    return True


class _Text:
    """A text, from which one aside after the other is taken."""

    def __init__(self, words: str, ours: Ours) -> None:
        self.own = words
        self.asides: list[str] = []
        self.quoted: list[str] = []
        self._ours = ours
        self._reacts = False

    def is_reaction(self) -> bool:
        return self._reacts and not self.own.strip(PUNCTUATION)

    def take_off(self, said: tuple[str, ...]) -> None:
        """The cheap looks first: most texts have none of the marks."""
        has = set(self.own).__contains__
        if has(":") or has("：") or has("<") or self.own.lstrip().startswith(("(", "[")):
            self._subjects()
        if has(">") or has(":") or has("\n"):
            self._mail()
        if OPENING.search(self.own):
            self._quotations()
        if len(self.own.encode()) >= SHORTEST_QUOTATION:
            for start, end in reversed(self._ours.texts.places(self.own)):
                self._cut(start, end)
        if not self._ours.marks.sent_from.keys().isdisjoint(said):
            self._sent_from()
        for _ in range(MOST_SIGNATURES):
            self._signature()
        if has("/"):  # last: "1/2" alone is an answer
            self._counters()

    def _cut(self, start: int, end: int, quoted: str = "") -> None:
        taken = self.own[start:end].strip()
        if not taken:
            return
        self.asides.append(taken)
        if strange := self._ours.texts.strange(quoted):
            self.quoted.append(strange)
        self.own = f"{self.own[:start].rstrip()}\n{self.own[end:].lstrip()}".strip()

    def _cut_if_more(self, start: int, end: int) -> bool:
        """What ends or begins a text is an aside only beside words."""
        if not (self.own[:start] + self.own[end:]).strip():
            return False
        self._cut(start, end)
        return True

    def _counters(self) -> None:
        for found in reversed(list(COUNTED.finditer(self.own))):
            if not found.start() or found.end() == len(self.own):
                self._cut_if_more(*found.span())

    def _subjects(self) -> None:
        while found := SUBJECT.match(self.own):
            if not self._cut_if_more(*found.span()):
                return
        found = PARENTHESIS.match(self.own)
        if found and tokens(SUBJECT.sub("", found[1])) in self._ours.marks.subjects:
            self._cut_if_more(*found.span())

    def _mail(self) -> None:
        """ "On Tue, Jan 6, 2026 at 3:04 PM X wrote:" and what follows, lines that begin with >, heads of forwards."""
        head = self._ours.marks.wrote.search(self.own)
        if head and self.own[: head.start()].strip():
            self._cut(head.start(), len(self.own), self.own[head.end() :])
        elif head:
            self._cut(*head.span())
        for start, end in reversed(list(_lines(self.own))):
            line = self.own[start:end]
            if line.lstrip().startswith(">") and (self.own[:start] + self.own[end:]).strip():
                self._cut(start, end, line.replace(">", " "))
            elif tokens(line) in self._ours.marks.forwarded:
                while header := HEADER.match(self.own, end + 1):
                    end = header.end() - 1
                self._cut(start, end)

    def _quotations(self) -> None:
        """Reactions with the text they are about, and our own words in quote marks."""
        for pattern in QUOTED:
            for found in reversed(list(pattern.finditer(self.own))):
                inside = found.group()[1:].rstrip(CLOSING)
                start = self.own.rfind("\n", 0, found.start()) + 1
                end = _line_end(self.own, found.end())
                lead, behind = self.own[start : found.start()], self.own[found.end() : end]
                if self._is_reaction(lead, behind, inside, typed=found.group().startswith(TYPED)):
                    self._reacts = True
                    self._cut(start, end, inside)
                elif self._ours.texts.quoted(inside):
                    self._cut(*found.span())

    def _is_reaction(self, lead: str, behind: str, inside: str, *, typed: bool) -> bool:
        around = _bare(lead), _bare(behind)
        if around in self._ours.marks.reactions:
            return True
        if around in self._ours.marks.with_a_sign:
            return any(not (letter.isalnum() or letter.isspace() or letter in "\"'.,:“") for letter in lead)
        verb = around[0]
        written = lead.strip()[:1].isupper() and not lead.isupper() and not typed
        shaped = 0 < len(verb) <= LONGEST_LEAD and not around[1] and written
        return shaped and self._ours.known.isdisjoint(verb) and self._ours.texts.quoted(inside)

    def _sent_from(self) -> None:
        """ "Sent from my iPhone" at the end of a line."""
        words = pieces(self.own)
        for place, piece in enumerate(words):
            for phrase in self._ours.marks.sent_from.get(piece.word, ()):
                if tuple(each.word for each in words[place : place + len(phrase)]) != phrase:
                    continue
                end = _line_end(self.own, piece.start)
                after = [each.word for each in words[place + len(phrase) :] if each.start < end]
                begins = not self.own[: piece.start].rstrip(" -–—_*").endswith(tuple("abcdefghijklmnopqrstuvwxyz"))
                if len(after) <= LONGEST_DEVICE and (
                    begins or not self._ours.marks.devices.isdisjoint((*phrase, *after))
                ):
                    before = len(self.own[: piece.start].rstrip(" \n-–—_*"))
                    self._cut_if_more(before or piece.start, end)
                    return

    def _signature(self) -> None:
        """Names at the end: behind a dash, after a closing word, alone on the last line, below "--"."""
        text = self.own.rstrip(" \t\r\n.!")
        ruled = RULED_OFF.search(text)
        if ruled and self._cut_if_more(*ruled.span()):
            return
        signed = SIGNED.search(text)
        if signed and self._is_name(signed["name"]):
            self._cut_if_more(signed.start(), len(self.own))
            return
        line = text.rfind("\n") + 1
        if line and self._is_name(text[line:]):
            self._cut_if_more(line, len(self.own))
            text = self.own.rstrip(" \t\r\n.!,")
        closed = CLOSED.search(text)
        if closed and self._is_name(closed["name"]) and (start := self._closing(text[: closed.start()])) is not None:
            self._cut_if_more(start, len(self.own))

    def _closing(self, text: str) -> int | None:
        """Where the closing words begin that end this text."""
        words = pieces(text)
        for length in range(min(4, len(words)), 0, -1):
            if tuple(piece.word for piece in words[-length:]) in self._ours.marks.closings:
                return words[-length].start
        return None

    def _is_name(self, words: str) -> bool:
        """A first name or two, written as names are, and no word that means something to us."""
        names = words.replace("-", " ").split()
        plain = [name.strip(".'’") for name in names if name.strip(".").casefold() not in self._ours.marks.titles]
        written = [name for name in plain if len(name) > 1 or name is plain[0]]  # "Maria R."
        return 0 < len(written) <= len(names) <= MOST_NAMES + 1 and all(map(self._names_one, written))

    def _names_one(self, name: str) -> bool:
        return len(name) > 1 and name[0].isupper() and not name.isupper() and self._ours.known.isdisjoint(tokens(name))


def _bare(words: str) -> tuple[str, ...]:
    return tuple(word for word in tokens(words) if word not in SIGNS)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found
