-- Every statement, under its name, with what it is for. Both databases run them; what must differ stands in
-- postgres.sql under the same name.

-- name: receive
-- The first thing done with anything that comes in: a repeat changes no row.
INSERT INTO inbound (id, party, channel, words, body, received_at)
VALUES (:id, :party, :channel, :words, :body, :now)
ON CONFLICT (id) DO NOTHING;

-- name: answer_given
-- What a repeat is answered with.
SELECT answer FROM inbound WHERE id = :id;

-- name: give_answer
-- Keeps the answer with what it answers.
UPDATE inbound SET answer = :answer WHERE id = :id;

-- name: person
-- Who speaks, with their place in the conversation.
SELECT p.phone, p.language, p.name, p.area, p.can_text, p.opted_out_at, p.session, p.turn, p.asked_at, p.heard_at,
       v.status AS gives
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone
WHERE p.phone = :phone;

-- name: meet
-- A number that was never heard before.
INSERT INTO people (phone, created_at) VALUES (:phone, :now) ON CONFLICT (phone) DO NOTHING;

-- name: keep_session
-- Where a person stands now.
UPDATE people SET session = :session, language = :language, turn = :turn, asked_at = :asked_at, heard_at = :now
WHERE phone = :phone;

-- name: asked_for
-- What a person asked for and is not over, oldest first.
SELECT * FROM needs WHERE neighbor = :phone AND status IN ('draft', 'open', 'taken') ORDER BY number;

-- name: in_hand
-- What a volunteer has taken and not finished.
SELECT n.* FROM claims c JOIN needs n ON n.number = c.need
WHERE c.volunteer = :phone AND c.ended_at IS NULL ORDER BY n.number;

-- name: open_alerts
-- What a volunteer was asked and nobody has taken, the newest question first.
SELECT n.*, a.sent_at FROM alerts a JOIN needs n ON n.number = a.need
WHERE a.volunteer = :phone AND a.answer IS NULL AND n.status = 'open' ORDER BY a.sent_at DESC, n.number;

-- name: need
-- One need by its number.
SELECT * FROM needs WHERE number = :number;

-- name: names
-- The first name of one person.
SELECT name FROM people WHERE phone = :phone;

-- name: draft
-- A need begins.
INSERT INTO needs (neighbor, words, created_at, changed_at) VALUES (:phone, :words, :now, :now) RETURNING number;

-- name: add_words
-- More words for a draft.
UPDATE needs SET words = words || :words, changed_at = :now WHERE number = :number AND status = 'draft';

-- name: record
-- A draft becomes an open need, to be looked at now.
UPDATE needs SET status = 'open', what = :what, area = :area, details = :details, recording = :recording,
                 callback = :callback, asked_since = :now, look_at = :now, changed_at = :now
WHERE number = :number AND status = 'draft';

-- name: take
-- The claim: it changes one row or none.
UPDATE needs SET helpers = helpers + 1, takers = TRIM(takers || ' ' || :phone), changed_at = :now,
                 status = CASE WHEN helpers + 1 >= wanted THEN 'taken' ELSE status END,
                 look_at = CASE WHEN helpers + 1 >= wanted THEN NULL ELSE look_at END
WHERE number = :number AND status = 'open';

-- name: claim
-- Who has a need, from when.
INSERT INTO claims (need, volunteer, taken_at) VALUES (:number, :phone, :now);

-- name: answer_alert
-- What a volunteer said to an alert.
UPDATE alerts SET answer = :answer WHERE need = :number AND volunteer = :phone AND answer IS NULL;

-- name: give_back
-- A need is free again; the next people are asked now.
UPDATE needs SET helpers = helpers - 1, takers = TRIM(REPLACE(' ' || takers || ' ', ' ' || :phone || ' ', ' ')),
                 status = 'open', look_at = :now, asked_since = :now, escalated_at = NULL, changed_at = :now
WHERE number = :number AND status IN ('open', 'taken');

-- name: end_claim
-- A volunteer has a need no longer.
UPDATE claims SET ended_at = :now, outcome = :outcome
WHERE need = :number AND volunteer = :phone AND ended_at IS NULL;

-- name: finish
-- It happened.
UPDATE needs SET status = 'done', look_at = NULL, changed_at = :now WHERE number = :number AND status = 'taken';

-- name: withdraw
-- The neighbor does not need it any more.
UPDATE needs SET status = 'cancelled', look_at = NULL, changed_at = :now
WHERE number = :number AND status IN ('draft', 'open', 'taken');

-- name: tell_the_others
-- One line for everyone who was asked about a need and has not answered.
INSERT INTO outbox (party, prompt, about, priority, due_at, created_at, changed_at)
SELECT DISTINCT volunteer, :prompt, need, 2, :now, :now, :now FROM alerts
WHERE need = :number AND answer IS NULL AND volunteer <> :phone ORDER BY volunteer;

-- name: stand_down
-- Nobody waits for an answer to these any more.
UPDATE alerts SET answer = 'stood_down' WHERE need = :number AND answer IS NULL;

-- name: put
-- Something to be said to someone.
INSERT INTO outbox (party, prompt, about, priority, due_at, created_at, changed_at)
VALUES (:party, :prompt, :about, :priority, :now, :now, :now);

-- name: flag
-- A person should look.
INSERT INTO flags (why, party, words, about, raised_at) VALUES (:why, :party, :words, :about, :now);

-- name: open_flags
-- What nobody has looked at yet, oldest first.
SELECT * FROM flags WHERE settled_at IS NULL ORDER BY raised_at, id;

-- name: opt_out
-- Nothing is sent to this person any more.
UPDATE people SET opted_out_at = :now WHERE phone = :phone;

