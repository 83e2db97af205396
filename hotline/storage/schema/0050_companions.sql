-- Companions: volunteers who ring somebody at the hour of their daily ring, in place of the machine.

CREATE TABLE companions (
  volunteer TEXT PRIMARY KEY,
  -- So many days a week at most.
  most INTEGER NOT NULL,
  -- Whom they ring; '' while nobody has said yes.
  other TEXT NOT NULL DEFAULT '',
  -- When they were rung last, and how often in a row in vain.
  rung_at DOUBLE PRECISION NOT NULL DEFAULT 0,
  missed INTEGER NOT NULL DEFAULT 0,
  created_at DOUBLE PRECISION NOT NULL
);
-- Nobody is rung by two.
CREATE UNIQUE INDEX companions_of ON companions (other) WHERE other <> '';
CREATE INDEX companions_free ON companions (created_at, volunteer) WHERE other = '';

-- Whether they want a volunteer to ring them: '' never asked, 'asked', 'yes', 'no'.
ALTER TABLE daily_rings ADD COLUMN consent TEXT NOT NULL DEFAULT '';
-- The volunteer whose turn it is in the ring that is being made.
ALTER TABLE daily_rings ADD COLUMN asked TEXT NOT NULL DEFAULT '';
