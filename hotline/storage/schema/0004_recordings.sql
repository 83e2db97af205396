-- What is said aloud: where each recording stands on its way from the carrier to us, until it is forgotten; and the
-- prompts that the community says in its own voice.

-- status: waiting (to be fetched), kept, failed and absent (the carrier has none), lost, forgetting, forgotten.
-- told: the carrier's last word on it. kind: words (what a caller said) or prompt (the community's own voice).
CREATE TABLE recordings (
  sid TEXT PRIMARY KEY,
  party TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'words',
  status TEXT NOT NULL DEFAULT 'waiting',
  told TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  seconds INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  lease INTEGER NOT NULL DEFAULT 0,
  due_at DOUBLE PRECISION,
  reason TEXT NOT NULL DEFAULT '',
  made_at DOUBLE PRECISION NOT NULL,
  changed_at DOUBLE PRECISION NOT NULL
);
CREATE INDEX recordings_due ON recordings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX recordings_here ON recordings (made_at) WHERE status IN ('waiting', 'kept');
CREATE INDEX needs_spoken ON needs (recording) WHERE recording <> '';

-- What was said before is fetched as well, as far as the carrier still has it.
INSERT INTO recordings (sid, party, due_at, made_at, changed_at)
SELECT recording, MIN(neighbor), MAX(changed_at), MAX(changed_at), MAX(changed_at)
FROM needs WHERE recording <> '' GROUP BY recording;
INSERT INTO recordings (sid, party, due_at, made_at, changed_at)
SELECT words, MIN(party), MAX(raised_at), MAX(raised_at), MAX(raised_at)
FROM flags WHERE why = 'message' AND words LIKE 'RE%' AND LENGTH(words) = 34
  AND words NOT IN (SELECT recording FROM needs) GROUP BY words;

-- One piece of a wording in the community's own voice; `words` is what it says, so that a changed wording is noticed.
CREATE TABLE voices (
  language TEXT NOT NULL,
  piece TEXT NOT NULL,
  words TEXT NOT NULL,
  recording TEXT NOT NULL,
  kept_at DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (language, piece)
);
CREATE INDEX voices_of_recording ON voices (recording);

-- What opens the coordinators' room in a call: never the number itself. `misses` counts wrong ones, of all calls.
CREATE TABLE pins (
  name TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  misses INTEGER NOT NULL DEFAULT 0,
  missed_since DOUBLE PRECISION NOT NULL DEFAULT 0
);
