"""One person's month as an exchange, to be read aloud: whatever they texted, read, pressed and heard, day by day."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from benchmarks.month.living import Line
from tests.world import ZONE


def aloud(lines: Iterable[Line], name: str) -> Iterator[str]:
    """The lines of one, each day with its date."""
    day = ""
    for line in lines:
        if line.who != name:
            continue
        local = datetime.fromtimestamp(line.at, ZONE)
        if f"{local:%A %B %d}" != day:
            day = f"{local:%A %B %d}"
            yield f"-- {day}"
        words = f": {line.words}" if line.words else ""
        yield f"{local:%H:%M} {name} {line.verb}{words}".replace("\n", "\n    ")
