"""Ten thousand webhooks that are not the carrier's open nothing and break nothing; every shape of its own is let in."""

import asyncio
import base64
import hmac
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from hashlib import sha1, sha256
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from starlette.datastructures import FormData
from twilio.request_validator import RequestValidator
from yarl import URL

from hotline.simulator.signing import sign
from tests.faults.conftest import Size
from tests.faults.database import dump
from tests.faults.texting import Fields, text_fields
from tests.figures import Figure, Figures, kind
from tests.storage.asking import ask
from tests.web.line import lives_at
from tests.world import ACCOUNT, NUMBER, TOKEN, World, world

AT_ONCE = 32
FORM = "application/x-www-form-urlencoded"
GENUINE = {
    "/twilio/sms": [*text_fields("SMgenuine", "+12125552000", "food"), ("FromCity", ""), ("NumMedia", "0")],
    "/twilio/voice": [("CallSid", "CA1"), ("AccountSid", ACCOUNT), ("From", "+12125552000"), ("To", NUMBER)],
    "/twilio/status": [("MessageSid", "SM1"), ("MessageStatus", "sent"), ("AccountSid", ACCOUNT), ("To", NUMBER)],
    "/twilio/recording": [("RecordingSid", "RE1"), ("RecordingStatus", "completed"), ("AccountSid", ACCOUNT)],
}
BROUGHT = ("schema_version", "codes", "marks")  # by the schema itself


@dataclass(frozen=True)
class Request:
    """What goes over the wire. `signature` None means that there is no such header."""

    base: str
    path: str
    body: bytes
    signature: str | None
    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = ()


Forge = Callable[[Request, Fields, random.Random], Request]


def _signed(request: Request, fields: Fields, token: str = TOKEN) -> Request:
    body = urlencode(fields).encode()
    return replace(request, body=body, signature=sign(request.base + request.path, fields, token))


def _digest(request: Request, fields: Fields) -> bytes:
    return (request.base + request.path + "".join(name + value for name, value in sorted(fields))).encode()


def no_signature(request: Request, _: Fields, __: random.Random) -> Request:
    return replace(request, signature=None)


def odd_signature(request: Request, _: Fields, dice: random.Random) -> Request:
    odd = ["", "=", "é" * 28, "x" * 5000, "A" * 28, "null", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="]
    return replace(request, signature=dice.choice([*odd, base64.b64encode(dice.randbytes(20)).decode()]))


def one_letter_of_the_signature(request: Request, _: Fields, dice: random.Random) -> Request:
    right = request.signature or ""
    at = dice.randrange(26)  # the last letters may hold bits that do not count
    return replace(request, signature=right[:at] + ("A" if right[at] != "A" else "B") + right[at + 1 :])


def part_of_the_signature(request: Request, _: Fields, dice: random.Random) -> Request:
    right = request.signature or ""
    changed = [right[:-1], right[1:], right + "=", right.swapcase(), right[:14], f"{right},{right}", f'"{right}"']
    return replace(request, signature=dice.choice(changed))


def another_token(request: Request, fields: Fields, dice: random.Random) -> Request:
    return _signed(request, fields, dice.choice(["", "12345", TOKEN.upper(), TOKEN + " ", TOKEN[:-1]]))


def another_algorithm(request: Request, fields: Fields, dice: random.Random) -> Request:
    content = _digest(request, fields)
    digests = [sha1(content).digest(), hmac.digest(TOKEN.encode(), content, sha256)]
    told = [base64.b64encode(digest).decode() for digest in digests]
    return replace(request, signature=dice.choice([*told, hmac.new(TOKEN.encode(), content, sha1).hexdigest()]))


def a_changed_value(request: Request, fields: Fields, dice: random.Random) -> Request:
    at = dice.randrange(len(fields))
    changed = [(name, value + "1" if place == at else value) for place, (name, value) in enumerate(fields)]
    return replace(request, body=urlencode(changed).encode())


def a_field_less(request: Request, fields: Fields, dice: random.Random) -> Request:
    at = dice.randrange(len(fields))
    return replace(request, body=urlencode(fields[:at] + fields[at + 1 :]).encode())


def a_field_more(request: Request, fields: Fields, dice: random.Random) -> Request:
    more = dice.choice([("Body", "STOP"), ("From", "+12125559999"), ("x", ""), ("AccountSid", "AC1")])
    return replace(request, body=urlencode([*fields, more]).encode())


def signed_for_another_address(request: Request, fields: Fields, dice: random.Random) -> Request:
    others = ["https://example.org/twilio/sms", request.base + "/twilio", request.base + request.path + "/", ""]
    others += [request.base + request.path + "?turn=1", request.base.replace("http", "https") + request.path + "#x"]
    return replace(request, signature=sign(dice.choice(others), fields, TOKEN))


def sent_to_another_address(request: Request, _: Fields, dice: random.Random) -> Request:
    added = ["?turn=1", "?a=%ff&b=%", "?" + "y" * 2000, "?x=1&x=1"]
    return replace(request, path=request.path + dice.choice(added))


def another_account(request: Request, fields: Fields, dice: random.Random) -> Request:
    account = dice.choice(["", "AC" + "1" * 32, ACCOUNT.lower(), ACCOUNT + " ", ACCOUNT[:-1]])
    return _signed(request, [(name, account if name == "AccountSid" else value) for name, value in fields])


def garbage(request: Request, _: Fields, dice: random.Random) -> Request:
    odd = [dice.randbytes(200), b"%", b"&&&=&", b"=" * 500, b"\x00" * 100, b"%zz=%", b"", b"a=1;b=2", b"\xff\xfe"]
    return replace(request, body=dice.choice(odd))


def too_much(request: Request, fields: Fields, dice: random.Random) -> Request:
    return _signed(request, [*fields, ("More", "x" * dice.choice([65536, 100_000, 300_000]))])


def another_kind_of_body(request: Request, fields: Fields, dice: random.Random) -> Request:
    kinds = ["application/json", "multipart/form-data; boundary=x", "text/plain", "multipart/form-data", "x" * 300]
    body = dice.choice([b"{}", b'{"AccountSid": 1}', b"--x--", b"--x\r\n\r\nbody\r\n--x--\r\n"])
    return replace(request, body=body, headers=(("Content-Type", dice.choice(kinds)),))


def another_method(request: Request, _: Fields, dice: random.Random) -> Request:
    return replace(request, method=dice.choice(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]))


