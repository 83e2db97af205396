-- Two calls from one number at once: each has its own place in its own conversation.

-- Where those conversations of a number stand that did not speak last, under the id of their call ('' for texts).
-- The one that did speak last stands with the person.
CREATE TABLE sessions_apart (
  phone TEXT NOT NULL REFERENCES people (phone),
  call TEXT NOT NULL,
  session TEXT NOT NULL,
  language TEXT NOT NULL,
  turn INTEGER NOT NULL,
  kept_at DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (phone, call)
);
