"""Turns the carrier's webhooks into what the switchboard answers. Raises BadWebhook for what is missing."""

from hotline import phones
from hotline.carriers.webhooks import Webhook
from hotline.switchboard import CallStep, Text


def text(hook: Webhook, country: str, body: str) -> Text:
    """A text. `body` is the webhook as it came, kept with it."""
    sid = hook.must("MessageSid", "SmsSid")
    return Text(sid, party(hook, country, sid), hook.get("Body"), hook.carrier_word, body)


def call_step(hook: Webhook, country: str, turn: str, body: str) -> CallStep:
    """One step of a call; `turn` is that of its address, empty when the call begins."""
    sid = hook.must("CallSid")
    keys = "".join(key for key in hook.get("Digits") if key in "0123456789*#")[:32]
    answers = int(turn) if turn.isdecimal() and len(turn) < 12 else None
    return CallStep(
        f"{sid}/{turn}",
        party(hook, country, sid),
        keys,
        _recording(hook),
        answers,
        hook.get("Digits") == "hangup",
        body,
    )


def _recording(hook: Webhook) -> str:
    """What was spoken; a key at the tone leaves a second of nothing, which is no message."""
    length = hook.get("RecordingDuration")
    ended = hook.get("Digits") in ("#", "*", "0", "hangup")
    return "" if ended and length.isdecimal() and int(length) <= 1 else hook.get("RecordingSid")


def party(hook: Webhook, country: str, sid: str) -> str:
    """Who it is: a number, or for a withheld one this call alone."""
    sender = hook.must("From")
    if phones.is_withheld(sender):
        return f"withheld:{sid}"
    return phones.normalise(sender, country) or f"other:{sender[:40]}"
