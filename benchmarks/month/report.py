"""What a month is made of: texts by what they are about, a person's week, calls, money, and what came of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from benchmarks.month.beginnings import DAY
from benchmarks.month.lived import Found
from benchmarks.month.living import Line
from tests.world import NOON

WEEK = 7 * DAY
CENTS_A_SEGMENT = 1.25  # roughly, in or out, in the United States; a moved clock tells nothing of how long calls are
ABOUT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("circles", ("circle", "my_circles", "news.circle", "status.circle")),
    ("safety calls", ("contact", "news.contact", "alarm", "news.alarm", "news.safety", "daily.safe", "daily.asked",
                      "daily.first", "daily.second", "daily.called", "daily.kind", "hello.alarm_over")),
    ("days together", ("day", "my_days", "news.day", "status.day")),
    ("offers", ("gift", "news.offer", "unask", "empty", "status.offer", "answering")),
    ("things lent", ("lend", "borrow", "loan", "lent", "news.loan", "news.tool", "broken", "mended", "tool_end")),
    ("daily calls", ("daily", "ring", "news.rings", "news.many_rings")),
    ("listening", ("listen", "round", "news.round", "plan_round")),
    ("thanks and turns", ("give_too", "thank", "news.thanked", "together")),
    ("asking volunteers", ("alerts", "take", "offer", "invitation", "news.reminder", "news.before", "news.settled")),
    ("for coordinators", ("news.look", "news.coordinator", "news.answer", "news.nobody_says", "news.few_to_ask",
                          "news.summary", "news.storm", "seen", "flags")),
    ("requests", ("intake", "happened", "still_needed", "news", "withdraw", "done", "drop", "relay", "status")),
)  # fmt: skip
OTHER = "everything else"


def told(found: Found) -> str:
    """All of it, as Markdown."""
    return "\n\n".join((_made_by(found), _kinds(found), _weeks(found), _calls(found), _record(found)))


def _made_by(found: Found) -> str:
    size = found.size
    return (
        f"Made by `python -m benchmarks.month --people {size.people} --days {size.days} --seed {found.seed}`: "
        f"{len(found.wrong)} of what must never be was found."
    )


def about(line: Line) -> str:
    """What a text is about: the first of its prompts that is not the greeting says it."""
    keys = [each.key for each in line.prompts if not each.key.startswith("hello.")]
    return next((name for name, begins in ABOUT if keys and keys[0].startswith(begins)), OTHER)


def _read(found: Found) -> Iterator[Line]:
    return (line for line in found.lines if line.message is not None)


def _kinds(found: Found) -> str:
    many, asked, segments = Counter[str](), Counter[str](), Counter[str]()
    for line in _read(found):
        if line.message is None:
            continue
        kind = about(line)
        many[kind] += 1
        segments[kind] += line.message.segments
        asked[kind] += line.message.direction == "outbound-reply"
    wrote = [line for line in found.lines if line.verb == "texts"]
    rows = [(kind, f"{n:,}", f"{asked[kind]:,}", f"{segments[kind]:,}") for kind, n in many.most_common()]
    rows.append(("all that was read", f"{many.total():,}", f"{asked.total():,}", f"{segments.total():,}"))
    sent = sum(text.segments for text in found.texts if text.direction == "inbound")
    rows.append(("all that was written", f"{len(wrote):,}", "", f"{sent:,}"))
    return _table(("texts about", "texts", "of these, answers to one's own", "segments"), rows)


def _weeks(found: Found) -> str:
    """Texts that a person read in a week, unasked and all; people without any do not count."""
    every, unasked = defaultdict[tuple[str, int], int](int), defaultdict[tuple[str, int], int](int)
    for line in _read(found):
        week = (line.who, int((line.at - NOON) // WEEK))
        every[week] += 1
        unasked[week] += bool(line.message and line.message.direction == "outbound-api")
    roles = {who.name: _role(who.coordinates, bool(who.gives)) for who in found.people}
    rows = []
    for role in dict.fromkeys(roles.values()):
        mine = [week for week in every if roles[week[0]] == role]
        if mine:
            most = max(mine, key=lambda week: unasked[week])
            rows.append((role, _spread(every[week] for week in mine), _spread(unasked[w] for w in mine), most[0]))
    return _table(("texts a person and week: median (most)", "all", "unasked", "who read most"), rows)


def _role(coordinates: bool, gives: bool) -> str:
    return "coordinators" if coordinates else "volunteers" if gives else "neighbors"


def _spread(values: Iterable[int]) -> str:
    found = sorted(values)
    return f"{median(found):g} ({found[-1]})"


def _calls(found: Found) -> str:
    ours = [call for call in found.calls if call.direction == "outbound-api"]
    theirs = [call for call in found.calls if call.direction == "inbound"]
    answered = sum(call.answered_at is not None for call in ours)
    segments = sum(text.segments for text in found.texts)
    people = found.size.people
    dollars = segments * CENTS_A_SEGMENT / 100
    rows = [
        ("calls of neighbors", f"{len(theirs):,}"),
        ("calls of ours", f"{len(ours):,}"),
        ("of these, picked up", f"{answered:,}"),
        ("segments both ways", f"{segments:,}"),
        (f"money for texts, at {CENTS_A_SEGMENT} cents a segment", f"${dollars:,.0f}"),
        ("that is for each person", f"${dollars / people:.2f}"),
    ]
    return _table(("calls and money", ""), rows)


def _record(found: Found) -> str:
    return _table(("what came of it", ""), [(words, f"{many:,}") for words, many in found.record.items()])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruled = "|" + "---|" + "---:|" * (len(head) - 1)
    return "\n".join([f"| {' | '.join(head)} |", ruled, *(f"| {' | '.join(row)} |" for row in rows)])
