-- A form of the board that was sent by somebody who was not signed in any more, kept for two hours: `browser` is where,
-- `coordinator` who signed in there before, `path` the page that it stands on, `action` where it was sent, `press` the
-- form, `fields` what was typed, as JSON. `need` and `record` are whom its page is about, 0 for nobody.
CREATE TABLE board_kept_forms (
  token TEXT PRIMARY KEY,
  browser TEXT NOT NULL,
  coordinator TEXT NOT NULL,
  path TEXT NOT NULL,
  action TEXT NOT NULL,
  press TEXT NOT NULL,
  need BIGINT NOT NULL DEFAULT 0,
  record BIGINT NOT NULL DEFAULT 0,
  fields TEXT NOT NULL,
  at DOUBLE PRECISION NOT NULL
);
CREATE UNIQUE INDEX board_kept_forms_once ON board_kept_forms (browser, action, press);
CREATE INDEX board_kept_forms_old ON board_kept_forms (at);
