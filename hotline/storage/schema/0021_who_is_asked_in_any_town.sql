-- Who is asked, in any town: how each question ended, what stood together in one text, who left or paused and when.

-- When a question was answered, or settled by somebody else.
ALTER TABLE alerts ADD COLUMN ended_at DOUBLE PRECISION;
-- The number of the request beside which this one stood in one text, 0 where it stood first: they were one question.
ALTER TABLE alerts ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;
-- Where the volunteer stood in the order of asking before: if the question never leaves, they stand there again.
ALTER TABLE alerts ADD COLUMN stood_at DOUBLE PRECISION;

-- How often somebody was asked and said yes, by the index alone; offers that nobody asked for have no wave.
CREATE INDEX alerts_record ON alerts (volunteer, sent_at, beside, answer) WHERE wave > 0;
CREATE INDEX alerts_by_time ON alerts (sent_at) WHERE wave > 0;

-- Since when those may be asked a second time who were asked and said nothing.
ALTER TABLE needs ADD COLUMN again_since DOUBLE PRECISION;

-- When a volunteer last left, or began a pause.
ALTER TABLE volunteers ADD COLUMN gone_at DOUBLE PRECISION;
CREATE INDEX volunteers_gone ON volunteers (gone_at) WHERE gone_at IS NOT NULL;

-- The order of asking, whatever language is spoken.
CREATE INDEX offers_in_order ON offers (what, area, asked_at, phone);
