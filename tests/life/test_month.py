"""Three days of a neighborhood, played through the whole hotline: nothing that must never be, and the same again."""

import asyncio
from pathlib import Path

from benchmarks.month import report
from benchmarks.month.lived import Found, Size, lived

SMALL = Size(people=40, days=3)


def played(folder: Path, seed: int) -> Found:
    return asyncio.run(lived(folder, SMALL, seed))


def test_nothing_is_lost_in_three_days(tmp_path: Path) -> None:
    found = played(tmp_path, 1)
    assert found.wrong == []
    assert [name for name in ("offers on the list", "things lent", "days together") if not found.record[name]] == []
    assert "days together" in report.told(found)


def test_the_same_seed_gives_the_same_days(tmp_path: Path) -> None:
    said = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        found = played(tmp_path / name, 2)
        said.append([(line.at, line.who, line.verb, line.words) for line in found.lines])
    assert said[0] == said[1]
    assert len(said[0]) > 100
