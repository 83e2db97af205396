-- What outlives somebody who is forgotten: that no import texts them again.

-- `hash` is made with a key that is not kept here, so that nobody who reads this learns a number.
CREATE TABLE suppressed (
  hash TEXT PRIMARY KEY,
  why TEXT NOT NULL,
  since DOUBLE PRECISION NOT NULL
);

-- Whose words the carrier could not record.
CREATE INDEX recordings_not_made ON recordings (changed_at) WHERE party <> '' AND status IN ('failed', 'absent');
