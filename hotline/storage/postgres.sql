-- The statements that must differ on PostgreSQL, where several decide at once: each takes its locks first.

-- name: person
-- Who speaks; the row is locked, so that nothing of theirs is decided twice at once.
SELECT p.phone, p.language, p.name, p.area, p.can_text, p.opted_out_at, p.session, p.turn, p.asked_at, p.heard_at,
       p.blocked, p.introduced, p.recent, p.recent_since, p.calls, p.say_who, p.leave_word, p.rung_instead,
       p.stop_asked, p.disowned_at, p.invited_at, p.listens, v.status AS gives, {has} AS has
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone
WHERE p.phone = :phone FOR UPDATE OF p;

-- name: lock_needs
-- Every need that the turns of these people may be about.
-- In the order of their numbers, so that no two turns, and no two batches, wait for each other.
-- Found first, each by its index, then locked: with OR between them PostgreSQL walks through all needs that ever were.
SELECT number FROM needs WHERE number = ANY(ARRAY(
  SELECT number FROM needs WHERE number = ANY(:numbers)
  UNION SELECT number FROM needs WHERE neighbor = ANY(:phones) AND status IN ('draft', 'open', 'taken')
  UNION SELECT need FROM alerts WHERE volunteer = ANY(:phones) AND answer IS NULL
  UNION SELECT need FROM claims WHERE volunteer = ANY(:phones) AND ended_at IS NULL
)) ORDER BY number FOR UPDATE;

-- name: came_before
-- Which of these ids are known.
SELECT id FROM inbound WHERE id = ANY(:ids);

-- name: need_numbers
-- Numbers of needs that nobody else gets.
SELECT nextval(pg_get_serial_sequence('needs', 'number')) AS number FROM generate_series(1, CAST(:room AS INTEGER));

-- name: draft_as
-- A need begins under a number that was taken before.
INSERT INTO needs (number, neighbor, code, words, what, area, details, recording, besides, check_at, created_at, changed_at)
VALUES (:number, :phone, :code, :words, :what, :area, :details, :recording, :besides, :check_at, :now, :now);

-- name: free_for_now
-- The codes that are free for longest, locked until each is taken, or the turns that wanted them are over.
SELECT code FROM codes WHERE freed_at IS NOT NULL AND reserved = 0 ORDER BY freed_at, code LIMIT :room
FOR UPDATE SKIP LOCKED;

-- name: take_code
-- A code that is locked is somebody's.
UPDATE codes SET freed_at = NULL WHERE code = :code;

-- name: lock_gifts
-- What this turn may promise or end, in the order of its numbers.
SELECT number FROM gifts WHERE number = ANY(:numbers) ORDER BY number FOR UPDATE;

-- name: lock_tools
-- What this turn may lend, in the order of its numbers.
SELECT number FROM tools WHERE number = ANY(:numbers) ORDER BY number FOR UPDATE;

-- name: lock_gatherings
-- Where this turn may give places, or end it, in the order of their numbers.
SELECT number FROM gatherings WHERE number = ANY(:numbers) ORDER BY number FOR UPDATE;

-- name: lock_circles
-- What this turn may change, in the order of their numbers.
SELECT number FROM circles WHERE number = ANY(:numbers) ORDER BY number FOR UPDATE;

-- name: lock_ring_alarm
-- An alarm that this turn may end, or pass on.
SELECT * FROM ring_alarms WHERE phone = :phone FOR UPDATE;

-- name: lease_alarm_ring
-- As for SQLite; one that another worker is taking is passed over.
UPDATE rings SET status = 'calling', lease = lease + 1, leased_until = :until, tried_at = :now, tries = tries + 1,
                 stage = '', human = 0, misses = 0, looks = 0, sid = ''
WHERE id IN (SELECT id FROM rings WHERE status = 'waiting' AND due_at <= :now
             AND party IN (SELECT asked FROM ring_alarms WHERE asked <> '') ORDER BY due_at, id LIMIT 1
             FOR UPDATE SKIP LOCKED)
RETURNING *;

-- name: give_code
-- As for SQLite; one that another turn is taking is passed over.
UPDATE codes SET freed_at = NULL
WHERE code = (SELECT code FROM codes WHERE freed_at IS NOT NULL AND reserved = 0 ORDER BY freed_at, code LIMIT 1
              FOR UPDATE SKIP LOCKED)
