-- What a hotline needs that breaks, is flooded, and must not lose or double anything.

ALTER TABLE people ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN introduced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN recent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN recent_since DOUBLE PRECISION NOT NULL DEFAULT 0;
CREATE INDEX people_new ON people (created_at);

DROP INDEX needs_of_neighbor;
CREATE INDEX needs_of_neighbor ON needs (neighbor, number) WHERE status IN ('draft', 'open', 'taken');

ALTER TABLE inbound ADD COLUMN segments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbound ADD COLUMN fruitless INTEGER NOT NULL DEFAULT 0;
CREATE INDEX inbound_by_time ON inbound (received_at);

ALTER TABLE outbox ADD COLUMN texts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE outbox ADD COLUMN segments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN tried_at DOUBLE PRECISION;
ALTER TABLE outbox ADD COLUMN expires_at DOUBLE PRECISION;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (priority, id) WHERE status = 'waiting';
CREATE INDEX outbox_doubtful ON outbox (id) WHERE status IN ('sending', 'unknown');
CREATE INDEX outbox_of_party ON outbox (party, id) WHERE status IN ('waiting', 'sending', 'unknown');
CREATE INDEX outbox_about ON outbox (about, party);
CREATE INDEX outbox_by_time ON outbox (changed_at);

CREATE INDEX deliveries_of_row ON deliveries (outbox);
CREATE INDEX deliveries_pending ON deliveries (changed_at) WHERE rank < 4;

DROP INDEX flags_open;
CREATE INDEX flags_open ON flags (party, why, about) WHERE settled_at IS NULL;

-- The sender of texts: how many segments may go now, and whether it is held back at all.
CREATE TABLE sender (
  name TEXT PRIMARY KEY,
  tokens DOUBLE PRECISION NOT NULL,
  counted_at DOUBLE PRECISION NOT NULL,
  held_until DOUBLE PRECISION NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT ''
);

-- Up to when something was last done, such as looking through the carrier's list.
CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  at DOUBLE PRECISION NOT NULL
);

-- What calls cost: the carrier says at the end of each how long it was.
CREATE TABLE calls (
  sid TEXT PRIMARY KEY,
  party TEXT NOT NULL,
  status TEXT NOT NULL,
  seconds INTEGER NOT NULL DEFAULT 0,
  ended_at DOUBLE PRECISION NOT NULL
);
CREATE INDEX calls_by_time ON calls (ended_at);
