"""Frames of danger: which classes of words, close together, say that someone is in danger. The same in every language.

A frame names the classes it needs, "who out" or "bleed much|blood", how many words it may span, and what weakens it:
``figure`` where the same words are a way of speaking (dying of laughter, drowning in work), ``hedged`` where "maybe" or
"a bit" makes it possible only.
"""

from collections import Counter
from dataclasses import dataclass

LEVELS = ("", "possible", "certain")
CONDUCT = "conduct"  # the kind of frame that is about how somebody behaves to somebody
POSSIBLE, CERTAIN = 1, 2


@dataclass(frozen=True)
class Frame:
    """What is needed, and how much it says."""

    level: int
    kind: str
    name: str
    needs: tuple[frozenset[str], ...]
    within: int
    figure: bool = False
    hedged: bool = False
    short: int = 0  # counts only in texts of at most so many words
    topic: bool = False  # "heart attack pills", "fire drill", "gun show": spoken of, and not happening
    crisis: bool = False

    @property
    def alone(self) -> bool:
        """Whether one word is enough: one that stands in the list of cries for help, or tells of a wish to die."""
        return self.crisis or self.needs == (frozenset(("only",)),)

    @property
    def denies(self) -> bool:
        """Whether a "no" is a part of it: nothing before it denies it."""
        return any(need & {"not", "no", "crisis", "hopeless", "only"} for need in self.needs)


def _frame(level: int, kind: str, needs: str, within: int = 8, *flags: str, short: int = 0) -> Frame:
    return Frame(
        level,
        kind,
        f"{kind}: {needs}",
        tuple(frozenset(need.split("|")) for need in needs.split()),
        within,
        figure="figure" in flags,
        hedged="hedged" in flags,
        topic="topic" in flags,
        short=short,
        crisis="crisis" in flags,
    )


def _certain(kind: str, needs: str, within: int = 8, *flags: str, short: int = 0) -> Frame:
    return _frame(CERTAIN, kind, needs, within, *flags, short=short)


def _possible(kind: str, needs: str, within: int = 8, *flags: str, short: int = 0) -> Frame:
    return _frame(POSSIBLE, kind, needs, within, *flags, short=short)


