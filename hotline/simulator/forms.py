"""What each webhook carries: the form fields the provider is known to send."""

from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl

from hotline.simulator.traffic import Call, Message, Recording

Form = list[tuple[str, str]]
API_VERSION = "2010-04-01"
# Sent with every text and call, and nearly always empty: a signature check that drops empty fields fails on them.
_NOWHERE: Form = [(end + part, "") for end in ("From", "To") for part in ("City", "State", "Zip", "Country")]


def rfc2822(at: float) -> str:
    """A time (seconds since 1970) as the provider writes it: GMT, RFC 2822."""
    return format_datetime(datetime.fromtimestamp(int(at), UTC))


def read_form(body: bytes) -> Form:
    """The fields of a posted form (Starlette's own reader needs one more package)."""
    return parse_qsl(body.decode(), keep_blank_values=True, errors="surrogatepass")


def text_form(text: Message, account_sid: str) -> Form:
    """A text that arrived for the hotline."""
    sids = [(name, text.sid) for name in ("MessageSid", "SmsSid", "SmsMessageSid")]
    ends = [("AccountSid", account_sid), ("From", text.from_), ("To", text.to), ("Body", text.body)]
    size = [("NumMedia", str(text.media)), ("NumSegments", str(text.segments))]
    size += [(f"MediaContentType{place}", "image/jpeg") for place in range(text.media)]
    size += [(f"OtherRecipients{place}", number) for place, number in enumerate(text.others)]
    return [*sids, *ends, *size, ("SmsStatus", "received"), ("ApiVersion", API_VERSION), *_NOWHERE]


def text_status_form(text: Message, account_sid: str, status: str) -> Form:
    """What became of a text that the hotline sent."""
    form = [("MessageSid", text.sid), ("SmsSid", text.sid), ("MessageStatus", status), ("SmsStatus", status)]
    form += [("AccountSid", account_sid), ("From", text.from_), ("To", text.to), ("ApiVersion", API_VERSION)]
    if text.service_sid:
        form.append(("MessagingServiceSid", text.service_sid))
    if text.error_code and status in ("failed", "undelivered"):
        form.append(("ErrorCode", str(text.error_code)))
    return form


def call_form(call: Call, account_sid: str) -> Form:
    """A call that asks for its next document."""
    form = [("CallSid", call.sid), ("AccountSid", account_sid), ("From", call.from_), ("To", call.to)]
    form += [("Caller", call.from_), ("Called", call.to), ("CallStatus", call.status)]
    form += [("ApiVersion", API_VERSION), ("Direction", call.direction), *_NOWHERE]
    if call.parent_sid:
        form.append(("ParentCallSid", call.parent_sid))
    if call.answered_by and call.answered_at is not None:
        form.append(("AnsweredBy", call.answered_by))
    return form


def call_status_form(call: Call, account_sid: str, at: float) -> Form:
    """What became of a call."""
    form = [*call_form(call, account_sid), ("Timestamp", rfc2822(at)), ("CallbackSource", "call-progress-events")]
    if call.over:
        form += [("CallDuration", str(call.seconds)), ("Duration", str(-(-call.seconds // 60)))]
    return [*form, ("SequenceNumber", str(call.reports))]


def recording_form(recording: Recording, url: str) -> Form:
    """What a Record's action is told about the recording."""
    return [("RecordingSid", recording.sid), ("RecordingUrl", url), ("RecordingDuration", str(recording.seconds))]
