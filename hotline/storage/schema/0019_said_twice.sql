-- What is said about a request beside its words: the time while its form is filled in, and what was spoken before.

-- What a form that breaks off knows besides: for when, how urgent, for how many helpers. JSON, '' for nothing.
ALTER TABLE needs ADD COLUMN besides TEXT NOT NULL DEFAULT '';

-- Recordings about a need that were there before its last one: both are heard.
CREATE TABLE spoken_before (
    need INTEGER NOT NULL REFERENCES needs (number),
    recording TEXT NOT NULL,
    PRIMARY KEY (need, recording)
);
CREATE INDEX spoken_before_recording ON spoken_before (recording);
