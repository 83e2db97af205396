"""Log format: plain or JSON, and whatever is logged, nobody is named."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from hotline.model.pseudonyms import Somebody
from hotline.monitoring import log_format

ANA = "+12125550111"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before, level
    for name in log_format.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


def logged(form: str, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    told = io.StringIO()
    monkeypatch.setattr("sys.stderr", told)
    log_format.set_up("INFO", form, "a secret")
    return told


def test_a_person_is_a_mark_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    told = logged("plain", monkeypatch)
    for phone in (ANA, ANA, "+12125550112"):
        logging.getLogger("hotline").info("a text from %s", Somebody(phone))
    marks = [line.rsplit("~", 1)[1] for line in told.getvalue().splitlines()]
    assert marks[0] == marks[1] != marks[2]
    assert all(len(mark) == 6 for mark in marks)


def test_an_exception_tells_its_place_and_type_and_not_what_it_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    told = logged("plain", monkeypatch)
    try:
        try:
            int("seventh floor")
        except ValueError as error:
            raise KeyError(ANA) from error
    except KeyError:
        logging.getLogger("hotline").exception("a mistake")
    assert "test_log_format.py" in told.getvalue()
    assert "builtins.ValueError" in told.getvalue()
    assert "builtins.KeyError" in told.getvalue()
    assert "seventh floor'" not in told.getvalue()
    assert "2125550111" not in told.getvalue()


def test_what_looks_like_a_number_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    told = logged("plain", monkeypatch)
    log = logging.getLogger("hotline")
    log.warning("DETAIL: Key (phone)=(+12125550111) and (212) 555-0112 exist")
    log.warning("port 8000, 12 s, 20003, http://127.0.0.1:8000/twilio/sms")
    assert told.getvalue().count("[number]") == 2
    assert "port 8000, 12 s, 20003, http://127.0.0.1:8000/twilio/sms" in told.getvalue()


def test_json_is_one_object_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    told = logged("json", monkeypatch)
    try:
        raise RuntimeError("of somebody")
    except RuntimeError:
        logging.getLogger("hotline.x").exception("it stumbled over %s", Somebody(ANA))
    (line,) = told.getvalue().splitlines()
    found = json.loads(line)
    assert (found["level"], found["logger"]) == ("ERROR", "hotline.x")
    assert found["message"].startswith("it stumbled over ~")
    assert "RuntimeError" in found["trace"]
    assert "of somebody'" not in line.replace('raise RuntimeError("of somebody")', "")
