"""Our own signature check agrees with the provider's validator on every shape of address and form."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.datastructures import FormData
from twilio.request_validator import RequestValidator

from hotline.carriers.twilio.forms import pairs
from hotline.carriers.twilio.signature import is_signed
from hotline.simulator.signing import sign

Fields = list[tuple[str, str]]

LETTERS = st.characters(exclude_categories=["Cs"])
VALUES = st.one_of(
    st.text(LETTERS, max_size=12), st.sampled_from(["", " ", "a ", " a", "+12125550111", "é", "é", "😀", "a&b=c"])
)
NAMES = st.one_of(st.sampled_from(["Body", "From", "body", "BODY", "Body1", "é"]), st.text(LETTERS, max_size=5))
FORMS = st.lists(st.tuples(NAMES, VALUES), max_size=8).map(lambda form: form + form[:2])  # some pairs twice
ADDRESSES = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["a.org", "hotline.example.org", "127.0.0.1", "Hotline.Example.ORG"]),
    st.sampled_from(["", ":80", ":443", ":8080", ":8443"]),
    st.sampled_from(["", "/", "/twilio/sms", "/twilio/sms/", "/a%2Bb", "/a%C3%A9", "/ä", "/x/../y", "//x"]),
    st.sampled_from(["", "?turn=7", "?a=1&a=2", "?a=%20+&b=", "?x=é", "?a=1?b=2"]),
)


def theirs(url: str, fields: Fields, signature: str) -> bool:
    return bool(RequestValidator("secret").validate(url, FormData([*fields]), signature))


SIGNED = st.sampled_from(["here", "there", "other form", "other token", "broken", "none"])


@given(ADDRESSES, ADDRESSES, FORMS, FORMS, SIGNED)
def test_we_accept_what_the_provider_s_validator_accepts(
    here: str, there: str, form: Fields, other: Fields, which: str
) -> None:
    signature = {
        "here": sign(here, form, "secret"),
        "there": sign(there, form, "secret"),
        "other form": sign(here, other, "secret"),
        "other token": sign(here, form, "other"),
        "broken": sign(here, form, "secret")[:-2],
        "none": "",
    }[which]
    assert is_signed("secret", here, form, signature) == theirs(here, form, signature)


@given(ADDRESSES, st.sampled_from(["", ":80", ":443", ":8443"]), FORMS)
def test_a_port_may_be_signed_or_not_as_the_provider_has_it(address: str, port: str, form: Fields) -> None:
    host = address.split("/")[2]
    signed_at = address.replace(host, host.split(":")[0] + port, 1)
    signature = sign(signed_at, form, "secret")
    assert is_signed("secret", address, form, signature) == theirs(address, form, signature)


@given(FORMS)
def test_what_travels_as_a_form_is_still_rightly_signed(form: Fields) -> None:
    came = pairs(urlencode(form).encode())
    assert sorted(came) == sorted(form)
    assert is_signed("secret", "https://a.org/x", came, sign("https://a.org/x", form, "secret"))


@given(st.binary(max_size=60))
def test_any_bytes_can_be_read_as_a_form_and_checked(body: bytes) -> None:
    assert not is_signed("secret", "https://a.org/x", pairs(body), "no signature")


def test_half_a_letter_is_signed_as_the_carrier_sent_it() -> None:
    url, form = "https://a.org/x", [("Body", "a\ud800b")]
    came = pairs(urlencode(form, errors="surrogatepass").encode())
    assert is_signed("secret", url, came, sign(url, form, "secret"))


def official(caller: str) -> Fields:
    known = {"CallSid": "CA1234567890ABCDE", "Caller": caller, "Digits": "1234", "From": caller, "To": "+18005551212"}
    return list(known.items())


@pytest.mark.parametrize(
    ("url", "fields", "signature"),
    [
        ("https://mycompany.com/myapp.php?foo=1&bar=2", official("+14158675309"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://example.com/myapp.php?foo=1&bar=2", official("+14158675310"), "L/OH5YylLD5NRKLltdqwSvS0BnU="),
    ],
)
def test_the_two_official_vectors(url: str, fields: Fields, signature: str) -> None:
    assert is_signed("12345", url, fields, signature)
    assert is_signed("12345", url, [*fields, fields[0]], signature), "a pair that comes twice counts once"
    assert not is_signed("12345", url, fields[1:], signature)
    assert not is_signed("12346", url, fields, signature)


@pytest.mark.parametrize("signature", ["", " ", "é", "=", "\x00", "x" * 10_000, "RSOYDt4T1cUTdK1PDd93/VVr8B8"])
def test_an_odd_signature_is_only_wrong(signature: str) -> None:
    assert not is_signed("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", official("+14158675309"), signature)


def test_without_a_token_nothing_is_rightly_signed() -> None:
    assert not is_signed("", "https://a.org/", [], sign("https://a.org/", [], ""))


@example(b"%\xc2\x80")
@given(st.one_of(st.binary(max_size=60), st.text("ab=&+%2B%C3%A9;", max_size=30).map(str.encode)))
def test_a_form_is_read_as_the_standard_library_reads_it(body: bytes) -> None:
    theirs = parse_qsl(body.decode("ascii", "surrogateescape"), keep_blank_values=True, errors="surrogateescape")
    assert pairs(body) == theirs
