"""The texts that come in: three from each of many neighbors, signed as the carrier signs them."""

from collections.abc import Sequence
from hashlib import md5
from urllib.parse import urlencode

from hotline.simulator.signing import sign

PUBLIC_URL = "https://hotline.example.org"
PATH = "/twilio/sms"
ACCOUNT, TOKEN, NUMBER = "AC" + "0" * 32, "a token of nobody", "+12125550100"

SAYS = ("food 11216", "rice and beans for two, by friday if you can", "1")
AT_ONCE = 500  # neighbors who talk at the same time: more than callers, so nobody answers a question before it is asked
NUMBERS = 7_999_993  # a prime: multiplying by anything walks through all numbers once, in no order that helps an index

HEADERS = (
    "Host: hotline.example.org\r\n"
    "User-Agent: TwilioProxy/1.1\r\n"
    "Accept: */*\r\n"
    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
    "X-Home-Region: us1\r\n"
)
PLACE = (("City", "NEW YORK"), ("State", "NY"), ("Zip", "10016"), ("Country", "US"))

Form = Sequence[tuple[str, str]]


def said(number: int) -> tuple[int, str]:
    """(which neighbor, what they say) in the text of that number: a first word from each, then the second from each."""
    group, place = divmod(number, AT_ONCE * len(SAYS))
    step, neighbor = divmod(place, AT_ONCE)
    return group * AT_ONCE + neighbor, SAYS[step]


def phone(neighbor: int, area: int = 212) -> str:
    """A number that could be dialed, in E.164."""
    return f"+1{area}{2_000_000 + neighbor * 1_299_709 % NUMBERS}"


def sid(number: object) -> str:
    """The carrier's id of a text: random, as the carrier's are, and the same in every run."""
    return "SM" + md5(str(number).encode(), usedforsecurity=False).hexdigest()


def fields(number: int) -> list[tuple[str, str]]:
    """The fields that the carrier sends with a text, all twenty."""
    neighbor, words = said(number)
    return form(sid(number), phone(neighbor), words)


def form(sid: str, sender: str, words: str) -> list[tuple[str, str]]:
    """The same of any text."""
    place = [(f"{end}{what}", value) for end in ("From", "To") for what, value in PLACE]
    ids = [(name, sid) for name in ("MessageSid", "SmsSid", "SmsMessageSid")]
    counts = [("NumMedia", "0"), ("NumSegments", "1"), ("SmsStatus", "received"), ("ApiVersion", "2010-04-01")]
    ends = [("From", sender), ("To", NUMBER), ("AccountSid", ACCOUNT), ("Body", words)]
    return [*ids, *ends, *counts, *place]


def request(number: int) -> bytes:
    """The whole webhook as it goes over the wire."""
    return posted(PATH, fields(number))


def posted(path: str, form: Form) -> bytes:
    """Any webhook of the carrier, signed."""
    body = urlencode(form)
    signature = sign(PUBLIC_URL + path, form, TOKEN)
    return (
        f"POST {path} HTTP/1.1\r\n{HEADERS}X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
