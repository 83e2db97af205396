-- Who invites says yes to each guest before they are told where it is, but where all who come are told it.

-- 1: whoever says that they come is told the place. What was listed before was listed under that rule.
ALTER TABLE gatherings ADD COLUMN anyone INTEGER NOT NULL DEFAULT 0;
UPDATE gatherings SET anyone = 1 WHERE listed = 1;
-- When they were told where it is; none where they were not.
ALTER TABLE guests ADD COLUMN told_at DOUBLE PRECISION;
UPDATE guests SET told_at = asked_at WHERE state = 'comes';
CREATE INDEX guests_turned_away ON guests (guest, gathering) WHERE state = 'turned_away';
