-- Who is asked: those who speak the neighbor's language before others, and by the index alone.

ALTER TABLE offers ADD COLUMN language TEXT NOT NULL DEFAULT '';
UPDATE offers SET language = (SELECT p.language FROM people p WHERE p.phone = offers.phone);
DROP INDEX offers_in_turn;
CREATE INDEX offers_in_turn ON offers (what, area, language, asked_at, phone);
CREATE INDEX alerts_late ON alerts (need) WHERE answer = 'late';
