"""Opening hours: what people write is open or shut now, or nobody can tell."""

from datetime import datetime

import pytest

from hotline.channels.opening_hours import is_open

NOON = datetime(2026, 3, 10, 12, 0)  # a Tuesday


@pytest.mark.parametrize(
    ("hours", "now", "opened"),
    [
        ("Tue and Fri 10-2", NOON, True),
        ("Tue and Fri 10-2", NOON.replace(hour=14), False),
        ("Tue and Fri 10-2", NOON.replace(day=11), False),
        ("Mon-Fri 9am-5pm, Sat 10am-1pm", NOON.replace(day=14), True),
        ("Mon-Fri 9am-5pm, Sat 10am-1pm", NOON.replace(day=15), False),
        ("Mon to Wed 1-4", NOON.replace(hour=13), True),
        ("martes y viernes 10-14", NOON, True),
        ("Mon-Thu 9am-12pm and 1pm-5pm", NOON, False),
        ("Mon 22:00-2:00", NOON.replace(hour=1), True),
        ("Mon 22:00-2:00", NOON.replace(hour=2), False),
        ("Mon 12am-12am", NOON.replace(day=9, hour=23), True),
        ("9-5", NOON, True),
        ("weekdays 9-5", NOON, True),
        ("first Tuesday 10-2", NOON, None),
        ("by appointment", NOON, None),
        ("Tue 25-30", NOON, None),
        ("", NOON, None),
    ],
)
def test_open_now(hours: str, now: datetime, opened: bool | None) -> None:
    assert is_open(hours, now, ("en", "es")) is opened
