"""Open Referral (HSDS) files: the services of other groups, read from 3.0 JSON or from the CSV tables of 2.0.1 and
1.1, as a file, a folder or a zip.

Tables are brought into the shape of 3.0, in which a service holds what belongs to it. Whatever cannot be read is named,
and reading goes on.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

LARGEST = 200_000_000  # bytes of all files together, unpacked
Row = Mapping[str, Any]
SINGULAR = {
    **{f"{name}s": name for name in ("organization", "service", "location", "phone", "schedule", "attribute")},
    "services_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "regular_schedule": "schedule",
    "regular_schedules": "schedule",
    "service_areas": "service_area",
    "address": "physical_address",
    "addresses": "physical_address",
    "physical_addresses": "physical_address",
    "services_taxonomy": "service_taxonomy",
    "service_taxonomies": "service_taxonomy",
    "service_attributes": "attribute",
    "service_attribute": "attribute",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CLOCK = re.compile(r"(\d{1,2}):?(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
WITHHELD = re.compile(r"confidential|withheld|undisclosed|unlisted|not (?:open to the )?public|not published", re.I)
CLOSED = re.compile(r"\b(?:permanently|temporarily) closed\b|\((?:now )?closed\)", re.I)


class CannotRead(ValueError):
    """Nothing of the file can be used; in one sentence."""


@dataclass(frozen=True)
class Opening:
    """Open on that day (0 is Monday), from and to minutes of the day."""

    day: int
    begin: int
    end: int


@dataclass(frozen=True)
class Phone:
    """A telephone number as it is written, and its extension."""

    number: str
    extension: str = ""


@dataclass(frozen=True)
class Service:
    """A service at one place, or at none. ``row`` names where it stands. ``closed`` is why it is not there, "" where it
    is. ``sorts`` are its kinds as the file calls them. ``where`` is its street, "" where it has none or withholds it.
    ``checked`` is when somebody last said that it is so."""

    row: str
    name: str
    other_name: str = ""
    group: str = ""
    sorts: tuple[str, ...] = ()
    about: str = ""
    phones: tuple[Phone, ...] = ()
    openings: tuple[Opening, ...] = ()
    where: str = ""
    withheld: bool = False
    postal_code: str = ""
    serves: tuple[str, ...] = ()
    closed: str = ""
    checked: date | None = None


@dataclass
class Read:
    """What was found, and in a sentence each what could not be used."""

    services: list[Service] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def read(path: Path, today: date) -> Read:
    """All services of a file, a folder or a zip. Raises CannotRead."""
    found, files = Read(), dict(_files(path))
    tables = {name: body for name, body in files.items() if name.endswith(".csv")}
    documents = {name: body for name, body in files.items() if name.endswith(".json") and name != "datapackage.json"}
    rows = list(_from_tables(tables, found)) if tables else []
    for name, body in () if tables else sorted(documents.items()):
        rows += _from_document(name, body, found)
    if not rows and not found.wrong:
        raise CannotRead(f"{path} holds no services: neither services.csv nor services in JSON")
    for where, row in rows:
        found.services += _services(where, row, today, found)
    return found


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name in small letters, content) of each."""
    try:
        if path.is_dir():
            inside = [each for each in sorted(path.iterdir()) if each.suffix.lower() in (".csv", ".json")]
            _not_too_large(sum(each.stat().st_size for each in inside))
            yield from ((each.name.lower(), each.read_bytes()) for each in inside)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                infos = [info for info in packed.infolist() if info.filename.lower().endswith((".csv", ".json"))]
                infos = [info for info in infos if not info.filename.startswith("__MACOSX")]
                _not_too_large(sum(info.file_size for info in infos))
                yield from ((PurePosixPath(info.filename).name.lower(), packed.read(info)) for info in infos)
        else:
            _not_too_large(path.stat().st_size)
            yield path.name.lower(), path.read_bytes()
    except FileNotFoundError:
        raise CannotRead(f"there is no file or folder {path}") from None
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: it is locked with a password
        raise CannotRead(f"{path} cannot be read ({error})") from None


