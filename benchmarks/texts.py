"""The texts that come in: three from each of many neighbors, signed as the carrier signs them."""

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


def said(number: int) -> tuple[int, str]:
    """(which neighbor, what they say) in the text of that number: a first word from each, then the second from each."""
    group, place = divmod(number, AT_ONCE * len(SAYS))
    step, neighbor = divmod(place, AT_ONCE)
    return group * AT_ONCE + neighbor, SAYS[step]


def phone(neighbor: int) -> str:
    """A number that could be dialed, in E.164."""
    return f"+1212{2_000_000 + neighbor * 1_299_709 % NUMBERS}"


def sid(number: int) -> str:
    """The carrier's id of a text: random, as the carrier's are, and the same in every run."""
    return "SM" + md5(str(number).encode(), usedforsecurity=False).hexdigest()


def fields(number: int) -> list[tuple[str, str]]:
    """The fields that the carrier sends with a text, all twenty."""
    neighbor, words = said(number)
    place = [(f"{end}{what}", value) for end in ("From", "To") for what, value in PLACE]
    ids = [(name, sid(number)) for name in ("MessageSid", "SmsSid", "SmsMessageSid")]
    counts = [("NumMedia", "0"), ("NumSegments", "1"), ("SmsStatus", "received"), ("ApiVersion", "2010-04-01")]
    ends = [("From", phone(neighbor)), ("To", NUMBER), ("AccountSid", ACCOUNT), ("Body", words)]
    return [*ids, *ends, *counts, *place]


PLACE = (("City", "NEW YORK"), ("State", "NY"), ("Zip", "10016"), ("Country", "US"))


def request(number: int) -> bytes:
    """The whole webhook as it goes over the wire."""
    form = fields(number)
    body = urlencode(form)
    signature = sign(PUBLIC_URL + PATH, form, TOKEN)
    return (
        f"POST {PATH} HTTP/1.1\r\n{HEADERS}X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()