RETURNING code;

-- name: next_to_look_at
-- The need that dispatch should look at first, and no other worker is looking at.
SELECT number AS id, neighbor AS party, number AS about FROM needs
WHERE look_at <= :now AND status = 'open' AND held_since IS NULL ORDER BY look_at, number LIMIT 1
FOR UPDATE SKIP LOCKED;

-- name: lease_due
-- As for SQLite; a row that another worker is taking is passed over. Chosen first, since a limit inside IN is no limit.
WITH chosen AS MATERIALIZED (
  SELECT o.id FROM outbox o
  WHERE o.status = 'waiting' AND o.due_at <= :now AND o.priority <= :up_to
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.party = o.party AND e.id < o.id
                    AND e.status IN ('waiting', 'sending', 'unknown')
                    AND (e.status IN ('sending', 'unknown')
                         OR (e.status = 'waiting' AND e.due_at <= :now AND e.priority <= :up_to
                             AND (e.priority < 4 OR o.priority = 4))))
  ORDER BY o.priority, o.id LIMIT :room FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET status = 'sending', lease = outbox.lease + 1, leased_until = :until, attempts = outbox.attempts + 1,
                  tried_at = :now
FROM chosen WHERE outbox.id = chosen.id AND outbox.status = 'waiting' RETURNING outbox.*;