def _not_too_large(size: int) -> None:
    if size > LARGEST:
        raise CannotRead(f"that is {size // 1_000_000} MB unpacked; {LARGEST // 1_000_000} MB at most")


# --- 3.0: JSON.


def _from_document(name: str, body: bytes, found: Read) -> list[tuple[str, Row]]:
    try:
        raw = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        found.wrong.append(f"{name}: it is no JSON ({error})")
        return []
    services = list(_services_in(raw))
    if not services:
        found.wrong.append(f"{name}: there are no services in it")
    many = len(services) > 1
    return [(f"{name}, service {place}" if many else name, each) for place, each in enumerate(services, 1)]


def _services_in(raw: Any, organization: Row | None = None) -> Iterator[Row]:
    """The services of a document: one, a list, a page of an API, or those of an organization."""
    if isinstance(raw, list):
        for each in raw:
            yield from _services_in(each, organization)
    if not isinstance(raw, dict):
        return
    inside = next(
        (key for key in ("services", "contents", "organizations", "items") if isinstance(raw.get(key), list)), ""
    )
    if inside:
        yield from _services_in(raw[inside], raw if inside == "services" and raw.get("name") else organization)
    elif isinstance(raw.get("service"), dict):  # a service at a location holds its service
        yield {**raw["service"], "service_at_locations": [{k: v for k, v in raw.items() if k != "service"}]}
    elif "name" in raw and ("status" in raw or "service_at_locations" in raw or "organization" in raw or organization):
        yield {"organization": organization, **raw} if organization else raw


# --- 2.0.1 and 1.1: tables.


def _from_tables(files: Mapping[str, bytes], found: Read) -> Iterator[tuple[str, Row]]:
    tables: dict[str, list[tuple[str, Row]]] = {}
    for name, body in files.items():
        stem = name.removesuffix(".csv")
        tables.setdefault(SINGULAR.get(stem, stem), []).extend(_rows(name, body, found))
    if "service" not in tables:
        raise CannotRead("there is no services.csv in it")
    by = {table: {row["id"]: row for _, row in rows if row.get("id")} for table, rows in tables.items()}
    parts = _Parts(tables, by, found)
    parts.name_what_belongs_to_nothing()
    for where, row in tables["service"]:
        yield where, {**row, **parts.of_service(row)}


def _rows(name: str, body: bytes, found: Read) -> Iterator[tuple[str, Row]]:
    """The rows of a table, each with its place. What is not UTF-8 is read as well as it can be."""
    reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig", "replace"), newline=""))
    try:
        for row in reader:
            filled = {
                str(key).strip().lower(): (value or "").strip()
                for key, value in row.items()
                if isinstance(value, str) and key
            }
            if any(filled.values()):
                yield f"{name}, line {reader.line_num}", filled
    except csv.Error as error:
        found.wrong.append(f"{name}, line {reader.line_num}: {error}")


