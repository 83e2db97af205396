-- Safety calls that somebody began to ask for and has not finished: until then nobody looks after them.
CREATE TABLE ring_sign_ups (
  phone TEXT PRIMARY KEY,
  -- "08:30"; '' where they are rung each day already.
  hour TEXT NOT NULL,
  -- 1 once they said yes to how it goes and to what it never does: then only names are missing.
  agreed INTEGER NOT NULL,
  begun_at DOUBLE PRECISION NOT NULL,
  check_at DOUBLE PRECISION NOT NULL,
  -- How often they were reminded.
  asks INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX ring_sign_ups_due ON ring_sign_ups (check_at, phone);