-- name: lease_doubtful
-- As for SQLite; a row that another worker is taking is passed over.
WITH chosen AS MATERIALIZED (
  SELECT id FROM outbox
  WHERE status IN ('sending', 'unknown')
    AND ((status = 'sending' AND leased_until < :now)
         OR (status = 'unknown' AND due_at <= :now AND (leased_until IS NULL OR leased_until < :now)))
  ORDER BY id LIMIT :room FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET status = 'unknown', lease = outbox.lease + 1, leased_until = :until
FROM chosen WHERE outbox.id = chosen.id RETURNING outbox.*;

-- name: sender
-- How many segments may go now, and whether anything goes at all; locked, so that two workers do not spend the same.
SELECT * FROM sender WHERE name = :name FOR UPDATE;

-- name: lease_alarms
-- As for SQLite; a row that another worker is taking is passed over.
WITH chosen AS MATERIALIZED (
  SELECT o.id FROM outbox o
  WHERE o.status = 'waiting' AND o.due_at <= :now AND o.priority <= 3 AND o.any_hour = 1
    AND (strpos(o.prompt, '"news.alarm_') > 0 OR strpos(o.prompt, '"alarm.asked"') > 0)
  ORDER BY o.priority, o.id LIMIT :room FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET status = 'sending', lease = outbox.lease + 1, leased_until = :until, attempts = outbox.attempts + 1,
                  tried_at = :now
FROM chosen WHERE outbox.id = chosen.id AND outbox.status = 'waiting' RETURNING outbox.*;

-- name: lease_trial
-- As for SQLite; a row that another worker is taking is passed over.
WITH chosen AS MATERIALIZED (
  SELECT o.id FROM outbox o
  WHERE o.status = 'waiting' AND o.due_at <= :now AND o.priority <= :up_to
    AND EXISTS (SELECT 1 FROM outbox r WHERE r.party = o.party AND r.status = 'sent' AND r.changed_at > :since)
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.party = o.party AND e.id < o.id
                    AND e.status IN ('waiting', 'sending', 'unknown')
                    AND (e.status IN ('sending', 'unknown')
                         OR (e.status = 'waiting' AND e.due_at <= :now AND e.priority <= :up_to
                             AND (e.priority < 4 OR o.priority = 4))))
  ORDER BY o.priority, o.id LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET status = 'sending', lease = outbox.lease + 1, leased_until = :until, attempts = outbox.attempts + 1,
                  tried_at = :now
FROM chosen WHERE outbox.id = chosen.id AND outbox.status = 'waiting' RETURNING outbox.*;

-- name: outgoing
-- The row of the outbox that a text of the carrier's is a part of; locked, so that its sender and the report agree.
SELECT o.* FROM deliveries d JOIN outbox o ON o.id = d.outbox WHERE d.sid = :sid FOR UPDATE OF o;

-- name: lease_recordings
-- As for SQLite; a row that another worker is taking is passed over.
WITH chosen AS MATERIALIZED (
  SELECT sid FROM recordings WHERE due_at <= :now ORDER BY due_at LIMIT :room FOR UPDATE SKIP LOCKED
)
UPDATE recordings SET due_at = :until, lease = recordings.lease + 1, attempts = recordings.attempts + 1
FROM chosen WHERE recordings.sid = chosen.sid RETURNING recordings.*;

-- name: pin
-- What opens the coordinators' room; locked, so that no two calls guess at once.
SELECT hash, misses, missed_since FROM pins WHERE name = :name FOR UPDATE;

-- name: beats_ahead
-- The same; locked, so that of several workers one moves what was put off.
SELECT beat_at FROM beats WHERE beat_at > :now AND worker NOT LIKE 'web-%' ORDER BY worker FOR UPDATE;
-- name: lock_people
-- Whom a coordinator named, in the order of their numbers, and before any need: as they are locked when they write.
SELECT phone FROM people WHERE phone = ANY(:phones) ORDER BY phone FOR UPDATE;
-- name: lease_ring
-- As for SQLite; one that another worker is taking is passed over.
UPDATE rings SET status = 'calling', lease = lease + 1, leased_until = :until, tried_at = :now, tries = tries + 1,
                 stage = '', human = 0, misses = 0, looks = 0, sid = ''
WHERE id IN (SELECT id FROM rings WHERE status = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT 1
             FOR UPDATE SKIP LOCKED)
RETURNING *;

-- name: lease_doubtful_ring
-- As for SQLite; one that another worker is taking is passed over.
UPDATE rings SET lease = lease + 1, leased_until = :until
WHERE id IN (SELECT id FROM rings WHERE status IN ('calling', 'unknown', 'ringing') AND leased_until <= :now
             ORDER BY leased_until, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *;

-- name: ring
-- One call to somebody; locked, so that its steps and the carrier's word on it agree.
SELECT * FROM rings WHERE id = :id FOR UPDATE;

-- name: known_sids
-- Which of these texts of the carrier's we know to be of a row. A report that was faster than the answer proves nothing.
SELECT sid FROM deliveries WHERE outbox IS NOT NULL AND sid IN (SELECT json_array_elements_text(CAST(:sids AS JSON)));

-- name: known_calls
-- Which of these calls of the carrier's we know.
SELECT sid FROM rings WHERE sid <> '' AND sid IN (SELECT json_array_elements_text(CAST(:sids AS JSON)));

-- name: hold_volunteers
-- Locked before they are counted, so that two needs never pass one person's limit.
-- Whom another worker is asking just now is passed over.
SELECT v.phone FROM volunteers v
WHERE v.phone IN (SELECT json_array_elements_text(CAST(:people AS JSON))) FOR UPDATE OF v SKIP LOCKED;

-- name: also_given
-- The same; what another worker is looking at, or somebody speaks of, is passed over.
SELECT n.* FROM needs n
WHERE n.look_at IS NOT NULL AND n.status = 'open' AND n.held_since IS NULL AND n.neighbor <> :phone
  AND n.number <> :number
  AND n.area IN (SELECT json_array_elements_text(CAST(:areas AS JSON)))
  AND n.what IN (SELECT o.what FROM offers o WHERE o.phone = :phone)
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = n.number AND a.volunteer = :phone)
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.need = n.number AND c.volunteer = :phone)
ORDER BY n.wave, n.look_at, n.number LIMIT :room FOR UPDATE OF n SKIP LOCKED;

-- name: board_names
-- The first names of these people, and their languages.
SELECT phone, name, language FROM people WHERE phone IN (SELECT json_array_elements_text(CAST(:people AS JSON)));

-- name: board_offer_asks
-- Who asked for these gifts, and what became of that, oldest first. Sorts: the asks for what one page shows.
SELECT {of_ask}, COALESCE(n.status, '') AS status, COALESCE(n.code, 0) AS need_code
FROM gift_asks a JOIN gifts g ON g.number = a.gift LEFT JOIN needs n ON n.number = a.need AND a.need > 0
WHERE a.gift IN (SELECT CAST(json_array_elements_text(CAST(:listed AS JSON)) AS BIGINT)) ORDER BY a.number;

-- name: board_loans
-- Who asked for these tools, or has them, oldest first. Sorts: the loans of what one page shows.
SELECT {of_loan} FROM loans l JOIN tools t ON t.number = l.tool
WHERE l.tool IN (SELECT CAST(json_array_elements_text(CAST(:listed AS JSON)) AS BIGINT)) AND l.ended_at IS NULL
ORDER BY l.number;

-- name: board_circle_members
-- Who is in these circles, or was. Sorts: those of what one page shows.
SELECT * FROM circle_members
WHERE circle IN (SELECT CAST(json_array_elements_text(CAST(:listed AS JSON)) AS BIGINT)) ORDER BY number;

-- name: board_circle_marks
-- What is on record of these circles. Sorts: that of what one page shows.
SELECT * FROM circle_marks
WHERE circle IN (SELECT CAST(json_array_elements_text(CAST(:listed AS JSON)) AS BIGINT)) ORDER BY number;

-- name: board_guests
-- Who comes to these, asks or waits, and who knows where they are and does not come. Sorts: the guests of what one page shows.
SELECT {of_guest} FROM guests s JOIN gatherings g ON g.number = s.gathering
WHERE s.gathering IN (SELECT CAST(json_array_elements_text(CAST(:listed AS JSON)) AS BIGINT)) AND (s.ended_at IS NULL OR s.told_at IS NOT NULL)
ORDER BY s.number;

-- name: board_records
-- The records of these people.
SELECT phone, record FROM board_people
WHERE phone IN (SELECT json_array_elements_text(CAST(:people AS JSON)));

-- name: namesake
-- Somebody else who gives and has that name, however it is written.
SELECT p.phone FROM people p JOIN volunteers v ON v.phone = p.phone
WHERE p.name <> '' AND p.name IN (SELECT json_array_elements_text(CAST(:spellings AS JSON))) AND p.phone <> :phone
LIMIT 1;

-- name: board_ring_alarms
-- The alarms about these people, and where each waits to be looked at. May scan: they are few. Sorts: as few.
SELECT a.*, (SELECT MAX(f.id) FROM flags f WHERE f.party = a.phone AND f.why = 'daily_alarm' AND f.settled_at IS NULL)
       AS flag
FROM ring_alarms a WHERE a.phone IN (SELECT json_array_elements_text(CAST(:listed AS JSON))) ORDER BY a.raised_at, a.phone;

-- name: board_companions
-- Who rings these people in place of the machine. Sorts: those of one page.
SELECT c.*, COALESCE((SELECT p.name FROM people p WHERE p.phone = c.volunteer), '') AS name FROM companions c
WHERE c.other <> '' AND c.other IN (SELECT json_array_elements_text(CAST(:listed AS JSON))) ORDER BY c.other;

-- name: board_ring_contacts
-- Who looks after these people, in their order. Sorts: the contacts of what one page shows.
SELECT c.*, COALESCE((SELECT p.name FROM people p WHERE p.phone = c.contact), '') AS name FROM ring_contacts c
WHERE c.phone IN (SELECT json_array_elements_text(CAST(:listed AS JSON))) AND c.consent <> 'no' ORDER BY c.phone, c.rank;

-- name: board_people_called
-- Those one of whose names begins so, from an index of names. May scan: a coordinator looks for somebody.
SELECT phone, name FROM people WHERE name <> '' AND (name ~ :starts OR name ~ :follows)
ORDER BY name, phone LIMIT :room;

-- name: board_people_given
-- These people.
SELECT {someone} FROM people p LEFT JOIN volunteers v ON v.phone = p.phone
WHERE p.phone IN (SELECT json_array_elements_text(CAST(:people AS JSON)));

-- name: board_pulses
-- What differs whenever something on the pages of these needs does.
SELECT {pulse} FROM needs n
WHERE n.number IN (SELECT CAST(json_array_elements_text(CAST(:listed AS JSON)) AS BIGINT));

-- name: board_browser
-- A browser before the board's door; locked, so that no two guesses are one.
SELECT * FROM board_browsers WHERE browser = :browser FOR UPDATE;

-- name: broadcast_for
-- As for SQLite.
INSERT INTO broadcast_people (broadcast, phone)
SELECT CAST(:id AS BIGINT), json_array_elements_text(CAST(:people AS JSON)) ON CONFLICT (broadcast, phone) DO NOTHING;
