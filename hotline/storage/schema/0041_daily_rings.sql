-- Who asked to be rung each day, when, and what came of the last ring. Whoever ends it is in here no more.

CREATE TABLE daily_rings (
  phone TEXT PRIMARY KEY,
  -- On the clocks there: "08:30".
  hour TEXT NOT NULL,
  -- The ring that comes next or, where rings is 1, the one that is being made.
  due_at DOUBLE PRECISION NOT NULL,
  -- When it is looked at again.
  check_at DOUBLE PRECISION NOT NULL,
  rings INTEGER NOT NULL DEFAULT 0,
  -- Calls of this ring that came to an end without a key; whether the last found the line busy.
  tries INTEGER NOT NULL DEFAULT 0,
  engaged INTEGER NOT NULL DEFAULT 0,
  -- What came of the last one, when that was, and how many in a row nobody answered.
  came TEXT NOT NULL DEFAULT '',
  came_at DOUBLE PRECISION NOT NULL DEFAULT 0,
  silent INTEGER NOT NULL DEFAULT 0,
  -- 0 where it was not made for a fault of ours, until coordinators have heard so.
  told INTEGER NOT NULL DEFAULT 1,
  -- When they texted OK or pressed a key last, and until when they are away.
  alive_at DOUBLE PRECISION NOT NULL DEFAULT 0,
  away_until DOUBLE PRECISION NOT NULL DEFAULT 0,
  created_at DOUBLE PRECISION NOT NULL
);
CREATE INDEX daily_rings_due ON daily_rings (check_at, phone);
CREATE INDEX daily_rings_by_hour ON daily_rings (hour, phone);
