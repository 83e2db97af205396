-- 0013: answers of the carrier that make no sense, and processes that have ended.

-- How many of the carrier's answers in a row made no sense.
ALTER TABLE sender ADD COLUMN unclear INTEGER NOT NULL DEFAULT 0;

-- Whether a process has ended of itself: then it writes no more, however young its last beat is.
ALTER TABLE beats ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
