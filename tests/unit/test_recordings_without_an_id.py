"""What a provider says of a recording that has no id, or no length."""

import pytest

from hotline.carriers.twilio import parse
from hotline.carriers.twilio.forms import Webhook

CALL = {"CallSid": "CA1", "From": "+12125550112", "To": "+12125550100"}
URL = "https://carrier.example/2010/Recordings/RE7.mp3"


def spoken(**fields: str) -> str:
    return parse.call_step(Webhook(CALL | fields), "US", {"turn": "5"}, "").recording


@pytest.mark.parametrize(
    ("fields", "recording"),
    [
        ({"RecordingSid": "RE7", "RecordingDuration": "9"}, "RE7"),
        ({"RecordingUrl": URL, "RecordingDuration": "9"}, "RE7"),  # the last part of its address
        ({"RecordingDuration": "9"}, "CA1-5"),  # nothing will be found there, and a person hears so
        ({"RecordingSid": "RE7", "RecordingDuration": "0"}, ""),
        ({"Digits": "#"}, ""),
    ],
)
def test_no_word_is_lost_in_silence(fields: dict[str, str], recording: str) -> None:
    assert spoken(**fields) == recording


def test_a_report_without_an_id_is_no_error_and_one_of_no_second_holds_nothing() -> None:
    assert parse.recording(Webhook({"CallSid": "CA1", "RecordingStatus": "completed"})) is None
    empty = parse.recording(Webhook({"RecordingSid": "RE7", "RecordingStatus": "completed", "RecordingDuration": "0"}))
    assert empty is not None
    assert empty.status == "absent"
