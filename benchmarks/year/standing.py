"""Where each volunteer stands in the year of one rule: asked how often, tired or gone; and who gives what where."""

from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.year.town import WEEK, Giver
from hotline.model.needs import Need
from hotline.model.people import Volunteer


@dataclass
class Standing:
    """One volunteer as the year goes on."""

    giver: Giver
    texts: deque[float] = field(default_factory=deque)
    """When they were asked in the last seven days."""
    asked: int = 0
    unanswered: int = 0
    taken: int = 0
    here: bool = False
    since: float = 0.0
    gone_at: float | None = None
    last_asked_at: float = 0.0

    @property
    def number(self) -> int:
        return self.giver.number

    def asks_this_week(self, now: float) -> int:
        """Texts of the last seven days."""
        while self.texts and self.texts[0] <= now - WEEK:
            self.texts.popleft()
        return len(self.texts)

    def as_volunteer(self, now: float) -> Volunteer:
        """What is on record about them."""
        giver = self.giver
        begins, ends = giver.away
        return Volunteer(
            phone=giver.phone,
            needs=giver.needs,
            areas=giver.areas,
            last_asked_at=self.last_asked_at,
            asks_this_week=self.asks_this_week(now),
            most_a_week=giver.most_a_week,
            hours=giver.hours,
            paused_until=ends if begins <= now < ends else 0.0,
        )


class Offers:
    """Who gives what where, least recently asked first: what the hotline keeps as an index."""

    def __init__(self, givers: Iterable[Giver], near: dict[str, tuple[str, ...]], in_turn: bool) -> None:
        self._in_turn = in_turn  # whether anybody reads the order: keeping it costs more than all the rest
        self._all: dict[tuple[str, str], list[Standing]] = {}
        self.standings = {giver.number: Standing(giver) for giver in givers}
        self._near = near
        self._queues: dict[tuple[str, str], OrderedDict[int, Standing]] = defaultdict(OrderedDict)

    def join(self, number: int, now: float) -> None:
        """Whoever was never asked stands before all others."""
        standing = self.standings[number]
        standing.here, standing.since = True, now
        self._all.clear()
        for queue in self._queues_of(standing):
            queue[number] = standing
            queue.move_to_end(number, last=False)

    def leave(self, standing: Standing, now: float) -> None:
        standing.here, standing.gone_at = False, now
        self._all.clear()
        for queue in self._queues_of(standing):
            del queue[standing.number]

    def asked(self, standing: Standing, at: float) -> None:
        """They go to the end of the order."""
        standing.texts.append(at)
        standing.asked += 1
        standing.unanswered += 1
        standing.last_asked_at = at
        for queue in self._queues_of(standing) if self._in_turn else ():
            queue.move_to_end(standing.number)

    def held_back(self, standing: Standing, at: float) -> None:
        """Their text had not left when somebody took the need."""
        standing.texts.remove(at)
        standing.asked -= 1
        standing.unanswered = max(0, standing.unanswered - 1)

    def rings(self, need: Need) -> tuple[str, ...]:
        return need.area, *self._near[need.area]

    def least_recent(self, what: str, area: str) -> Iterable[Standing]:
        return self._queues[what, area].values()

    def everyone(self, need: Need) -> list[Standing]:
        """All who give this, here and near by, nobody twice; read anew when somebody has come or gone."""
        here = need.what, need.area
        if here not in self._all:
            found: dict[int, Standing] = {}
            for ring in self.rings(need):
                found.update(self._queues[need.what, ring])
            self._all[here] = list(found.values())
        return self._all[here]

    def _queues_of(self, standing: Standing) -> list[OrderedDict[int, Standing]]:
        giver = standing.giver
        return [self._queues[what, area] for what in giver.needs for area in giver.areas]
