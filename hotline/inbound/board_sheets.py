"""Intake sheets: what a coordinator types while a neighbor is on the phone, kept on the server as it is typed.

Nothing follows from what is half typed: no danger is heard in it and nobody is texted before it is kept or sent as a
form. Two who type on one sheet share it field by field: nobody overwrites what they have not read.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from hotline.community.model import Community
from hotline.inbound.board_desk import Outcome, version
from hotline.model import phone_numbers
from hotline.model.board import Member, Sheet
from hotline.model.needs import Status
from hotline.storage import Transaction
from hotline.storage.tables.board_typed import DONE, THROWN

TOKEN = re.compile(r"[\w-]{8,64}", re.ASCII)  # of a form of ours


@dataclass(frozen=True)
class Saved:
    """How a sheet stands after a save: its number, what stands in each field, and of those where somebody else wrote
    meanwhile what they wrote (``theirs``). ``over`` says that it is a sheet no more, ``need`` is then what became of
    it; ``twice`` that this very form was carried out."""

    id: int = 0
    stands: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    over: bool = False
    need: int = 0
    twice: bool = False


@dataclass(frozen=True)
class SheetDesk:
    """Where sheets are saved, handed over and thrown away."""

    community: Community
    clock: Callable[[], float]

    def save(
        self,
        tx: Transaction,
        who: Member,
        token: str,
        number: int,
        press: str,
        typed: Mapping[str, str],
        seen: Mapping[str, str],
    ) -> Saved:
        """What stands in the form now. `seen` are the versions of its fields that the page showed, `number` the need
        that it goes on with, 0 for none; `press` the form of the page: once it was carried out, it saves no more."""
        if press and tx.board.was_pressed(press):
            return Saved(over=True, need=number or tx.board.need_of_press(press), twice=True)
        need = tx.needs.get(number) if number else None
        if number and (need is None or need.status is not Status.DRAFT):
            return Saved(over=True, need=number)
        token = of_need(number) if number else token
        before = tx.typed.sheet(token)
        if before is None and all(version(value) == seen.get(name) for name, value in typed.items()):
            return Saved(stands=typed)
        sheet = tx.typed.begun(token, who.key, number, self.clock())
        if sheet.became == DONE:
            return Saved(over=True, need=sheet.need)
        changed, theirs = merged(sheet, f"{who.key} {press[:8]}", typed, seen)
        if changed != sheet or sheet.became == THROWN:
            tx.typed.keep(changed, who.key, self._party(changed), self.clock())
        return Saved(sheet.id, changed.fields, theirs)

    def hand_over(self, tx: Transaction, who: Member, id: int, to: str, token: str) -> Outcome:
        """Another coordinator goes on with it; it stands in their list."""
        if tx.board.was_pressed(token):
            return Outcome(True, key="sheet_handed")
        if to not in self.community.coordinators:
            return Outcome(False, key="sheet_to_whom")
        if not tx.typed.hand_over(id, to):
            return Outcome(False, key="sheet_over")
        tx.board.did(who.key, "sheet_handed", self.clock(), more=to, press=token)
        return Outcome(True, key="sheet_handed")

    def throw(self, tx: Transaction, who: Member, id: int, token: str) -> Outcome:
        """It is off the list; anybody of the team can bring it back for a day."""
        if tx.board.was_pressed(token):
            return Outcome(True, key="sheet_thrown")
        if not tx.typed.throw(id, who.key, self.clock()):
            return Outcome(False, key="sheet_over")
        tx.board.did(who.key, "sheet_thrown", self.clock(), press=token)
        return Outcome(True, key="sheet_thrown")

    def bring_back(self, tx: Transaction, who: Member, id: int, token: str) -> Outcome:
        if tx.board.was_pressed(token):
            return Outcome(True, key="sheet_back")
        if not tx.typed.bring_back(id, who.key, self.clock()):
            return Outcome(False, key="sheet_over")
        tx.board.did(who.key, "sheet_back", self.clock(), press=token)
        return Outcome(True, key="sheet_back")

    def _party(self, sheet: Sheet) -> str:
        """The number that is typed there, in E.164: it is forgotten with its person."""
        phone = sheet.fields.get("phone", "")
        return phone_numbers.normalise(phone, self.community.country) or "" if phone else ""


def of_need(number: int) -> str:
    """Under which the sheet stands that goes on with a form."""
    return f"need {number}"


def merged(
    sheet: Sheet, writer: str, typed: Mapping[str, str], seen: Mapping[str, str]
) -> tuple[Sheet, dict[str, str]]:
    """(the sheet with what was typed, field by field; what others wrote where both wrote). Of two texts in one field
    the first stays, and the other is kept beside it until its writer has read the first. A `writer` is a coordinator
    at one page, "rosa 9fX2": two pages of one person are two writers."""
    fields, beside, theirs = dict(sheet.fields), {name: dict(each) for name, each in sheet.beside.items()}, {}
    for name, mine in typed.items():
        stands = fields.get(name)
        beside.get(name, {}).pop(writer, None)
        if stands is None or stands == mine or version(stands) == seen.get(name):
            fields[name] = mine
        elif version(mine) != seen.get(name):
            theirs[name] = stands
            beside.setdefault(name, {})[writer] = mine
    return replace(sheet, fields=fields, beside={name: each for name, each in beside.items() if each}), theirs