def a_digest_of_the_body(request: Request, fields: Fields, _: random.Random) -> Request:
    """Its sum in the address, the body itself not signed: for JSON the provider does so."""
    path = f"{request.path}?bodySHA256={sha256(request.body).hexdigest()}"
    return replace(request, path=path, signature=sign(request.base + path, [], TOKEN))


FORGERIES: tuple[Forge, ...] = (
    no_signature,
    odd_signature,
    one_letter_of_the_signature,
    part_of_the_signature,
    another_token,
    another_algorithm,
    a_changed_value,
    a_field_less,
    a_field_more,
    signed_for_another_address,
    sent_to_another_address,
    another_account,
    garbage,
    too_much,
    another_kind_of_body,
    another_method,
    a_digest_of_the_body,
)


async def _send(session: ClientSession, request: Request, stream: bool = False) -> tuple[int, str]:
    headers = {"Content-Type": FORM, **dict(request.headers)}
    if request.signature is not None:
        headers["X-Twilio-Signature"] = request.signature
    data = _pieces(request.body) if stream else request.body
    address = URL(request.base + request.path, encoded=True)
    async with session.request(request.method, address, data=data, headers=headers, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(body), 40):
        yield body[at : at + 40]


def _session() -> ClientSession:
    return ClientSession(connector=TCPConnector(limit=AT_ONCE, force_close=True), cookie_jar=DummyCookieJar())


def test_nothing_forged_is_let_in_and_nothing_breaks(
    tmp_path: Path, database_url: str, size: Size, figures: Figures
) -> None:
    many, dice = size(20 * len(FORGERIES), 10_000), random.Random(17)

    async def play() -> Counter[int]:
        async with world(tmp_path, database_url=database_url) as place, _session() as session:
            requests = [_forged(place, FORGERIES[at % len(FORGERIES)], dice) for at in range(many)]
            statuses: Counter[int] = Counter()
            for at in range(0, many, AT_ONCE):
                answers = await asyncio.gather(*(_send(session, each) for each in requests[at : at + AT_ONCE]))
                statuses.update(status for status, _ in answers)
            return statuses

    statuses = asyncio.run(play())
    accepted = sum(number for status, number in statuses.items() if status < 400)
    broken = sum(number for status, number in statuses.items() if status >= 500)
    note = ", ".join(f"{number:,} x {status}" for status, number in sorted(statuses.items()))
    figures.note(Figure("forged webhooks", kind(database_url), many, broken, 0, accepted, note))
    assert (accepted, broken) == (0, 0), note
    written = {table for table, rows in dump(database_url).items() if rows and table not in BROUGHT}
    assert written == set()


