"""Volunteer list: a spreadsheet of people who give is read, with all its mistakes, before anybody is put on record.

What is wrong is named by a key and what belongs to it; the words stand with the board's, under [row_wrong].
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hotline.channels.catalogue import ENGLISH, messages
from hotline.channels.spreadsheet import plain
from hotline.community.model import Area, Community, Need
from hotline.model import phone_numbers
from hotline.model.people import folded
from hotline.model.sanitize import clean

COLUMNS: dict[str, tuple[str, ...]] = {  # without accents and capitals
    "phone": (
        *("phone", "number", "phone number", "telephone", "mobile", "cell", "tel"),
        *("telefono", "numero de telefono", "numero", "movil", "celular"),
    ),
    "name": ("name", "first name", "firstname", "nombre", "prenom"),
    "needs": ("needs", "gives", "need", "skills", "what", "ofrece", "que ofrece", "da", "ayuda", "ayuda con", "que"),
    "areas": ("areas", "area", "where", "zip", "zips", "zona", "zonas", "barrio", "donde", "codigo postal", "zone"),
    "language": ("language", "languages", "lang", "idioma", "idiomas", "lengua", "langue"),
    "calls": ("calls", "call", "landline", "voice", "llamadas", "llamar", "telefono fijo", "fijo"),
    "consent": ("consent", "agreed", "how they agreed", "permission", "consentimiento", "permiso", "como acepto"),
}
YES = ("yes", "y", "1", "x", "true", "si", "verdadero", "oui")
NO = ("", "no", "n", "0", "-", "false", "falso", "non", "none", "ninguno", "unknown")
CUT = re.compile(r"[\d.,]+E\+?\d+", re.IGNORECASE)  # 4.41E+11: a spreadsheet took a number for a sum
FLOAT = re.compile(r"(\+?\d{7,15})\.0+")
BETWEEN = re.compile(r"\s*(?:[/;|\n]|,|\bor\b|\band\b|&)\s*", re.IGNORECASE)
TOGETHER = re.compile(r"\s+(?:and|y|e|&|\+)\s+", re.IGNORECASE)  # "food and rides" in one cell
SEPARATOR = re.compile(r"\"?sep=([,;\t])\"?\s*", re.IGNORECASE)  # the first line of some spreadsheets
ENCODINGS = ("utf-8-sig", "cp1252")  # what a spreadsheet saves: the second without saying so
LONGEST_NAME = 20  # letters, as at the sign-up


@dataclass(frozen=True)
class Row:
    """One row that can be put on record. `consent` says how they agreed to be texted, "" where nobody says so."""

    line: int
    phone: str
    name: str
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    language: str
    calls: bool
    consent: str


@dataclass(frozen=True)
class Usual:
    """What counts for rows that do not say it."""

    needs: str = ""
    areas: str = ""
    language: str = ""


@dataclass(frozen=True)
class Mistake:
    """What is wrong with a line, 0 for all of it: ``key`` with its ``values``."""

    line: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class NoList(Exception):
    """What was given is no list at all: `args` are (key, line)."""


Found = tuple[str, dict[str, object]]


def read(raw: bytes, here: Community, usual: Usual, own: str = "") -> tuple[list[Row], list[Mistake]]:
    """(the rows that are good, what is wrong with all others). `own` is the hotline's number. Raises NoList."""
    lines = _lines(raw)
    columns = _columns(lines[0][1])
    rows: dict[str, Row] = {}
    wrong: list[Mistake] = []
    for line, cells in lines[1:]:
        said = {name: plain(clean(cells[at]).strip()) if at < len(cells) else "" for name, at in columns.items()}
        found, row = list(_mistakes(said, here, usual, own)), None
        if not found:
            row = _row(line, said, here, usual)
            if row.phone in rows:
                found = [("twice", {"line": rows[row.phone].line})]
        wrong += [Mistake(line, key, values) for key, values in found]
        if row and not found:
            rows[row.phone] = row
    return list(rows.values()), wrong


def decoded(raw: bytes) -> str:
    """The words of a file as a spreadsheet saves it. Raises NoList."""
    if raw.startswith(b"PK"):
        raise NoList("workbook", 0)
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    return next(filter(None, (_decoded(raw, each) for each in encodings)), "")


