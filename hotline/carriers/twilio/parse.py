"""Webhook parsing: the fields of a form become events. Raises BadWebhook for what is missing."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from hotline.carriers.api import OVER, BadWebhook
from hotline.carriers.twilio.forms import RANKS, Webhook
from hotline.model import phone_numbers
from hotline.model.events import CallReport, CallStep, Dialed, RecordingReport, Text, TextReport


def text(hook: Webhook, country: str, body: str) -> Text:
    """A text. `body` is the webhook as it came, kept with it."""
    sid = hook.must("MessageSid", "SmsSid")
    to_group = any(name.startswith("OtherRecipients") for name in hook.fields)
    has_media = (_number(hook.get("NumMedia")) or 0) > 0
    return Text(sid, party(hook, country, sid), hook.get("Body"), hook.carrier_word, body, has_media, to_group)


def call_step(hook: Webhook, country: str, query: Mapping[str, str], body: str) -> CallStep:
    """One step of a call. `query` is that of its address: `turn` is missing when the call begins, `out` names a call
    that we made, `whisper` and `dialed` the need whose other side is rung."""
    sid = hook.must("CallSid")
    keys = "".join(key for key in hook.get("Digits") if key in "0123456789*#")[:32]
    turn = query.get("turn", "")
    return CallStep(
        f"{sid}/{turn}",
        party(hook, country, sid),
        keys,
        _recording(hook, turn),
        _number(turn),
        hook.get("Digits") == "hangup",
        body,
        _brief(hook),
        out=_number(query.get("out", "")) or 0,
        line=hook.get("From") if _is_ours(hook) else hook.get("To"),
        whisper=_number(query.get("whisper", "")) or 0,
        dialed=_dialed(hook, query),
        theirs=not _is_ours(hook),
        is_machine=hook.get("AnsweredBy").startswith(("machine", "fax")),
    )


def _dialed(hook: Webhook, query: Mapping[str, str]) -> Dialed | None:
    """What became of ringing the other side, or another group: that is 0."""
    need, status = _number(query.get("dialed", "")), hook.get("DialCallStatus")
    if need is None or not status:
        return None
    left = status == "canceled" or hook.get("CallStatus") == "completed"
    return Dialed(need, hook.get("DialCallSid"), status, _number(hook.get("DialCallDuration")) or 0, left)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 12 else None


def _is_ours(hook: Webhook) -> bool:
    """Whether we rang them, and not they us."""
    return hook.get("Direction").startswith("outbound")


TOLD = ("completed", "failed", "absent")  # all that the carrier says of a recording that we act on
RECORDING = re.compile(r"[A-Za-z0-9-]{1,64}")


def recording(hook: Webhook) -> RecordingReport | None:
    """What became of a recording; None while it is only on its way. Its address is left aside: its id is enough."""
    sid, status = _recording_id(hook), hook.must("RecordingStatus")
    if hook.get("RecordingSid") and not sid:
        raise BadWebhook("RecordingSid is no id")
    status = "absent" if _is_empty(hook) else status
    return RecordingReport(sid, status, _seconds(hook.get("RecordingDuration"))) if sid and status in TOLD else None


def report(hook: Webhook, country: str, query: Mapping[str, str]) -> TextReport | CallReport | None:
    """What became of a text or of a call; None for what tells us nothing. `out` in the address names a call of ours."""
    if hook.get("CallSid") and not hook.get("MessageSid"):
        sid, status = hook.must("CallSid"), hook.must("CallStatus")
        if RANKS.get(status) != OVER:
            return None
        out = _number(query.get("out", "")) or 0
        return CallReport(sid, party(hook, country, sid), status, _seconds(hook.get("CallDuration")), out)
    sid, status = hook.must("MessageSid", "SmsSid"), hook.must("MessageStatus", "SmsStatus")
    return TextReport(sid, status, RANKS[status], hook.get("ErrorCode")[:10]) if status in RANKS else None


def account(hook: Webhook) -> str:
    """Whose webhook it says it is."""
    return hook.get("AccountSid")


def _seconds(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def _recording(hook: Webhook, turn: str) -> str:
    """What was spoken. Words without any id are known by their step: a person hears that they are lost."""
    if _is_empty(hook):
        return ""
    spoken = hook.get("RecordingUrl") or _seconds(hook.get("RecordingDuration"))
    return _recording_id(hook) or (f"{hook.must('CallSid')}-{turn}"[:64] if spoken else "")


def _recording_id(hook: Webhook) -> str:
    """The id, or the last part of its address from a provider that sends nothing else."""
    sid = hook.get("RecordingSid") or PurePosixPath(urlsplit(hook.get("RecordingUrl")).path).stem
    return sid if RECORDING.fullmatch(sid) else ""


def _is_empty(hook: Webhook) -> bool:
    """A recording of no second holds nothing."""
    length = hook.get("RecordingDuration")
    return length.isdecimal() and int(length) == 0


def _brief(hook: Webhook) -> bool:
    """A key at the tone leaves a second of nothing, which is no message."""
    length = hook.get("RecordingDuration")
    ended = hook.get("Digits") in ("#", "*", "0", "9", "hangup")
    return ended and length.isdecimal() and int(length) <= 1


def party(hook: Webhook, country: str, sid: str) -> str:
    """Who it is: a number; for a withheld one, and for what a call shows that is nobody's, this call alone. A text from
    a short code or from letters is from no one who can be answered: "other:22395"."""
    end = "To" if _is_ours(hook) else "From"
    sender = hook.get(end) if hook.get("CallSid") else hook.must(end)  # a call that shows nothing at all is withheld
    if phone_numbers.is_withheld(sender):
        return f"withheld:{sid}"
    phone = None if phone_numbers.is_machine(sender) else phone_numbers.normalise(sender, country)
    if hook.get("CallSid") and (phone is None or not phone_numbers.is_someones(phone)):
        return f"withheld:{sid}"  # what many machines show is no identity
    return phone or f"other:{sender[:40]}"
