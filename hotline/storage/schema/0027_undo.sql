-- What was done last to a need at the board may be taken back for a minute: its texts wait, and how everything stood
-- before lies here, as JSON. Nothing of it is kept longer than that minute and a day.

CREATE TABLE board_undo (
  need BIGINT PRIMARY KEY,
  coordinator TEXT NOT NULL,
  what TEXT NOT NULL,
  until DOUBLE PRECISION NOT NULL,
  -- The rows of the outbox that wait.
  texts TEXT NOT NULL,
  before TEXT NOT NULL,
  -- A hash of how it stood right after: where it stands otherwise by now, nothing is taken back.
  after TEXT NOT NULL
);
CREATE INDEX board_undo_over ON board_undo (until);

-- The need under which this one is looked after, since both are about the same; 0 for itself.
ALTER TABLE needs ADD COLUMN same_as BIGINT NOT NULL DEFAULT 0;
CREATE INDEX needs_all_of_neighbor ON needs (neighbor, number);
CREATE INDEX needs_same_as ON needs (same_as) WHERE same_as > 0;
