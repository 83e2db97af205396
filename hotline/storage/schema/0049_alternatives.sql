-- SQLite looks a value up in a list of three or more by a table that it makes for that: at each write once for every
-- index with such a list, though the write touches none of its rows. Alternatives are compared, and cost nothing.

DROP INDEX needs_of_neighbor; -- sqlite
CREATE INDEX needs_of_neighbor ON needs (neighbor, number) WHERE -- sqlite
(status = 'draft' OR status = 'open' OR status = 'taken'); -- sqlite

DROP INDEX needs_not_over; -- sqlite
CREATE INDEX needs_not_over ON needs (created_at, number) WHERE -- sqlite
(status = 'draft' OR status = 'open' OR status = 'taken'); -- sqlite

DROP INDEX needs_on_board; -- sqlite
CREATE INDEX needs_on_board ON needs (created_at, number, status, wave, held_since, changed_at, checks) WHERE -- sqlite
(status = 'draft' OR status = 'open' OR status = 'taken'); -- sqlite

DROP INDEX needs_over; -- sqlite
CREATE INDEX needs_over ON needs (changed_at) WHERE -- sqlite
(status = 'done' OR status = 'cancelled' OR status = 'expired'); -- sqlite

DROP INDEX outbox_of_party; -- sqlite
CREATE INDEX outbox_of_party ON outbox (party, id) WHERE -- sqlite
(status = 'waiting' OR status = 'sending' OR status = 'unknown'); -- sqlite

DROP INDEX rings_held; -- sqlite
CREATE INDEX rings_held ON rings (leased_until) WHERE -- sqlite
(status = 'calling' OR status = 'unknown' OR status = 'ringing'); -- sqlite

DROP INDEX loans_away; -- sqlite
CREATE UNIQUE INDEX loans_away ON loans (tool) WHERE -- sqlite
(state = 'fetch' OR state = 'out' OR state = 'back'); -- sqlite

-- What is over, in the words of its index.
DROP VIEW past_needs; -- sqlite
CREATE VIEW past_needs AS SELECT number, changed_at FROM needs -- sqlite
WHERE (status = 'done' OR status = 'cancelled' OR status = 'expired'); -- sqlite
