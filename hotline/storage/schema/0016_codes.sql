-- The number that people text is a code of its own, no row's: 101 to 9999, free again some time after its thing is over.

CREATE TABLE codes (
  code INTEGER PRIMARY KEY,
  -- Since when nothing has it, UTC seconds; 0 for one that nothing ever had.
  freed_at DOUBLE PRECISION,
  -- Never given: the emergency number and the crisis line.
  reserved INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX codes_free ON codes (freed_at, code) WHERE freed_at IS NOT NULL AND reserved = 0;
WITH RECURSIVE every (code) AS (SELECT 101 UNION ALL SELECT code + 1 FROM every WHERE code < 9999)
INSERT INTO codes (code, freed_at) SELECT code, 0 FROM every;

ALTER TABLE needs ADD COLUMN code INTEGER NOT NULL DEFAULT 0;
CREATE INDEX needs_of_code ON needs (code, number);
-- Until now the row's number was the code; it stays that where people can text it.
UPDATE needs SET code = number WHERE number BETWEEN 101 AND 9999;
UPDATE codes SET freed_at = NULL WHERE code IN (SELECT code FROM needs);
-- Of those beyond, the ones that are not over take codes that are free, or whose thing was over first.
CREATE TABLE codes_to_give AS
SELECT late.number, spare.code
FROM (SELECT number, ROW_NUMBER() OVER (ORDER BY number) AS place FROM needs
      WHERE code = 0 AND status IN ('draft', 'open', 'taken')) late
JOIN (SELECT c.code, ROW_NUMBER() OVER (ORDER BY COALESCE(n.changed_at, 0), c.code) AS place
      FROM codes c LEFT JOIN needs n ON n.code = c.code
      WHERE n.number IS NULL OR n.status NOT IN ('draft', 'open', 'taken')) spare ON spare.place = late.place;
UPDATE needs SET code = (SELECT g.code FROM codes_to_give g WHERE g.number = needs.number)
WHERE number IN (SELECT number FROM codes_to_give);
UPDATE codes SET freed_at = NULL WHERE code IN (SELECT code FROM codes_to_give);
DROP TABLE codes_to_give;

-- From now on rows are counted far above the codes: one is never taken for the other.
UPDATE sqlite_sequence SET seq = 100000 WHERE name = 'needs' AND seq < 100000; -- sqlite
SELECT setval(pg_get_serial_sequence('needs', 'number'), GREATEST(100000, (SELECT COALESCE(MAX(number), 0) FROM needs))); -- postgres
