"""Commands `volunteers import`, `export` and `remove`: the list of those who give, from a spreadsheet and back."""

import time
from pathlib import Path
from typing import Any

from hotline import settings
from hotline.commands import Chosen, Wrong, command, community, in_store, listed, phone_given
from hotline.commands.spreadsheet import write
from hotline.commands.volunteer_list import Row, Usual, read
from hotline.community.model import Community
from hotline.engine import run
from hotline.engine.answers import Heard
from hotline.engine.session import Prompt
from hotline.flows.interruption import kept
from hotline.flows.volunteer.invitation import invitation
from hotline.inbound.load_facts import load_facts
from hotline.inbound.people_orders import gives_no_longer
from hotline.model import phone_numbers
from hotline.model.outgoing import NEWS
from hotline.model.pseudonyms import Pseudonyms
from hotline.outbound import suppression
from hotline.outbound.practice import Practice
from hotline.storage import Transaction, lists

HEAD = ("phone", "name", "needs", "areas", "language", "status", "consent")
GIVES, CHANGES = "gives from now on", "gives something else"
INVITED = "one invitation, and no alert before their own yes"
ALONE = "left alone: "


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
    rows, wrong = read(chosen.file, here, Usual(chosen.needs, chosen.areas, chosen.language))
    marks = suppression.marks(settings.secret_key())
    becomes = in_store(url, _preview, rows, here, marks)
    for row in rows:
        gives = f"{','.join(row.needs)}  {','.join(row.areas)}  {row.language}"
        print(f"line {row.line}: {row.phone}  {row.name or '-'}  {gives}: {becomes[row.phone]}")
    print("\n".join(f"not taken, {each}" for each in wrong))
    good = [row for row in rows if not becomes[row.phone].startswith(ALONE)]
    if chosen.yes:
        in_store(url, put_all, good, here, marks, time.time())
        print(f"{len(good)} on record.")
    else:
        print(f"Nothing is written yet. {len(good)} can be put on record: add --yes.")
    return 1 if wrong else 0


def _preview(tx: Transaction, rows: list[Row], here: Community, marks: Pseudonyms) -> dict[str, str]:
    """What would become of each row, by its number."""
    practice = Practice(here)
    return {row.phone: _becomes(tx, row, practice, marks) for row in rows}


def _becomes(tx: Transaction, row: Row, practice: Practice, marks: Pseudonyms) -> str:
    reach, known = tx.people.reach(row.phone), suppression.why(tx, marks, row.phone)
    if known == suppression.OPTED_OUT or reach.stop_asked:
        return f"{ALONE}they ended our texts; they come back by texting START"
    if known or reach.disowned_at is not None:
        return f"{ALONE}the number is blocked, or somebody else's by now"
    if reach.gives in ("active", "waiting"):
        return CHANGES
    if row.consent:
        return f"{GIVES} ({row.consent})"
    if reach.gives == "left":
        return f"{ALONE}they left before; ask them, and write in the column consent how they agreed"
    if reach.gives == "invited":
        return f"{ALONE}they were invited before; no second invitation"
    if reach.by_voice:
        return f"{ALONE}they get no texts; ask them, and write in the column consent how they agreed"
    if not practice.may_reach(tx, row.phone, ()):
        return f"{ALONE}no invitation is sent before the hotline is open; import them after `hotline go-live`"
    return INVITED


def put_all(tx: Transaction, rows: list[Row], here: Community, marks: Pseudonyms, now: float) -> None:
    """Puts them on record; whoever did not agree is invited. Looked at once more: somebody may have ended our texts
    since the preview."""
    practice = Practice(here)
    for row in rows:
        becomes = _becomes(tx, row, practice, marks)
        if not becomes.startswith(ALONE):
            _put(tx, row, here, now, invite=becomes == INVITED)


def _put(tx: Transaction, row: Row, here: Community, now: float, *, invite: bool) -> None:
    tx.people.introduce(row.phone, row.name, row.language, now)
    tx.volunteers.enroll(row.phone, row.needs, row.areas, "invited" if invite else "active", now)
    if row.consent:
        tx.volunteers.consented(row.phone, row.consent)
    if row.calls:
        tx.people.reach_by(row.phone, True)
    if invite:
        _invite(tx, row, here, now)


def _invite(tx: Transaction, row: Row, here: Community, now: float) -> None:
    """Who we are, and one question, which becomes the newest; what it interrupts goes on afterwards."""
    me = tx.people.get(row.phone, now)
    facts = load_facts(tx, me.but(session=me.session.but(language=row.language)), Heard(""), here, now)
    session = facts.me.session.but(turn=facts.me.session.turn + 1)
    turn = run.start(invitation, session.but(behind=kept(session)), facts)
    tx.people.place(turn.session, now)
    tx.people.introduced(row.phone)
    tx.outbox.put(row.phone, [Prompt("hello.first"), *turn.prompts], 0, NEWS, now)


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
