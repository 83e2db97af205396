-- Which try it is with a text that did not arrive: each has a key of its own at the carrier.

-- round: 0 until it is sent once more because it did not arrive, or because a person wants so.
ALTER TABLE outbox ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
