"""The page of a soak: its picture shows what grew and who waited, its table the first ten minutes beside the last."""

from dataclasses import replace

import pytest

from benchmarks.soak import talk
from benchmarks.soak.minutes import Minute
from benchmarks.soak.picture import draw
from benchmarks.soak.report import table
from hotline.channels.catalogue import messages

MINUTE = Minute(
    minute=1, texts=1800, answering=1000.0, all=3000.0, p50=10.0, p99=77.0, memory=200.0, file=300.0, wal=19.0,
    cpu=600.0, wrong=0, needs=100,
)  # fmt: skip


def pages(many: int) -> list[Minute]:
    return [replace(MINUTE, minute=1 + place, memory=200.0 + place) for place in range(many)]


def test_the_picture_has_a_line_for_work_waiting_memory_and_both_files_and_says_them_in_words() -> None:
    drawn = draw(pages(60), "An hour", "steps")
    assert drawn.count("<polyline") == 5
    said = drawn.partition("<desc")[2].partition("</desc>")[0]
    for what in (
        "Work of a text",
        "99 within: ms: 77",
        "Memory of the hotline: MiB: 204",
        "Write-ahead log",
        "Database",
    ):
        assert what in said


@pytest.mark.parametrize(("many", "columns"), [(60, "minutes 1 to 10 | 51 to 60"), (3, "minutes 1 to 3 | 1 to 3")])
def test_the_table_names_its_minutes(many: int, columns: str) -> None:
    assert columns in table(pages(many), "sqlite")


def test_memory_that_grows_after_minute_ten_is_told() -> None:
    grown = [*pages(10), replace(MINUTE, minute=11, memory=240.0)]
    assert "| memory at the end against minute ten | 1.15 × | NOT reached |" in table(grown, "sqlite")


def test_the_code_of_a_request_is_read_from_the_thanks_and_from_nothing_else() -> None:
    thanks = str(messages("en")["intake"]["thanks"]["text"])
    assert talk.CODE.findall(thanks.format(number=211)) == ["211"]
    assert not talk.CODE.findall("Please call 911 now if you can. We tell a person of our team.")
