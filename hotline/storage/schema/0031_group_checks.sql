
-- Whether what is told of another group is still so, as coordinators said. The groups themselves stand in files.

CREATE TABLE group_checks (
  name TEXT PRIMARY KEY,
  -- What the files said of it then: where that changes, it is asked about anew.
  entry TEXT NOT NULL,
  -- When a coordinator said last that it is so.
  checked_at DOUBLE PRECISION,
  -- When a coordinator is asked next.
  check_at DOUBLE PRECISION NOT NULL,
  -- Since when it is not told, because it is not so any more.
  gone_at DOUBLE PRECISION
);
