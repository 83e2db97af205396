"""Lists of the REST API: newest first, filtered, and cut into pages as the provider does."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

from hotline.simulator.errors import Refused
from hotline.simulator.forms import API_VERSION
from hotline.simulator.resources import Json

T = TypeVar("T")
_USUAL, _MOST = 50, 1000


def page(request: Request, name: str, found: Sequence[T], show: Callable[[T], Json]) -> Json:
    """One page of what was found, with the address of the next."""
    query = request.query_params
    size, number = min(_number(query, "PageSize", _USUAL), _MOST), _number(query, "Page", 0)
    account, part = request.path_params["account"], found[number * size : (number + 1) * size]
    base = f"/{API_VERSION}/Accounts/{account}/{name.capitalize()}.json"

    def uri(at: int) -> str:
        kept = [(key, value) for key, value in query.multi_items() if key not in ("Page", "PageSize")]
        return f"{base}?{urlencode([*kept, ('PageSize', size), ('Page', at)])}"

    return {
        name: [show(one) for one in part], "page": number, "page_size": size, "start": number * size,
        "end": number * size + max(0, len(part) - 1), "uri": uri(number), "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1) if (number + 1) * size < len(found) else None,
        "previous_page_uri": uri(number - 1) if number else None,
    }  # fmt: skip


def in_time(query: Mapping[str, str], name: str, at: float) -> bool:
    """Whether a time fits the filters Name, Name> and Name< (each inclusive, a date or a moment)."""
    for suffix in ("", ">", "<"):
        if value := query.get(name + suffix):
            first, last = _span(value)
            if (suffix != "<" and int(at) < first) or (suffix != ">" and int(at) > last):
                return False
    return True


def _span(value: str) -> tuple[float, float]:
    """The first and the last second that a date or a moment stands for."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise Refused(400, 20001, f"Invalid date {value}") from error
    start = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return start, start + (86_399 if len(value) <= len("2026-01-31") else 0)


def _number(query: Mapping[str, str], name: str, usual: int) -> int:
    value = query.get(name) or ""
    return int(value) if value.isdecimal() and (int(value) or name == "Page") else usual