def _lines(raw: bytes) -> list[tuple[int, list[str]]]:
    """(line, cells) of everything that is not empty; the first has the names of the columns."""
    lines = list(rows_of(decoded(raw)))
    if not lines:
        raise NoList("empty", 0)
    return lines


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every row in which anything stands, whatever mark parts the cells: the one that the first line
    has most of, or names. Raises NoList."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    said = SEPARATOR.fullmatch(first)
    between = said[1] if said else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        for at, cells in enumerate(each for each in reader if any(map(str.strip, each))):
            if at or not said:
                yield reader.line_num, cells
    except csv.Error:
        raise NoList("no_csv", reader.line_num) from None


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each column is, by whatever it is called."""
    heads = [" ".join(folded(cell.replace("_", " ")).split()) for cell in cells]
    found = {name: heads.index(each) for name, also in COLUMNS.items() for each in reversed(also) if each in heads}
    if "phone" not in found:
        raise NoList("no_columns", 0)
    return found


def _mistakes(said: Mapping[str, str], here: Community, usual: Usual, own: str) -> Iterator[Found]:
    yield from _of_phone(said["phone"], said.get("calls", ""), here, own)
    if len(said.get("name", "")) > LONGEST_NAME:
        yield "long_name", {"longest": LONGEST_NAME}
    for part, known, standard in (("needs", here.needs, usual.needs), ("areas", here.areas, usual.areas)):
        given = said.get(part) or standard
        if not given:
            yield f"no_{part}", {}
        for each in _parts(given, known, here):
            if not _named(each, known, here):
                yield f"unknown_{part}", {"said": each, "known": ", ".join(known)}
    language = said.get("language") or usual.language
    if language and _language(language, here) is None:
        yield "unknown_language", {"said": language, "known": ", ".join(here.languages)}
    calls, consent = (folded(said.get(name, "")) for name in ("calls", "consent"))
    if calls not in (*YES, *NO):
        yield "calls", {"said": said["calls"]}
    elif calls in YES and consent in NO:
        yield "calls_unasked", {}


def _of_phone(given: str, calls: str, here: Community, own: str) -> Iterator[Found]:
    """What is wrong with a cell that should hold one number."""
    phone = _plain(given)
    several = [each for each in BETWEEN.split(phone) if sum(map(str.isdigit, each)) >= 7]
    if not phone:
        yield "no_phone", {}
    elif CUT.fullmatch(phone):
        yield "cut", {"said": given}
    elif len(several) > 1:
        yield "several", {"count": len(several)}
    elif wrong := phone_numbers.fault(phone, here.country):
        yield wrong, {"said": phone, "country": here.country, "example": phone_numbers.example_of(here.country)}
    else:
        number = phone_numbers.normalise(phone, here.country) or ""
        if number == own:
            yield "own", {"said": given}
        elif phone_numbers.is_landline(number) and folded(calls) not in YES:
            yield "landline", {"said": given}


def _plain(given: str) -> str:
    """Without what a spreadsheet puts around a number to keep it one."""
    phone = given.strip().lstrip("'").strip()
    return FLOAT.sub(r"\1", phone)


def _row(line: int, said: Mapping[str, str], here: Community, usual: Usual) -> Row:
    consent = " ".join(said.get("consent", "").split())
    return Row(
        line,
        phone_numbers.normalise(_plain(said["phone"]), here.country) or "",
        said.get("name", ""),
        _all_named(said.get("needs") or usual.needs, here.needs, here),
        _all_named(said.get("areas") or usual.areas, here.areas, here),
        _language(said.get("language") or usual.language, here) or here.languages[0],
        folded(said.get("calls", "")) in YES,
        "" if folded(consent) in NO else consent,
    )


Known = Mapping[str, Need] | Mapping[str, Area]


def _parts(given: str, known: Known, here: Community) -> Iterator[str]:
    """What one cell names: "comida, transporte", and "comida y transporte" where that is not one thing."""
    for each in filter(None, (part.strip() for part in re.split(r"[,;/|\n]", given))):
        apart = TOGETHER.split(each)
        several = not _named(each, known, here) and all(_named(one, known, here) for one in apart)
        yield from apart if several else (each,)


def _all_named(given: str, known: Known, here: Community) -> tuple[str, ...]:
    names = (_named(each, known, here) for each in _parts(given, known, here))
    return tuple(dict.fromkeys(filter(None, names)))


def _named(given: str, known: Known, here: Community) -> str:
    """The name of a need or an area, by that or by what people call it; "" for none."""
    said = folded(given)
    if said in known or (said in here.needs_offered and known is here.needs):
        return said
    for name, topic in known.items():
        if said in (folded(word) for word in (name, *topic.labels.values(), *topic.words)):
            return name
    return ""


def _language(given: str, here: Community) -> str | None:
    """The language, by its letters or its name; "" for none given, None for one that is not spoken here."""
    if not given:
        return ""
    said, names = folded(given), messages(ENGLISH)["languages"]
    own = {each: map(folded, (each, str(messages(each)["name"]), *names[each])) for each in here.languages}
    return next((each for each, called in own.items() if said in called), None)
