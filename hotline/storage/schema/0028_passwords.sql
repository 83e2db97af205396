-- The board may be opened with a password beside the code by text. Kept is what Argon2id makes of it.

CREATE TABLE board_passwords (
  coordinator TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  changed_at DOUBLE PRECISION NOT NULL
);

-- How often a password was tried in a browser since then, and whose.
ALTER TABLE board_browsers ADD COLUMN guesses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE board_browsers ADD COLUMN guessed TEXT NOT NULL DEFAULT '';
ALTER TABLE board_browsers ADD COLUMN guessed_since DOUBLE PRECISION NOT NULL DEFAULT 0;
CREATE INDEX board_browsers_guessed ON board_browsers (guessed, guessed_since) WHERE guesses > 0;