class _Parts:
    """What belongs to a service, gathered from its tables."""

    OWNERS = ("service_at_location", "service", "location", "organization")

    def __init__(
        self, tables: Mapping[str, list[tuple[str, Row]]], by: Mapping[str, Mapping[str, Row]], found: Read
    ) -> None:
        self._tables, self._by, self._found = tables, by, found
        self._of: dict[tuple[str, str, str], list[Row]] = {}
        for table in ("phone", "schedule", "physical_address", "service_area", "attribute", "service_taxonomy"):
            for _, row in tables.get(table, ()):
                for owner in self.OWNERS:
                    if key := row.get(f"{owner}_id"):
                        self._of.setdefault((table, owner, key), []).append(row)
                if table == "attribute" and (key := row.get("link_id")):  # 3.0 as tables
                    self._of.setdefault((table, row.get("link_entity") or "service", key), []).append(row)
        for _, row in tables.get("service_at_location", ()):
            self._of.setdefault(("service_at_location", "service", str(row.get("service_id"))), []).append(row)

    def name_what_belongs_to_nothing(self) -> None:
        """Rows that point to something that is not in the tables."""
        for table in ("service", "service_at_location", "phone", "schedule", "physical_address"):
            for where, row in self._tables.get(table, ()):
                for owner in self.OWNERS:
                    key = row.get(f"{owner}_id")
                    if key and owner in self._by and key not in self._by[owner]:
                        self._found.wrong.append(f"{where}: there is no {owner.replace('_', ' ')} {key}")

    def of_service(self, row: Row) -> Row:
        key = str(row.get("id", ""))
        organization = self._by.get("organization", {}).get(str(row.get("organization_id", "")))
        places = [
            {**each, **self._of_owner("service_at_location", each.get("id")), "location": self._location(each)}
            for each in self._of.get(("service_at_location", "service", key), ())
        ]
        held = {**self._of_owner("service", key), "service_at_locations": places}
        held["organization"] = (
            {**organization, **self._of_owner("organization", organization.get("id"))} if organization else None
        )
        held["service_areas"] = self._of.get(("service_area", "service", key), [])
        held["attributes"] = [{"taxonomy_term": term} for term in self._terms(key, row)]
        held["metadata"] = [each for _, each in self._tables.get("metadata", ()) if each.get("resource_id") == key]
        return held

    def _location(self, place: Row) -> Row:
        key = str(place.get("location_id", ""))
        location = self._by.get("location", {}).get(key, {})
        addresses = self._of.get(("physical_address", "location", key), [])
        return {**location, **self._of_owner("location", key), "addresses": addresses}

    def _of_owner(self, owner: str, key: Any) -> dict[str, Any]:
        """Its telephones and hours. What is a service's at a place is that place's, not the service's everywhere."""
        return {
            f"{table}s": [row for row in self._of.get((table, owner, str(key or "")), ()) if self._owner(row) == owner]
            for table in ("phone", "schedule")
        }

    def _owner(self, row: Row) -> str:
        return next(owner for owner in self.OWNERS if row.get(f"{owner}_id"))

    def _terms(self, key: str, row: Row) -> Iterator[Row]:
        links = [
            *self._of.get(("attribute", "service", key), ()),
            *self._of.get(("service_taxonomy", "service", key), ()),
        ]
        keys = [each.get("taxonomy_term_id") or each.get("taxonomy_id") for each in links]
        keys += re.split(r"[,;]\s*", row.get("taxonomy_ids") or "")
        for each in filter(None, keys):
            term = self._by.get("taxonomy_term", {}).get(each) or self._by.get("taxonomy", {}).get(each)
            if term:
                yield term


# --- A service in the shape of 3.0.


def _services(where: str, row: Row, today: date, found: Read) -> Iterator[Service]:
    """The service at each of its places."""
    name = _text(row, "name")
    row_name = f"{where} ({name})" if name else where
    if not name:
        found.wrong.append(f"{where}: it has no name")
        return
    places = _list(row, "service_at_locations") or [{}]
    for place in places:
        yield _service(row_name, row, place, today, found)


def _service(where: str, row: Row, place: Row, today: date, found: Read) -> Service:
    location = place.get("location") if isinstance(place.get("location"), dict) else {}
    organization = row.get("organization") if isinstance(row.get("organization"), dict) else {}
    owners = (place, row, location or {}, organization or {})
    street, postal_code, withheld = _address(location or {})
    schedules = next((each for owner in owners[:3] if (each := _list(owner, "schedules"))), ())
    openings, over = _openings(where, schedules, today, found)
    terms = (attribute.get("taxonomy_term") for attribute in _list(row, "attributes"))
    return Service(
        where,
        _text(row, "name"),
        _text(row, "alternate_name"),
        _text(organization or {}, "name"),
        tuple(_text(term, "name") for term in terms if isinstance(term, dict)),
        _text(row, "description"),
        tuple(_phones(owners)),
        tuple(openings),
        "" if withheld else street,
        withheld,
        "" if withheld else postal_code,
        tuple(filter(None, (_text(a, "name") or _text(a, "service_area") for a in _list(row, "service_areas")))),
        _closed(row, location or {}) or over,
        _checked(row, today),
    )


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _list(row: Row, key: str) -> Sequence[Row]:
    value = row.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _closed(row: Row, location: Row) -> str:
    """Why it is not there. Whatever is not said to be active is not."""
    status = _text(row, "status").casefold()
    if status not in ("", "active"):
        return status
    said = (_text(each, key) for each in (row, location) for key in ("name", "description", "alert"))
    return "closed, as its words say" if any(map(CLOSED.search, said)) else ""