FRAMES = (
    # Of the other side of a request: no danger, but nothing to pass on before a person looked.
    _possible(CONDUCT, "unwelcome", 8),
    _possible(CONDUCT, "misbehaved", 8),
    _possible(CONDUCT, "pressing", 8),
    # What says it all.
    _certain("said", "certain", 8, "topic"),
    _certain("said", "grave", 8, "figure", "topic"),
    _certain("said", "only"),
    _possible("said", "possible", 8, "topic"),
    _possible("said", "doubtful", 8, "figure", "topic"),
    _possible("sign", "sign who|me|child", 7, "figure", "topic"),
    _certain("call", "call", 8),
    _certain("crisis", "crisis", 8, "figure", "crisis"),
    _certain("crisis", "deathwish", 8, "figure", "crisis", short=4),
    _possible("crisis", "hopeless", 8, "figure", "crisis"),
    _certain("crisis", "hopeless means", 40, "crisis"),
    _possible("crisis", "leaving living", 8, "figure", "topic", "crisis"),
    _possible("crisis", "needless gone", 12, "figure", "crisis"),
    # Breath, consciousness.
    _certain("breath", "not breathe", 4, "figure"),
    _certain("unconscious", "who out", 9, "hedged"),
    _certain("unconscious", "out", 8, short=4),
    _possible("unconscious", "out", 8),
    _certain("unconscious", "who|me not vital", 6),
    _certain("color", "who|lips blue", 6, "figure"),
    _certain("choking", "who|me choke", 5, "figure", "topic"),
    _possible("choking", "choke", 5, "figure", "topic"),
    # Heart, stroke, fits.
    _certain("attack", "attack", 8, "figure", "topic"),
    _certain("chest", "chest pain much|sweat|numb_part|breathe", 14),
    _possible("chest", "chest pain", 6),
    _certain("stroke", "stroke_sign stroke_sign", 24),
    _certain("stroke", "stroke_sign stroke_hint", 24),
    _possible("stroke", "stroke_sign", 8),
    _possible("stroke", "numb_part numb", 5),
    # Blood, falls, burns.
    _certain("bleeding", "bleed much", 8, "figure", "topic"),
    _possible("bleeding", "bleed", 4, "figure", "topic"),
    _certain("bleeding", "blood much", 5, "figure", "topic"),
    _certain("fall", "fall not vital", 14),
    _certain("fall", "fall height", 7),
    _certain("fall", "floor not vital", 14),
    _possible("fall", "who|me fall", 5, "figure", "topic"),
    _certain("wound", "wound who|me", 6, "figure", "topic"),
    # Poison, pills, allergy, birth.
    _certain("poison", "swallow poison", 8),
    _possible("poison", "swallow pills much", 10),
    _possible("poison", "child swallow pills", 10),
    _certain("overdose", "who swallow pills out", 24),
    _certain("allergy", "swell throat", 5),
    _possible("allergy", "swell", 5, "figure", "topic"),
    _certain("birth", "birth", 8, "hedged"),
    # Fire, smoke, gas, water, collapse.
    _certain("fire", "fire place", 6, "figure", "topic"),
    _certain("fire", "burning place|who", 5, "figure", "topic"),
    _certain("smoke", "smoke much|trapped", 6),
    _certain("smoke", "smoke not breathe", 14),
    _possible("smoke", "smoke place", 8),
    _certain("gas", "gas smell", 6, "hedged", "figure", "topic"),
    _certain("monoxide", "monoxide ill|out", 20),
    _possible("monoxide", "monoxide", 8),
    _certain("flood", "flood trapped|height|body", 14),
    _possible("flood", "flood", 8, "figure", "topic"),
    _certain("blast", "blast place|who", 7, "figure", "topic"),
    _certain("collapse", "collapse who|me|place", 8, "figure", "topic"),
    _certain("trapped", "trapped who|me|under", 6, "figure", "topic"),
    _certain("crash", "crash trapped|out|wound|bleed|blood", 14),
    _possible("crash", "crash who|me", 8),
    _certain("shock", "shocked", 8, "figure", "topic"),
    # Violence.
    _certain("weapon", "weapon who holds", 7, "figure", "topic"),
    _certain("weapon", "weapon threat|strike|kill|break", 12, "figure", "topic"),
    _possible("weapon", "weapon who", 7, "figure", "topic"),
    _certain("violence", "strike him", 4, "figure"),
    _certain("violence", "victim who|me", 7, "figure"),
    _certain("killing", "kill him who|will", 7, "figure"),
    _certain("threat", "threat who|me", 8),
    _certain("shots", "shots", 8, "hedged", "figure", "topic"),
    _certain("break-in", "break door", 7, "figure", "topic"),
    _possible("break-in", "prowl door|place", 8),
    _certain("locked in", "locked", 8),
    _possible("followed", "follow", 8),
    _certain("followed", "follow weapon|threat|hide", 20),
    _possible("fear", "fear who|place", 8, "figure", "topic"),
    _possible("watched", "cease ishere", 8, "figure"),
    _certain("hiding", "hide weapon|threat|kill|strike", 20),
    _possible("hiding", "hide who", 10),
    _possible("quarrel", "drunk rage", 14),
    _possible("quarrel", "scream place|who", 8, "figure", "topic"),
    # Children, old people, who does not answer.
    _certain("missing", "child missing", 9),
    _possible("missing", "who missing", 7),
    _possible("no answer", "who silent", 10),
    _possible("no answer", "phoned dread|fear", 24),
    _possible("cold", "freezing who|place", 10),
    # Signs of illness.
    _possible("illness", "ill", 8, "figure", "topic"),
    _certain("illness", "ill breathe not", 24),
)


def _led_by() -> dict[str, list[int]]:
    """The places of the frames by each class of that need of theirs which the fewest others have."""
    common = Counter(name for frame in FRAMES for need in frame.needs for name in need)
    found: dict[str, list[int]] = {}
    for place, frame in enumerate(FRAMES):
        for name in min(frame.needs, key=lambda need: sum(common[name] for name in need)):
            found.setdefault(name, []).append(place)
    return found


LED_BY = _led_by()
