-- What waits for somebody's word: a request whose neighbor texted CANCEL, a helper who may not come, a stop nobody confirmed.

-- Until when nobody new is asked about a need, whatever becomes of it meanwhile.
ALTER TABLE needs ADD COLUMN paused_until DOUBLE PRECISION;
-- Who has it and said that they cannot come, and when a coordinator hears of it unless they say more.
ALTER TABLE needs ADD COLUMN doubted_by TEXT NOT NULL DEFAULT '';
ALTER TABLE needs ADD COLUMN doubt_at DOUBLE PRECISION;
CREATE INDEX needs_in_doubt ON needs (doubt_at) WHERE doubt_at IS NOT NULL;

-- 1: they were asked whether all texts end; 2: they did not answer, and coordinators know.
CREATE INDEX people_stop_asked ON people (asked_at, phone) WHERE stop_asked = 1;

-- Since when somebody who was too late stands in reserve: the first is asked first.
ALTER TABLE alerts ADD COLUMN reserve_at DOUBLE PRECISION;
