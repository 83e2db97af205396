"""How the REST API shows texts, calls and recordings: the provider's JSON."""

import json
from typing import Any

from starlette.responses import Response

from hotline.simulator.errors import Refused
from hotline.simulator.forms import API_VERSION, rfc2822
from hotline.simulator.traffic import Call, Message, Recording

Json = dict[str, Any]


def answer(content: Json, status: int = 200) -> Response:
    """A JSON answer; plain ASCII, because a text may hold half an emoji that UTF-8 cannot carry."""
    return Response(json.dumps(content), status, media_type="application/json")


def refusal(refused: Refused) -> Response:
    """The provider's way to say no."""
    more = f"https://www.twilio.com/docs/errors/{refused.code}"
    error = {"code": refused.code, "message": refused.message, "more_info": more, "status": refused.status}
    return answer(error, refused.status)


def text_json(text: Message, account_sid: str) -> Json:
    """A Message resource."""
    uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{text.sid}.json"
    by_service = text.status == "accepted"  # no number is chosen yet, nothing is counted yet
    return {
        "sid": text.sid, "account_sid": account_sid, "messaging_service_sid": text.service_sid or None,
        "to": text.to, "from": None if by_service else text.from_, "body": text.body,
        "direction": text.direction, "status": text.status,
        "num_segments": "0" if by_service else str(text.segments), "num_media": str(text.media),
        "date_created": rfc2822(text.at), "date_updated": rfc2822(text.at),
        "date_sent": None if text.status in ("queued", "accepted") else rfc2822(text.at),
        "error_code": text.error_code, "error_message": None, "price": None, "price_unit": "USD",
        "api_version": API_VERSION, "uri": uri, "subresource_uris": {"media": uri.replace(".json", "/Media.json")},
    }  # fmt: skip


def call_json(call: Call, account_sid: str) -> Json:
    """A Call resource."""
    return {
        "sid": call.sid, "account_sid": account_sid, "parent_call_sid": call.parent_sid or None,
        "to": call.to, "to_formatted": call.to, "from": call.from_, "from_formatted": call.from_,
        "direction": call.direction, "status": call.status,
        "answered_by": (call.answered_by or None) if call.answered_at else None,
        "date_created": rfc2822(call.at), "date_updated": rfc2822(call.ended_at or call.at),
        "start_time": rfc2822(call.answered_at) if call.answered_at else None,
        "end_time": rfc2822(call.ended_at) if call.ended_at else None,
        "duration": str(call.seconds) if call.over else None, "price": None, "price_unit": "USD",
        "phone_number_sid": None, "forwarded_from": None, "group_sid": None, "caller_name": None,
        "queue_time": "0", "trunk_sid": None, "annotation": None, "api_version": API_VERSION,
        "uri": f"/{API_VERSION}/Accounts/{account_sid}/Calls/{call.sid}.json", "subresource_uris": {},
    }  # fmt: skip


def recording_json(recording: Recording, account_sid: str, media_url: str) -> Json:
    """A Recording resource."""
    return {
        "sid": recording.sid, "account_sid": account_sid, "call_sid": recording.call_sid, "conference_sid": None,
        "duration": str(recording.seconds), "status": "completed", "channels": 1, "source": "RecordVerb",
        "date_created": rfc2822(recording.at), "date_updated": rfc2822(recording.at),
        "start_time": rfc2822(recording.at), "error_code": None, "price": None, "price_unit": "USD",
        "api_version": API_VERSION, "media_url": media_url, "encryption_details": None, "subresource_uris": {},
        "uri": f"/{API_VERSION}/Accounts/{account_sid}/Recordings/{recording.sid}.json",
    }  # fmt: skip
