-- What pictures count: requests by when they came, and calls that led to nothing.

CREATE INDEX needs_by_time ON needs (created_at);
CREATE INDEX flags_missed ON flags (raised_at) WHERE why IN ('missed_call', 'hung_up');
