"""Signatures: the known vectors, and agreement with the provider's own validator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from hotline.simulator.signing import sign, signed_url
from hotline.simulator.webhooks import Webhook

FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}


def test_the_known_vector() -> None:
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign(url, [*FORM.items(), ("To", "+18005551212")], "12345") == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@given(st.dictionaries(st.text(min_size=1), st.text()), st.text())
def test_agrees_with_the_provider(form: dict[str, str], token: str) -> None:
    form = {
        name.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode()
        for name, value in form.items()
    }
    token = token.encode("utf-8", "replace").decode()
    url = "https://example.com/a%2Bb?x=1&y=é"
    assert sign(url, form.items(), token) == RequestValidator(token).compute_signature(url, form)


@pytest.mark.parametrize(
    ("url", "voice", "stated"),
    [
        ("https://a.org:8443/x?y=1#rc=2", True, "https://a.org/x?y=1"),
        ("https://a.org:8443/x?y=1#rc=2", False, "https://a.org:8443/x?y=1"),
        ("http://me:secret@a.org:8080/x", True, "http://a.org:8080/x"),
    ],
)
def test_what_is_signed_of_an_address(url: str, voice: bool, stated: str) -> None:
    assert signed_url(url, voice) == stated


def test_a_get_carries_its_fields_in_the_signed_address() -> None:
    address, body, signature = Webhook("http://a.org/x?y=1", (("Digits", "1"), ("From", "+1")), "GET").signed("t")
    assert (address, body) == ("http://a.org/x?y=1&Digits=1&From=%2B1", b"")
    assert RequestValidator("t").validate(address, {}, signature)
