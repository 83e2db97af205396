"""Hours of other groups as a voice reads them."""

import pytest

from hotline.channels.spoken_hours import said


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        ("Tue and Fri 10-2", "en", "Tuesday, Friday 10 to 2"),
        ("Tue and Fri 10-2", "es", "martes, viernes 10 a 2"),
        ("Mon-Fri 9am-5pm", "en", "Monday to Friday 9 AM to 5 PM"),
        ("Mon-Fri 9am-5pm", "es", "lunes a viernes 9 AM a 5 PM"),
        ("Tue 10:30-14:00, Sat 9-12", "en", "Tuesday 10:30 to 14:00, Saturday 9 to 12"),
        ("Mon, Wed & Fri 9-12", "en", "Monday, Wednesday, Friday 9 to 12"),
        ("day and night", "es", "day and night"),
        ("Sunrise Pantry", "en", "Sunrise Pantry"),
    ],
)
def test_days_and_times_are_said_in_the_listeners_language(written: str, language: str, read: str) -> None:
    assert said(written, language, ("en", "es")) == read
