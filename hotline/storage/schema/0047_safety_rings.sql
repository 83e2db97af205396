-- Daily rings for safety: who looks after whom, and the alarms under way.

-- 1 where others are alarmed when nobody answers.
ALTER TABLE daily_rings ADD COLUMN safety INTEGER NOT NULL DEFAULT 0;

CREATE TABLE ring_contacts (
  phone TEXT NOT NULL,
  contact TEXT NOT NULL,
  -- 1 for who is asked first.
  rank INTEGER NOT NULL,
  -- 'asked', 'yes', 'no'.
  consent TEXT NOT NULL,
  asked_at DOUBLE PRECISION NOT NULL,
  -- When they are asked again whether they agree; none once they said.
  check_at DOUBLE PRECISION,
  asks INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (phone, contact)
);
CREATE INDEX ring_contacts_of_contact ON ring_contacts (contact, phone);
CREATE INDEX ring_contacts_due ON ring_contacts (check_at, phone, contact) WHERE check_at IS NOT NULL;

-- Somebody did not answer, and no person has said yet that they are well. One that is over is in here no more.
CREATE TABLE ring_alarms (
  phone TEXT PRIMARY KEY,
  raised_at DOUBLE PRECISION NOT NULL,
  check_at DOUBLE PRECISION NOT NULL,
  -- How far up: 0 nobody was asked, 1 and 2 the contacts, 3 coordinators; and how many turns those had.
  rank INTEGER NOT NULL DEFAULT 0,
  turns INTEGER NOT NULL DEFAULT 0,
  -- Whose turn it is, who said last that they go and look, and all who did.
  asked TEXT NOT NULL DEFAULT '',
  looks TEXT NOT NULL DEFAULT '',
  looked TEXT NOT NULL DEFAULT ''
);
CREATE INDEX ring_alarms_due ON ring_alarms (check_at, phone);
CREATE INDEX ring_alarms_asked ON ring_alarms (asked) WHERE asked <> '';