def _address(location: Row) -> tuple[str, str, bool]:
    """(street, postal code, whether it is withheld)."""
    addresses = [each for each in _list(location, "addresses") if _text(each, "address_type") in ("", "physical")]
    about = " ".join(_text(location, key) for key in ("name", "alternate_name", "description"))
    if not addresses:
        return "", "", bool(WITHHELD.search(about))
    first = addresses[0]
    street = ", ".join(filter(None, (_text(first, f"address_{line}") for line in (1, 2))))
    said = " ".join((about, street, _text(first, "attention")))
    return street, _text(first, "postal_code"), bool(WITHHELD.search(said))


def _phones(owners: Iterable[Row]) -> Iterator[Phone]:
    """Those nearest to the service first; no fax, no text telephone."""
    for owner in owners:
        for row in _list(owner, "phones"):
            if _text(row, "type").casefold() in ("", "voice", "hotline", "cell", "mobile", "landline"):
                yield Phone(_text(row, "number").strip("\"' "), _text(row, "extension"))


def _checked(row: Row, today: date) -> date | None:
    """When somebody last said that it is so."""
    for said in (_text(row, "assured_date"), _text(row, "last_modified")):
        if (day := _day(said)) and day <= today:
            return day
    changes = (_day(_text(each, "last_action_date")) for each in _list(row, "metadata"))
    return max((day for day in changes if day and day <= today), default=None)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def _openings(where: str, schedules: Sequence[Row], today: date, found: Read) -> tuple[list[Opening], str]:
    """(when it is open each week, why it is over). Hours that hold on some weeks alone are named, and left out."""
    openings, over = list[Opening](), 0
    for row in schedules:
        ends = _day(_text(row, "valid_to") or _text(row, "until"))
        if ends and ends < today:
            over += 1
            continue
        days = _days(row)
        span = _minutes(_text(row, "opens_at")), _minutes(_text(row, "closes_at"))
        if days is None or span[0] is None or span[1] is None:
            parts = (_text(row, key) for key in ("freq", "byday", "weekday", "opens_at", "closes_at"))
            said = " ".join(filter(None, parts)) or _text(row, "description") or "that say nothing"
            found.wrong.append(f"{where}: hours of some weeks alone, or that cannot be read, are left out: {said}")
            continue
        openings += [Opening(day, span[0], span[1]) for day in days]
    return sorted(set(openings), key=lambda each: (each.day, each.begin)), (
        "its hours have ended" if over and over == len(schedules) else ""
    )


def _days(row: Row) -> list[int] | None:
    """The days of each week, 0 is Monday; None where it is not each week."""
    if weekday := _text(row, "weekday"):
        return _named(weekday)
    every = _text(row, "freq").upper() in ("", "WEEKLY") and _text(row, "interval") in ("", "1")
    rare = any(_text(row, key) for key in ("byweekno", "bymonthday", "byyearday"))
    byday = [each.strip().upper() for each in _text(row, "byday").split(",") if each.strip()]
    if not every or rare or not byday or not set(byday) <= set(DAYS):
        return None
    return [DAYS.index(day) for day in byday]


def _named(weekday: str) -> list[int] | None:
    """1.1 counts Monday as 1; some write names."""
    if weekday.isdecimal():
        return [int(weekday) - 1] if 1 <= int(weekday) <= 7 else None
    short = weekday[:2].upper()
    return [DAYS.index(short)] if short in DAYS else None


def _minutes(said: str) -> int | None:
    clock = CLOCK.fullmatch(said.strip())
    if not clock or int(clock[1]) > 24 or int(clock[2]) > 59:
        return None
    return int(clock[1]) * 60 + int(clock[2])