-- name: forget_waiting
-- Nor anything that was waiting to be sent.
UPDATE outbox SET status = 'dropped', reason = 'opted out', changed_at = :now
WHERE party = :phone AND status = 'waiting';

-- name: opt_in
-- This person may be written to again.
UPDATE people SET opted_out_at = NULL WHERE phone = :phone;

-- name: name_person
-- The first name a person goes by.
UPDATE people SET name = :name WHERE phone = :phone;

-- name: speak_to
-- The language a person is spoken to in, where none is known yet.
UPDATE people SET language = :language WHERE phone = :phone AND language = '';

-- name: enroll
-- Someone becomes a volunteer, or changes what they give.
INSERT INTO volunteers (phone, needs, areas, status, created_at) VALUES (:phone, :needs, :areas, :status, :now)
ON CONFLICT (phone) DO UPDATE SET needs = :needs, areas = :areas;

-- name: clear_offers
-- Before what a volunteer gives is written anew.
DELETE FROM offers WHERE phone = :phone;

-- name: offer
-- One need in one area that a volunteer gives.
INSERT INTO offers (what, area, phone, asked_at)
SELECT :what, :area, phone, asked_at FROM volunteers WHERE phone = :phone;

-- name: approve
-- A coordinator says yes to a volunteer.
UPDATE volunteers SET status = 'active' WHERE phone = :phone AND status = 'waiting';

-- name: volunteers
-- All who give.
SELECT v.*, p.name, p.language, p.opted_out_at FROM volunteers v JOIN people p ON p.phone = v.phone
ORDER BY p.name, v.phone;

-- name: next_to_look_at
-- The need that dispatch should look at first.
SELECT * FROM needs WHERE look_at <= :now AND status = 'open' ORDER BY look_at, number LIMIT 1;

-- name: candidates
-- Who gives this, here, and was not asked about it: least recently asked first, by the index alone.
SELECT v.phone, v.needs, v.areas, v.status, v.asked_at, p.name, p.language,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.sent_at > :week_ago) AS asks_this_week
FROM offers o
JOIN volunteers v ON v.phone = o.phone
JOIN people p ON p.phone = o.phone
WHERE o.what = :what AND o.area = :area AND v.status = 'active' AND p.opted_out_at IS NULL
  AND o.phone <> :neighbor
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = o.phone
                  AND (a.answer IS NULL OR a.answer IN ('yes', 'no')))
ORDER BY o.asked_at, o.phone LIMIT :room;

-- name: alert
-- One volunteer is asked about one need.
INSERT INTO alerts (need, volunteer, wave, sent_at) VALUES (:number, :phone, :wave, :now);

-- name: asked_now
-- A volunteer goes to the end of the order.
UPDATE volunteers SET asked_at = :now WHERE phone = :phone;

-- name: offers_asked_now
-- The same in the index of what they give.
UPDATE offers SET asked_at = :now WHERE phone = :phone;

-- name: wave_sent
-- When dispatch looks at a need again.
UPDATE needs SET wave = :wave, look_at = :look_at, changed_at = :now WHERE number = :number AND status = 'open';

-- name: escalated
-- The coordinators have been told.
UPDATE needs SET escalated_at = :now WHERE number = :number;

-- name: lease_due
-- The worker takes what is due, for a while. A row whose worker died is due again.
UPDATE outbox SET status = 'sending', lease = lease + 1, leased_until = :until, attempts = attempts + 1
WHERE id IN (
  SELECT id FROM outbox
  WHERE (status = 'waiting' AND due_at <= :now) OR (status = 'sending' AND leased_until < :now)
  ORDER BY priority, id LIMIT :room
) RETURNING id, party, prompt, about, priority, attempts, lease, sids;

-- name: reach
-- How a person is reached, for the worker.
SELECT language, can_text, opted_out_at FROM people WHERE phone = :phone;

-- name: settle
-- What became of sending a row, unless another worker holds it by now.
UPDATE outbox SET status = :status, reason = :reason, due_at = :due_at, sids = :sids, leased_until = NULL,
                  changed_at = :now
WHERE id = :id AND lease = :lease AND status = 'sending';

-- name: next_due
-- When the worker has something to do next.
SELECT MIN(at) AS at FROM (
  SELECT MIN(due_at) AS at FROM outbox WHERE status = 'waiting'
  UNION ALL SELECT MIN(leased_until) FROM outbox WHERE status = 'sending'
  UNION ALL SELECT MIN(look_at) FROM needs WHERE status = 'open'
) AS due;

-- name: report
-- The carrier's word on a text or call; one that comes late never moves it back.
INSERT INTO deliveries (sid, status, rank, code, changed_at) VALUES (:sid, :status, :rank, :code, :now)
ON CONFLICT (sid) DO UPDATE SET status = :status, rank = :rank, code = :code, changed_at = :now
WHERE deliveries.rank < :rank;

-- name: sent_as
-- Which row of the outbox a text or call of the carrier's is.
INSERT INTO deliveries (sid, outbox, status, rank, changed_at) VALUES (:sid, :id, :status, :rank, :now)
ON CONFLICT (sid) DO UPDATE SET outbox = :id;

-- name: beat
-- The worker lives.
INSERT INTO beats (worker, beat_at) VALUES (:worker, :now) ON CONFLICT (worker) DO UPDATE SET beat_at = :now;

-- name: health
-- For /ready: the last beat, and since when the oldest message waits.
SELECT (SELECT MAX(beat_at) FROM beats) AS beat_at,
       (SELECT MIN(due_at) FROM outbox WHERE status = 'waiting') AS waiting_since;

-- name: version
-- Which schema this is.
SELECT MAX(version) AS version FROM schema_version;
