-- Calls that were missed wait for a person; a form that broke off waits as what it is, and that it did is a note on it.

UPDATE flags SET settled_at = raised_at WHERE why = 'hung_up' AND about > 0 AND settled_at IS NULL;
UPDATE flags SET ring_at = raised_at + 259200
WHERE why IN ('hung_up', 'missed_call') AND about = 0 AND settled_at IS NULL AND party <> '';
CREATE INDEX flags_not_called_back ON flags (raised_at) WHERE why = 'not_called_back';
