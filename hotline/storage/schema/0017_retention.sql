-- What is over is forgotten after some time; `marks` hold up to when that was done.

CREATE INDEX needs_over ON needs (changed_at) WHERE status IN ('done', 'cancelled', 'expired');
CREATE INDEX flags_about_nothing ON flags (raised_at) WHERE about < 1;
CREATE INDEX rings_over ON rings (changed_at) WHERE status = 'over';

-- A hotline that has people already forgets nothing before somebody was shown what that would be, and said yes.
INSERT INTO marks (name, at) SELECT 'retention', 0 WHERE NOT EXISTS (SELECT 1 FROM people);
