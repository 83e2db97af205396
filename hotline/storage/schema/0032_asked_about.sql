
-- What is asked about now, in the order in which it stands beside another request in a storm's text.

CREATE INDEX needs_asked_about ON needs (wave, look_at, number) WHERE look_at IS NOT NULL AND status = 'open' AND held_since IS NULL;
