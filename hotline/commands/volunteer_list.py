"""Volunteer list: a spreadsheet of people who give is read, with all its mistakes, before anybody is put on record."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hotline import settings
from hotline.channels.catalogue import ENGLISH, messages
from hotline.channels.spreadsheet import plain
from hotline.commands import Wrong
from hotline.community.model import Area, Community, Need
from hotline.model import phone_numbers

COLUMNS: dict[str, tuple[str, ...]] = {
    "phone": ("phone", "number", "phone number", "telephone", "mobile", "cell", "tel", "telefono", "téléphone"),
    "name": ("name", "first name", "firstname", "nombre", "prénom", "prenom"),
    "needs": ("needs", "gives", "need", "skills", "what"),
    "areas": ("areas", "area", "where", "zip", "zips", "zona", "zone"),
    "language": ("language", "languages", "lang", "idioma", "langue"),
    "calls": ("calls", "call", "landline", "voice"),
    "consent": ("consent", "agreed", "how they agreed", "permission", "consentimiento"),
}
YES = ("yes", "y", "1", "x", "true", "si", "sí", "oui")
NO = ("", "no", "n", "0", "-", "false", "non", "none", "unknown")
CUT = re.compile(r"[\d.,]+E\+?\d+", re.IGNORECASE)  # 4.41E+11: a spreadsheet took a number for a sum
FLOAT = re.compile(r"(\+?\d{7,15})\.0+")
BETWEEN = re.compile(r"\s*(?:[/;|\n]|,|\bor\b|\band\b|&)\s*", re.IGNORECASE)
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


def read(file: Path, here: Community, usual: Usual) -> tuple[list[Row], list[str]]:
    """(the rows that are good, what is wrong with all others, each with its line). Raises Wrong where it is no list."""
    lines = _lines(file)
    columns = _columns(lines[0][1])
    rows: dict[str, Row] = {}
    wrong: list[str] = []
    for line, cells in lines[1:]:
        said = {name: plain(cells[at].strip()) if at < len(cells) else "" for name, at in columns.items()}
        found, row = list(_mistakes(said, here, usual)), None
        if not found:
            row = _row(line, said, here, usual)
            if row.phone in rows:
                found = [f"this number stands in line {rows[row.phone].line} already"]
        wrong += [f"line {line}: {each}" for each in found]
        if row and not found:
            rows[row.phone] = row
    return list(rows.values()), wrong


def _lines(file: Path) -> list[tuple[int, list[str]]]:
    """(line, cells) of everything that is not empty; the first has the names of the columns."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise Wrong(f"there is no file {file}") from None
    if raw.startswith(b"PK"):
        raise Wrong(f"{file} is a workbook; save it as CSV (comma separated) and give that file")
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    text = next(filter(None, (_decoded(raw, each) for each in encodings)), "")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    between = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise Wrong(f"{file}, line {reader.line_num}: it cannot be read as CSV ({error})") from None
    if not lines:
        raise Wrong(f"{file} is empty; its first line names the columns: phone,name,needs,areas,language,consent")
    return lines


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each column is, by whatever it is called."""
    heads = [" ".join(cell.replace("_", " ").split()).casefold() for cell in cells]
    found = {name: heads.index(each) for name, also in COLUMNS.items() for each in reversed(also) if each in heads}
    if "phone" not in found:
        raise Wrong("the first line must name the columns, phone among them: phone,name,needs,areas,language,consent")
    return found


def _mistakes(said: Mapping[str, str], here: Community, usual: Usual) -> Iterator[str]:
    yield from _of_phone(said["phone"], said.get("calls", ""), here)
    if len(said.get("name", "")) > LONGEST_NAME:
        yield f"the name is longer than {LONGEST_NAME} letters; a first name is enough"
    for part, known, standard in (("needs", here.needs, usual.needs), ("areas", here.areas, usual.areas)):
        given = said.get(part) or standard
        if not given:
            yield f"it says no {part}; fill the column, or add --{part} for all rows"
        for each in _parts(given):
            if not _named(each, known, here):
                yield f"{part}: there is no {each!r}; there are {', '.join(known)}"
    language = said.get("language") or usual.language
    if language and _language(language, here) is None:
        yield f"language: there is no {language!r} here; there are {', '.join(here.languages)}"
    calls, consent = (said.get(name, "").casefold() for name in ("calls", "consent"))
    if calls not in (*YES, *NO):
        yield f"calls: {said['calls']!r} is neither yes nor no"
    elif calls in YES and consent in NO:
        yield "nobody is rung who did not agree; ask them, and write in the column consent how they agreed"


def _of_phone(given: str, calls: str, here: Community) -> Iterator[str]:
    """What is wrong with a cell that should hold one number."""
    phone = _plain(given)
    several = [each for each in BETWEEN.split(phone) if sum(map(str.isdigit, each)) >= 7]
    if not phone:
        yield "there is no phone number"
    elif CUT.fullmatch(phone):
        yield f"the spreadsheet has cut the number to {given}; format that column as text, type it anew, save again"
    elif len(several) > 1:
        yield f"there are {len(several)} numbers in one cell; keep the one that can be texted"
    elif wrong := phone_numbers.mistake(phone, here.country):
        yield wrong
    else:
        number = phone_numbers.normalise(phone, here.country) or ""
        if number == settings.number():
            yield f"{given} is the hotline's own number"
        elif phone_numbers.is_landline(number) and calls.casefold() not in YES:
            yield f"{given} is a landline, which gets no texts; write yes in a column calls, and they are rung"


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
        said.get("calls", "").casefold() in YES,
        "" if consent.casefold() in NO else consent,
    )


def _parts(given: str) -> list[str]:
    return [each.strip() for each in re.split(r"[,;/|\n]", given) if each.strip()]


def _all_named(given: str, known: Mapping[str, Need] | Mapping[str, Area], here: Community) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in _parts(given) for name in (_named(each, known, here),) if name))


def _named(given: str, known: Mapping[str, Need] | Mapping[str, Area], here: Community) -> str:
    """The name of a need or an area, by that or by what people call it; "" for none."""
    said = given.casefold()
    if said in known or (said in here.needs_offered and known is here.needs):
        return said
    for name, topic in known.items():
        if said in (word.casefold() for word in (*topic.labels.values(), *topic.words)):
            return name
    return ""


def _language(given: str, here: Community) -> str | None:
    """The language, by its letters or its name; "" for none given, None for one that is not spoken here."""
    if not given:
        return ""
    said, names = given.casefold(), messages(ENGLISH)["languages"]
    own = {each: (each, str(messages(each)["name"]).casefold(), *names[each]) for each in here.languages}
    return next((each for each, called in own.items() if said in called), None)
