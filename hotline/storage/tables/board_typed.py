"""Typed at the board and not carried out yet: sheets of intake by hand, saved as somebody types, and forms that
were sent by somebody who was not signed in any more."""

import json
from collections.abc import Mapping

from hotline.model.board import KeptForm, Sheet
from hotline.storage.execute import JSON, Row, Table

OPEN, THROWN, DONE = "", "thrown", "done"
MOST_FORMS = 8  # that are kept of one browser


class BoardTyped(Table):
    """Sheets of intake by hand, and forms. Coordinators are named by the keys of the community file."""

    def sheet(self, token: str) -> Sheet | None:
        row = self._one("sheet", token=token)
        return sheet_of(row) if row else None

    def numbered(self, id: int) -> Sheet | None:
        row = self._one("sheet_numbered", id=id)
        return sheet_of(row) if row else None

    def begun(self, token: str, coordinator: str, need: int, now: float) -> Sheet:
        """The sheet of that form, with nothing in it where it is new; locked until the turn is kept."""
        self._change("sheet_begun", token=token, coordinator=coordinator, number=need, now=now)
        return sheet_of(self._all("sheet", token=token)[0])

    def keep(self, sheet: Sheet, coordinator: str, party: str, now: float) -> None:
        """Its fields as they stand, typed last by that coordinator; what was thrown away is open again."""
        words = {"fields": JSON.encode(sheet.fields), "beside": JSON.encode(sheet.beside)}
        self._change("sheet_kept", id=sheet.id, coordinator=coordinator, party=party, now=now, **words)

    def hand_over(self, id: int, coordinator: str) -> bool:
        return self._change("sheet_handed", id=id, coordinator=coordinator) == 1

    def throw(self, id: int, coordinator: str, now: float) -> bool:
        """It is off the list, and can be brought back until it is dropped."""
        return self._change("sheet_thrown", id=id, coordinator=coordinator, now=now) == 1

    def bring_back(self, id: int, coordinator: str, now: float) -> bool:
        return self._change("sheet_back", id=id, coordinator=coordinator, now=now) == 1

    def done(self, token: str, need: int, coordinator: str, now: float) -> Sheet | None:
        """It was carried out: no word stays on it. How it stood before, None where there was none."""
        sheet = self.sheet(token)
        self._change("sheet_done", token=token, number=need, coordinator=coordinator, now=now)
        return sheet

    def forget_old(self, before: float) -> None:
        """Sheets that are over since before then."""
        self._change("drop_old_sheets", before=before)

    # --- Forms that were sent by somebody who was not signed in any more.

    def keep_form(self, form: KeptForm, browser: str, press: str, need: int, record: int) -> None:
        """The same form once more takes its place; of a browser at most MOST_FORMS stay."""
        same = {name: getattr(form, name) for name in ("token", "coordinator", "path", "action")}
        about = {"number": need, "record": record, "browser": browser, "press": press}
        self._change("keep_form", **same, **about, fields=JSON.encode(form.fields), now=form.at)
        for old in self.kept_forms(browser, form.coordinator, 0.0)[MOST_FORMS:]:
            self.drop_form(old.token, form.coordinator)

    def kept_forms(self, browser: str, coordinator: str, since: float) -> list[KeptForm]:
        """Since then, the newest first."""
        found = self._all("kept_forms", browser=browser, coordinator=coordinator, since=since)
        return list(map(kept_form, found))

    def drop_form(self, token: str, coordinator: str) -> None:
        """It was sent again."""
        self._change("drop_kept_form", token=token, coordinator=coordinator)

    def forget_forms(self, before: float) -> None:
        self._change("drop_old_kept_forms", before=before)


def kept_form(row: Row) -> KeptForm:
    fields: Mapping[str, str] = json.loads(row["fields"])
    return KeptForm(row["token"], row["coordinator"], row["path"], row["action"], fields, row["at"])


def sheet_of(row: Row) -> Sheet:
    fields: Mapping[str, str] = json.loads(row["fields"])
    beside: Mapping[str, Mapping[str, str]] = json.loads(row["beside"])
    same = ("id", "token", "coordinator", "need", "made_at", "changed_at", "became", "ended_at", "ended_by")
    return Sheet(fields=fields, beside=beside, **{name: row[name] for name in same})
