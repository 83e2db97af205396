-- What stood in words or in numbers of something else gets a column of its own.

-- How often a doubtful text or call was missing from the carrier's list.
ALTER TABLE outbox ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rings ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET looks = 1 WHERE reason = 'looked 1' AND status IN ('sending', 'unknown');
UPDATE rings SET looks = 1 WHERE reason = 'looked 1' AND status IN ('calling', 'unknown');

-- What was spoken: the carrier's id of it, which stood in the place of the words.
ALTER TABLE flags ADD COLUMN recording TEXT NOT NULL DEFAULT '';
UPDATE flags SET recording = words, words = '' WHERE words LIKE 'RE%' AND LENGTH(words) = 34;

-- A day's limit is no need: the day is known by when the flag was raised.
UPDATE flags SET about = 0 WHERE why IN ('spent_texts', 'spent_calls');
CREATE INDEX flags_of_the_hotline ON flags (why, raised_at) WHERE party = '';
