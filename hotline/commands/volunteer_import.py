"""Commands `volunteers import`, `export` and `remove`: the list of those who give, from a spreadsheet and back."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, command, community, in_store, listed, phone_given
from hotline.commands.spreadsheet import write
from hotline.inbound.people_orders import gives_no_longer
from hotline.inbound.volunteer_import import ALONE, preview, put_all
from hotline.inbound.volunteer_list import NoList, Usual, read
from hotline.model import phone_numbers
from hotline.outbound import suppression
from hotline.storage import lists
from hotline.web.board.words import wordings

HEAD = ("phone", "name", "needs", "areas", "language", "status", "consent")


def add(volunteers: Any) -> None:
    new = command(volunteers, "import", "many at once, from a CSV file: shows what would become of each row", _import)
    new.add_argument("file", type=Path, help="with the columns phone,name,needs,areas,language,calls,consent")
    new.add_argument("--needs", default="", help="for rows that do not say what they give")
    new.add_argument("--areas", default="", help="for rows that do not say where")
    new.add_argument("--language", default="", help="for rows that do not say how they are spoken to")
    new.add_argument("--yes", action="store_true", help="put the good rows on record, and send the invitations")
    out = command(volunteers, "export", "all who give, into a new CSV file", _export)
    out.add_argument("file", type=Path, help="a new file")
    gone = command(volunteers, "remove", "someone gives no longer; what they have in hand is given back", _remove)
    gone.add_argument("phone", help="their number")


def _import(chosen: Chosen) -> int:
    url, file = settings.database()
    here = community(file)
    marks = suppression.marks(settings.secret_key())
    try:
        raw = chosen.file.read_bytes()
        rows, wrong = read(raw, here, Usual(chosen.needs, chosen.areas, chosen.language), settings.number())
    except FileNotFoundError:
        raise Wrong(f"there is no file {chosen.file}") from None
    except NoList as error:
        raise Wrong(f"{chosen.file}: {_said('row_wrong', error.args[0], {'line': error.args[1]})}") from None
    becomes = in_store(url, preview, rows, here, marks)
    for row in rows:
        gives = f"{','.join(row.needs)}  {','.join(row.areas)}  {row.language}"
        what = _said("row_becomes", becomes[row.phone], {"consent": row.consent})
        print(f"line {row.line}: {row.phone}  {row.name or '-'}  {gives}: {what}")
    print("\n".join(f"not taken, line {each.line}: {_said('row_wrong', each.key, each.values)}" for each in wrong))
    good = [row for row in rows if not becomes[row.phone].startswith(ALONE)]
    if chosen.yes:
        in_store(url, put_all, good, here, marks, time.time())
        print(f"{len(good)} on record.")
    else:
        print(f"Nothing is written yet. {len(good)} can be put on record: add --yes.")
    return 1 if wrong else 0


def _said(section: str, key: str, values: Mapping[str, object]) -> str:
    """As the board says it: one set of words for both doors."""
    return str(wordings("en")[section][key]).format_map(values)


def _export(chosen: Chosen) -> None:
    people = listed(settings.database()[0], lists.volunteers)
    rows = [
        (each.phone, each.name, ",".join(each.needs), ",".join(each.areas), each.language, each.status, each.consent)
        for each in people
    ]
    print(f"{write(chosen.file, HEAD, rows)} rows in {chosen.file}.")


def _remove(chosen: Chosen) -> None:
    url, file = settings.database()
    here = community(file)
    phone = phone_given(chosen.phone, here.country)
    if not in_store(url, gives_no_longer, phone, here, time.time()):
        raise Wrong(f"{phone_numbers.show(phone)} gives nothing; `hotline volunteers list` shows who does")
    print("They give no longer. What they had in hand is asked of others.")
