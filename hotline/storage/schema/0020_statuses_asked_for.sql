-- What became of a text is asked for less and less often, and not for ever; what is over is named once.
ALTER TABLE deliveries ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN ask_at DOUBLE PRECISION;
UPDATE deliveries SET ask_at = changed_at + 300
WHERE rank < 4 AND changed_at > (SELECT MAX(changed_at) FROM deliveries) - 86400;
DROP INDEX deliveries_pending;
CREATE INDEX deliveries_to_ask ON deliveries (ask_at) WHERE ask_at IS NOT NULL;
CREATE VIEW past_needs AS SELECT number, changed_at FROM needs WHERE status IN ('done', 'cancelled', 'expired');

-- What waits stands in small indexes of large tables, and each row passes through them. PostgreSQL cleans a table when
-- a fifth of it has changed: of a large one that is never, and what has gone is walked over each second.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200); -- postgres
ALTER TABLE deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200); -- postgres
ALTER TABLE needs SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200); -- postgres
ALTER TABLE alerts SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200); -- postgres
ALTER TABLE people SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200); -- postgres
ALTER TABLE offers SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200); -- postgres
ALTER TABLE flags SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200); -- postgres
