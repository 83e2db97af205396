-- 0009: whether texts, or calls, go at all: what the carrier refuses for a reason of ours holds the whole sender.

-- standing: '' goes, 'trial' (one text a minute, to see whether it is about us), 'held' (it is about us).
ALTER TABLE sender ADD COLUMN standing TEXT NOT NULL DEFAULT '';
-- Who was refused for a reason that nobody knows, since the last one who was not.
ALTER TABLE sender ADD COLUMN refused TEXT NOT NULL DEFAULT '';
-- The row or call that is on trial, and whether a text must arrive before it counts: some are taken, and fail later.
ALTER TABLE sender ADD COLUMN trial INTEGER NOT NULL DEFAULT 0; -- sqlite
ALTER TABLE sender ADD COLUMN trial BIGINT NOT NULL DEFAULT 0; -- postgres
ALTER TABLE sender ADD COLUMN by_report INTEGER NOT NULL DEFAULT 0;

-- Who was reached lately.
CREATE INDEX outbox_reached ON outbox (party, changed_at) WHERE status = 'sent';