def _forged(place: World, forge: Forge, dice: random.Random) -> Request:
    path = dice.choice(list(GENUINE))
    genuine = _signed(Request(place.exchange.public_url, path, b"", None), GENUINE[path])
    return forge(genuine, GENUINE[path], dice)


@dataclass(frozen=True)
class Shape:
    """A genuine webhook as it may look: what the carrier was told, what it signs, what a proxy makes of it."""

    public: str = ""  # PUBLIC_URL; this machine's own where there is none
    signed_at: str = ""  # the address that is signed, where it is another
    path: str = "/twilio/sms"  # as it arrives here
    other: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    words: str = "food"
    stream: bool = False


FAR = "https://hotline.example.org"
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "hotline.example.org", "X-Forwarded-For": "54.1.2.3"}
SHAPES = {
    "straight": Shape(),
    "a proxy that keeps the host": Shape(FAR, headers={"Host": "hotline.example.org", "X-Forwarded-Proto": "https"}),
    "a proxy that rewrites the host": Shape(FAR, headers={"Host": "10.0.0.7:8080", **FORWARDED}),
    "a proxy that says nothing": Shape(FAR),
    "a port, signed": Shape(FAR + ":8443"),
    "a port, not signed": Shape(FAR + ":8443", FAR + "/twilio/sms"),
    "the usual port, signed": Shape(FAR, FAR + ":443/twilio/sms"),
    "a slash at the end of PUBLIC_URL": Shape(FAR + "/", FAR + "/twilio/sms"),
    "below a folder that the proxy takes away": Shape(FAR + "/mutual/aid", FAR + "/mutual/aid/twilio/sms"),
    "a query": Shape(path="/twilio/sms?line=north%20side&x=%C3%A9+b&empty="),
    "a messaging service": Shape(other=(("MessagingServiceSid", "MG" + "1" * 32),)),
    "doubled fields": Shape(other=(("Body", "another"), ("To", NUMBER), ("MessageSid", "SMother"))),
    "fields that are new": Shape(other=(("RcsSenderId", "x"), ("é", "ü"), ("OptOutTyp", ""), ("", ""))),
    "empty fields": Shape(other=tuple((f"From{part}", "") for part in ("City", "State", "Zip", "Country"))),
    "blanks around the words": Shape(words="  food \r\n "),
    "all letters": Shape(words="food & drink = 100% + ½ ñ 😀 \u202e «»"),
    "half a letter": Shape(words="food \ud83d"),
    "in pieces": Shape(stream=True),
    "a retry's headers": Shape(headers={"I-Twilio-Idempotency-Token": "1", "User-Agent": "TwilioProxy/1.1"}),
    "a character set": Shape(headers={"Content-Type": FORM + "; charset=utf-8"}),
    "a number that is not normal": Shape(other=(("From", "12125550147"),)),
}


def test_every_genuine_shape_is_let_in(tmp_path: Path, figures: Figures) -> None:
    async def play() -> dict[str, tuple[int, str]]:
        async with world(tmp_path) as place, _session() as session:
            return {
                name: await _shaped(place, session, shape, f"SM{at}") for at, (name, shape) in enumerate(SHAPES.items())
            }

    answers = asyncio.run(play())
    refused = [name for name, (status, answer) in answers.items() if status != 200 or "<Message>" not in answer]
    kept = {row["id"] for row in ask(f"sqlite:///{tmp_path}/hotline.db", "SELECT id FROM inbound")}
    figures.note(Figure("genuine webhooks of other shapes", "SQLite", len(SHAPES), len(refused)))
    assert refused == []
    assert kept == {f"SM{at}" for at in range(len(SHAPES))}


async def _shaped(place: World, session: ClientSession, shape: Shape, sid: str) -> tuple[int, str]:
    here = place.exchange.public_url
    await lives_at(place, shape.public or here)
    fields = [*text_fields(sid, f"+1212555{3000 + int(sid[2:])}", shape.words), *shape.other]
    if any(name == "From" for name, _ in shape.other):
        fields = [pair for at, pair in enumerate(fields) if pair[0] != "From" or at > 4]
    url = shape.signed_at or (shape.public or here).rstrip("/") + shape.path
    body = urlencode(fields, errors="surrogatepass").encode()
    signature = _theirs(url, fields)
    request = Request(here, shape.path, body, signature, headers=tuple(shape.headers.items()))
    return await _send(session, request, shape.stream)


def _theirs(url: str, fields: Fields) -> str:
    """As the provider's own package signs it; half a letter it cannot."""
    try:
        return str(RequestValidator(TOKEN).compute_signature(url, FormData([*fields])))
    except UnicodeEncodeError:
        return sign(url, fields, TOKEN)
