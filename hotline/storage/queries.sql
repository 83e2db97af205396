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
-- Keeps the answer with what it answers, what it cost, and whether it led anywhere.
UPDATE inbound SET answer = :answer, segments = :segments, fruitless = :fruitless WHERE id = :id;

-- name: person
-- Who speaks, with their place in the conversation.
SELECT p.phone, p.language, p.name, p.area, p.can_text, p.opted_out_at, p.session, p.turn, p.asked_at, p.heard_at,
       p.blocked, p.introduced, p.recent, p.recent_since, p.calls, p.say_who, p.leave_word, p.rung_instead,
       p.stop_asked, p.disowned_at, v.status AS gives
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone
WHERE p.phone = :phone;

-- name: meet
-- A number that was never heard before.
INSERT INTO people (phone, created_at) VALUES (:phone, :now) ON CONFLICT (phone) DO NOTHING;

-- name: keep_session
-- Where a person stands now, and how much was heard from them in this hour.
UPDATE people SET session = :session, language = :language, turn = :turn, asked_at = :asked_at, heard_at = :now,
                  recent = :recent, recent_since = :recent_since,
                  introduced = CASE WHEN :introduced = 1 THEN 1 ELSE introduced END
WHERE phone = :phone;

-- name: put_session_apart
-- A conversation of this number that waits while another call of it speaks.
INSERT INTO sessions_apart (phone, call, session, language, turn, kept_at)
VALUES (:phone, :call, :session, :language, :turn, :now)
ON CONFLICT (phone, call) DO UPDATE SET session = excluded.session, language = excluded.language,
                                        turn = excluded.turn, kept_at = excluded.kept_at;

-- name: sessions_apart
-- The conversations of this number beside the one that spoke last.
-- Sorts: the calls that one number makes at once.
SELECT call, session, language, turn FROM sessions_apart WHERE phone = :phone ORDER BY kept_at, call;

-- name: forget_session_apart
-- It speaks again, or its call is over.
DELETE FROM sessions_apart WHERE phone = :phone AND call = :call;

-- name: forget_sessions_apart
-- Nobody heard how these calls ended.
DELETE FROM sessions_apart WHERE phone = :phone AND kept_at < :before;

-- name: lock_needs
-- SQLite has one writer: whoever decides has everything locked.

-- name: heard_much
-- Counts one more thing heard from someone who gets no answer.
UPDATE people SET recent = :recent, recent_since = :recent_since, heard_at = :now WHERE phone = :phone;

-- name: fruitless_since
-- How many answers to the same words of a person led nowhere.
SELECT COUNT(*) AS answers FROM inbound
WHERE party = :phone AND received_at > :since AND fruitless = 1 AND words = :words;

-- name: said_since
-- How often the same words of a person came.
SELECT COUNT(*) AS texts FROM inbound WHERE party = :phone AND received_at > :since AND words = :words;

-- name: heard_last
-- The last text of a person, for a coordinator who says that it was read wrongly.
SELECT words FROM inbound WHERE party = :phone AND channel = 'text' ORDER BY received_at DESC LIMIT 1;

-- name: newcomers_since
-- How many numbers were heard for the first time, counted no further than matters.
SELECT COUNT(*) AS people FROM (SELECT 1 FROM people WHERE created_at > :since LIMIT :most) AS newcomers;

-- name: block
-- Nothing more goes to this person, and nothing comes from them.
UPDATE people SET blocked = :blocked WHERE phone = :phone;

-- name: cannot_text
-- No text arrives at this number: it is to be rung.
UPDATE people SET can_text = 0 WHERE phone = :phone;

-- name: asked_for
-- What a person asked for and is not over, oldest first.
SELECT * FROM needs WHERE neighbor = :phone AND status IN ('draft', 'open', 'taken') ORDER BY number;

-- name: in_hand
-- What a volunteer has taken and not finished.
SELECT n.* FROM claims c JOIN needs n ON n.number = c.need
WHERE c.volunteer = :phone AND c.ended_at IS NULL ORDER BY c.need;

-- name: open_alerts
-- What a volunteer was asked and nobody has taken, the newest question first. Sorts: those of one moment.
SELECT n.*, a.sent_at FROM alerts a JOIN needs n ON n.number = a.need
WHERE a.volunteer = :phone AND a.answer IS NULL AND n.status = 'open' ORDER BY a.sent_at DESC, n.number;

-- name: let_go_since
-- What a volunteer gave back or finished just now. Sorts: those of some minutes.
SELECT n.* FROM claims c JOIN needs n ON n.number = c.need
WHERE c.volunteer = :phone AND c.ended_at > :since AND c.outcome IN ('dropped', 'done') ORDER BY c.need;

-- name: in_reserve
-- Whether somebody else was too late for a need before.
SELECT 1 AS so FROM alerts l
WHERE l.need = :number AND l.answer = 'late' AND l.volunteer <> :phone
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = l.volunteer
                  AND (a.answer IS NULL OR a.answer <> 'late' OR a.wave > l.wave))
LIMIT 1;

-- name: wrote_last
-- Whether the last words about a need, since then, were written to this person.
SELECT reader FROM relayed WHERE need = :number AND held = 0 AND said_at > :since ORDER BY id DESC LIMIT 1;

-- name: settled
-- What a volunteer was asked last and has not answered, when somebody else took it.
SELECT n.* FROM alerts a JOIN needs n ON n.number = a.need
WHERE a.volunteer = :phone AND a.answer = 'stood_down' AND a.sent_at > :since ORDER BY a.sent_at DESC LIMIT 1;

-- name: need
-- One need by its number.
SELECT * FROM needs WHERE number = :number;

-- name: needs_of_code
-- What has this code, and what had it before. Sorts: the few that had one code, each at least some months.
SELECT * FROM needs WHERE code = :code
ORDER BY CASE WHEN status IN ('draft', 'open', 'taken') THEN 0 ELSE 1 END, number DESC LIMIT :room;

-- name: code_of_another
-- Whether the code of something that is over was given to another since.
SELECT 1 AS so FROM needs mine JOIN needs other ON other.code = mine.code
WHERE mine.number = :number AND other.number <> mine.number
  AND (other.status IN ('draft', 'open', 'taken') OR other.changed_at > mine.changed_at)
LIMIT 1;

-- name: is_a_side
-- Whether a person asked for a need, was asked about it, or had it.
SELECT 1 AS so FROM needs n
WHERE n.number = :number
  AND (n.neighbor = :phone OR EXISTS (SELECT 1 FROM alerts a WHERE a.need = n.number AND a.volunteer = :phone)
       OR EXISTS (SELECT 1 FROM claims c WHERE c.need = n.number AND c.volunteer = :phone));

-- name: code_of
-- What people text for a need.
SELECT code FROM needs WHERE number = :number;

-- name: give_code
-- The code that nothing ever had, else the one that is free for longest.
UPDATE codes SET freed_at = NULL
WHERE code = (SELECT code FROM codes WHERE freed_at IS NOT NULL AND reserved = 0 ORDER BY freed_at, code LIMIT 1)
RETURNING code;

-- name: free_codes
-- Codes that nothing has which is not over, or was over only lately: free since then.
UPDATE codes SET freed_at = COALESCE((SELECT MAX(n.changed_at) FROM needs n WHERE n.code = codes.code), 0)
WHERE code IN (SELECT c.code FROM codes c
               WHERE c.freed_at IS NULL
                 AND NOT EXISTS (SELECT 1 FROM needs n
                                 WHERE n.code = c.code
                                   AND (n.status IN ('draft', 'open', 'taken') OR n.changed_at > :before)));

-- name: keep_code
-- Something that was over has its code again.
UPDATE codes SET freed_at = NULL
WHERE freed_at IS NOT NULL AND code = (SELECT code FROM needs WHERE number = :number);

-- name: code_anew
-- Something that was over for long has another code now.
UPDATE needs SET code = :code WHERE number = :number;

-- name: reserve_no_code
-- Other numbers may be those of emergencies now.
UPDATE codes SET reserved = 0 WHERE reserved = 1;

-- name: reserve_code
-- A number that means something else to people is given to nothing.
UPDATE codes SET reserved = 1 WHERE code = :code;

-- name: names
-- The first name of one person.
SELECT name FROM people WHERE phone = :phone;

-- name: draft
-- A need begins.
INSERT INTO needs (neighbor, code, words, what, area, details, recording, check_at, created_at, changed_at)
VALUES (:phone, :code, :words, :what, :area, :details, :recording, :check_at, :now, :now) RETURNING number;

-- name: add_words
-- More words for a draft; they join what a helper should know, where that would hide them.
UPDATE needs SET words = words || :words, changed_at = :now,
                 details = CASE WHEN details = '' THEN details ELSE details || :words END
WHERE number = :number AND status = 'draft';

-- name: fill_draft
-- What has been answered so far: a form that breaks off is still on the board.
UPDATE needs SET what = :what, area = :area, details = :details, recording = :recording, changed_at = :now
WHERE number = :number AND status = 'draft';

-- name: record
-- A draft becomes an open need, to be looked at now.
UPDATE needs SET status = 'open', what = :what, area = :area, details = :details, recording = :recording,
                 callback = :callback, urgent = :urgent, every = :every, wanted = :wanted,
                 due = :due, starts_at = :starts_at, ends_at = :ends_at,
                 asked_since = :now, look_at = :now, changed_at = :now
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
-- A need is free again; the next people are asked now, unless asking is put off.
UPDATE needs SET helpers = helpers - 1, takers = TRIM(REPLACE(' ' || takers || ' ', ' ' || :phone || ' ', ' ')),
                 status = 'open', asked_since = :now, escalated_at = NULL, changed_at = :now,
                 look_at = CASE WHEN paused_until > :now THEN paused_until ELSE :now END,
                 drops = drops + 1, coming_at = NULL, doubted_by = '', doubt_at = NULL
WHERE number = :number AND status IN ('open', 'taken') AND ' ' || takers || ' ' LIKE '% ' || :phone || ' %';

-- name: end_claim
-- A volunteer has a need no longer.
UPDATE claims SET ended_at = :now, outcome = :outcome
WHERE need = :number AND volunteer = :phone AND ended_at IS NULL;

-- name: end_all_claims
-- Nobody has a need any more that is not needed.
UPDATE claims SET ended_at = :now, outcome = 'withdrawn' WHERE need = :number AND ended_at IS NULL;

-- name: finish
-- It happened, says one of those who had it; it is done when nobody has it any more and nobody is missing.
UPDATE needs SET takers = TRIM(REPLACE(' ' || takers || ' ', ' ' || :phone || ' ', ' ')),
                 helped = TRIM(helped || ' ' || :phone), changed_at = :now,
                 status = CASE WHEN status = 'taken' AND takers = :phone THEN 'done' ELSE status END,
                 look_at = CASE WHEN takers = :phone THEN NULL ELSE look_at END
WHERE number = :number AND status IN ('open', 'taken') AND ' ' || takers || ' ' LIKE '% ' || :phone || ' %';

-- name: withdraw
-- The neighbor does not need it any more.
UPDATE needs SET status = 'cancelled', look_at = NULL, check_at = NULL, changed_at = :now
WHERE number = :number AND status IN ('draft', 'open', 'taken');

-- name: withhold_alerts
-- Questions about a need that have not left yet are not asked any more.
UPDATE outbox SET status = 'dropped', reason = 'settled meanwhile', changed_at = :now
WHERE about = :number AND priority = 3 AND status IN ('waiting', 'to_ring');

-- name: tell_the_others
-- One line for everyone who was asked about a need and has not answered; not for those whose question never left.
-- Sorts: those who were asked about one need.
INSERT INTO outbox (party, prompt, about, priority, due_at, created_at, changed_at)
SELECT DISTINCT a.volunteer, CAST(:prompt AS TEXT), a.need, 2, CAST(:now AS DOUBLE PRECISION),
       CAST(:now AS DOUBLE PRECISION), CAST(:now AS DOUBLE PRECISION)
FROM alerts a
WHERE a.need = :number AND a.answer IS NULL AND a.volunteer <> :phone
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.about = a.need AND o.party = a.volunteer
                  AND o.created_at = a.sent_at AND o.status = 'dropped')
ORDER BY a.volunteer;

-- name: stand_down
-- Nobody waits for an answer to these any more.
UPDATE alerts SET answer = 'stood_down' WHERE need = :number AND answer IS NULL;

-- name: put
-- Something to be said to someone.
INSERT INTO outbox (party, prompt, about, priority, any_hour, due_at, expires_at, created_at, changed_at)
VALUES (:party, :prompt, :about, :priority, :any_hour, :now, :expires_at, :now, :now) RETURNING id;

-- name: flag
-- A person should look.
INSERT INTO flags (why, party, words, about, recording, raised_at)
VALUES (:why, :party, :words, :about, :recording, :now) RETURNING id;

-- name: check
-- When to look after a need, and how often nothing was heard of it by then.
UPDATE needs SET check_at = :check_at, checks = :checks WHERE number = :number;

-- name: next_to_check
-- The need that has waited longest to be looked after.
SELECT number, neighbor FROM needs WHERE check_at <= :now ORDER BY check_at, number LIMIT 1;

-- name: still_due
-- Whether it is still to be looked after, now that everything is locked.
SELECT * FROM needs WHERE number = :number AND check_at <= :now;

-- name: next_again
-- A weekly need whose next one is to be made.
SELECT number, neighbor FROM needs WHERE again_at <= :now ORDER BY again_at, number LIMIT 1;

-- name: still_again
-- Whether that is still to be done, now that everything is locked.
SELECT * FROM needs WHERE number = :number AND again_at <= :now;

-- name: make_again
-- Next week's need, first for who did it last time.
INSERT INTO needs (neighbor, code, status, what, area, words, details, recording, callback, wanted, every,
                   first_choice, due, starts_at, ends_at, look_at, asked_since, again_at, created_at, changed_at)
SELECT neighbor, :code, 'open', what, area, words, details, recording, callback, wanted, every,
       CASE WHEN helped <> '' THEN helped WHEN takers <> '' THEN takers ELSE first_choice END,
       CAST(:due AS TEXT), CAST(:starts_at AS DOUBLE PRECISION), CAST(:ends_at AS DOUBLE PRECISION),
       CAST(:now AS DOUBLE PRECISION), CAST(:now AS DOUBLE PRECISION), CAST(:again_at AS DOUBLE PRECISION),
       CAST(:now AS DOUBLE PRECISION), CAST(:now AS DOUBLE PRECISION)
FROM needs WHERE number = :number RETURNING number;

-- name: weekly
-- On which weekday a need comes again, and when the next one is made; '' and none for never.
UPDATE needs SET every = :every, again_at = :again_at, changed_at = :now WHERE number = :number;

-- name: happened
-- The neighbor says that it happened.
UPDATE needs SET status = 'done', helped = TRIM(helped || ' ' || takers), takers = '', look_at = NULL,
                 check_at = NULL, changed_at = :now
WHERE number = :number AND status IN ('open', 'taken', 'done');

-- name: end_claims_done
-- Whoever had it, has done it.
UPDATE claims SET ended_at = :now, outcome = 'done' WHERE need = :number AND ended_at IS NULL;

-- name: not_yet
-- The neighbor says that it has not happened: whoever said so has it again.
UPDATE needs SET status = CASE WHEN status = 'done' THEN 'taken' ELSE status END,
                 takers = TRIM(takers || ' ' || helped), helped = '', changed_at = :now
WHERE number = :number AND status IN ('open', 'taken', 'done');

-- name: reopen_claims
-- The same in the hands of those who had it.
UPDATE claims SET ended_at = NULL, outcome = NULL WHERE need = :number AND outcome = 'done';

-- name: still_needed
-- The neighbor needs it still; one that had been given up is asked around again.
UPDATE needs SET status = CASE WHEN status = 'expired' THEN 'open' ELSE status END,
                 look_at = CASE WHEN status = 'expired' THEN :now ELSE look_at END,
                 asked_since = CASE WHEN status = 'expired' THEN :now ELSE asked_since END,
                 escalated_at = CASE WHEN status = 'expired' THEN NULL ELSE escalated_at END, changed_at = :now
WHERE number = :number AND status IN ('draft', 'open', 'taken', 'expired');

-- name: due
-- For when it is.
UPDATE needs SET due = :due, starts_at = :starts_at, ends_at = :ends_at WHERE number = :number;

-- name: due_no_more
-- Its time has passed and it is needed all the same: it is for no time that we know, and asked around about now.
UPDATE needs SET due = '', starts_at = NULL, ends_at = NULL, asked_since = :now, escalated_at = NULL,
                 look_at = CASE WHEN status = 'open' THEN :now ELSE look_at END
WHERE number = :number AND ends_at <= :now;

-- name: expire
-- It was asked after, and nobody said anything: it is over.
UPDATE needs SET status = 'expired', look_at = NULL, check_at = NULL, again_at = NULL, takers = '', changed_at = :now
WHERE number = :number AND status IN ('draft', 'open', 'taken');

-- name: amend
-- What was asked for is changed; of another kind or elsewhere, others are asked now.
UPDATE needs SET look_at = CASE WHEN status = 'open' AND (what <> :what OR area <> :area) THEN :now ELSE look_at END,
                 what = :what, area = :area, details = :details, recording = :recording, changed_at = :now
WHERE number = :number AND status IN ('open', 'taken');

-- name: coming
-- When whoever has it said they would come: then they come.
UPDATE needs SET coming_at = :coming_at, doubted_by = '', doubt_at = NULL WHERE number = :number;

-- name: doubt
-- Who has it says that they cannot come; '' and none once that is over.
UPDATE needs SET doubted_by = :phone, doubt_at = :at WHERE number = :number;

-- name: next_in_doubt
-- The need whose helper has said nothing more for longest.
SELECT number, neighbor FROM needs WHERE doubt_at <= :now ORDER BY doubt_at, number LIMIT 1;

-- name: still_in_doubt
-- Whether it is still so, now that everything is locked.
SELECT * FROM needs WHERE number = :number AND doubt_at <= :now;

-- name: next_stop_asked
-- Who was asked whether all texts end, and has said nothing for longest.
SELECT phone FROM people WHERE stop_asked = 1 AND asked_at <= :before ORDER BY asked_at, phone LIMIT 1;

-- name: finished
-- What a person asked for and was done lately, the newest first.
SELECT * FROM needs WHERE neighbor = :phone AND status = 'done' AND changed_at > :since ORDER BY changed_at DESC LIMIT 3;

-- name: relayed
-- What one side wrote to the other.
INSERT INTO relayed (need, writer, reader, words, outbox, said_at)
VALUES (:number, :writer, :reader, :words, :outbox, :now);

-- name: was_written_to
-- Whether a person has had words about this need before.
SELECT 1 AS so FROM relayed WHERE need = :number AND reader = :reader AND held = 0 LIMIT 1;

-- name: writer_of
-- Whose words a row of the outbox carries.
SELECT need, writer, words FROM relayed WHERE outbox = :outbox;

-- name: place
-- Puts a question to someone who has said nothing just now.
UPDATE people SET session = :session, turn = :turn, asked_at = :now WHERE phone = :phone;

-- name: is_flagged
-- Whether something of that kind was ever noted about a need.
SELECT 1 AS so FROM flags WHERE about = :about AND why = :why LIMIT 1;

-- name: open_flags
-- What nobody has looked at yet, oldest first.
SELECT f.*, n.code FROM flags f LEFT JOIN needs n ON n.number = f.about
WHERE f.settled_at IS NULL ORDER BY f.raised_at, f.id;

-- name: opt_out
-- Nothing is sent to this person any more.
UPDATE people SET opted_out_at = :now, rung_instead = :rung_instead WHERE phone = :phone;

-- name: forget_waiting
-- Nor anything that was waiting to be sent.
UPDATE outbox SET status = 'dropped', reason = 'opted out', changed_at = :now
WHERE id IN (SELECT id FROM outbox WHERE party = :phone AND status IN ('waiting', 'sending', 'unknown')
                    AND status = 'waiting'
             UNION ALL SELECT id FROM outbox WHERE party = :phone AND status = 'to_ring');

-- name: opt_in
-- This person may be written to again.
UPDATE people SET opted_out_at = NULL, rung_instead = 0 WHERE phone = :phone;

-- name: introduced
-- They were told who we are.
UPDATE people SET introduced = 1 WHERE phone = :phone;

-- name: stop_asked
-- Whether we asked if all texts end, and wait for the answer.
UPDATE people SET stop_asked = :asked WHERE phone = :phone;

-- name: disown
-- Somebody else has this number now.
UPDATE people SET disowned_at = :now, name = '' WHERE phone = :phone;

-- name: own_again
-- A person has looked at who has this number now.
UPDATE people SET disowned_at = NULL
WHERE disowned_at IS NOT NULL
  AND phone IN (SELECT party FROM flags WHERE id = :id AND why = 'wrong_number' AND settled_at IS NULL);

-- name: own_again_about
-- A person has looked at everything about a need, and with it at who has that number now.
UPDATE people SET disowned_at = NULL
WHERE disowned_at IS NOT NULL
  AND phone IN (SELECT party FROM flags WHERE about = :number AND why = 'wrong_number' AND settled_at IS NULL);

-- name: answered_for
-- A person has looked at somebody who never said whether all texts end: they are written to as before.
UPDATE people SET stop_asked = 0
WHERE stop_asked = 2
  AND phone IN (SELECT party FROM flags WHERE id = :id AND why = 'stop_unanswered' AND settled_at IS NULL);

-- name: answered_for_about
-- The same, where everything about a need was looked at.
UPDATE people SET stop_asked = 0
WHERE stop_asked = 2
  AND phone IN (SELECT party FROM flags WHERE about = :number AND why = 'stop_unanswered' AND settled_at IS NULL);

-- name: sent_last
-- What was sent to somebody last, where a machine says that it did not get there.
SELECT * FROM outbox WHERE party = :phone AND status = 'sent' AND changed_at > :since
ORDER BY changed_at DESC, id DESC LIMIT 1;

-- name: hold_waves
-- Nobody else is asked before that time, whoever gives it back.
UPDATE needs SET look_at = CASE WHEN status = 'open' AND helpers < wanted THEN :until ELSE look_at END,
                 paused_until = :until, changed_at = :now
WHERE number = :number AND status IN ('open', 'taken');

-- name: go_on_asking
-- A person has looked at a request whose neighbor texted CANCEL to the carrier: it goes on.
UPDATE needs SET look_at = CASE WHEN status = 'open' AND look_at > :now THEN :now ELSE look_at END, paused_until = NULL
WHERE paused_until > :now
  AND number IN (SELECT about FROM flags WHERE id = :id AND why = 'cancelled_at_carrier' AND settled_at IS NULL);

-- name: go_on_asking_about
-- The same, where everything about the request was looked at.
UPDATE needs SET look_at = CASE WHEN status = 'open' AND look_at > :now THEN :now ELSE look_at END, paused_until = NULL
WHERE paused_until > :now
  AND number IN (SELECT about FROM flags WHERE about = :number AND why = 'cancelled_at_carrier' AND settled_at IS NULL);

-- name: name_person
-- The first name a person goes by.
UPDATE people SET name = :name WHERE phone = :phone;

-- name: speak_to
-- The language a person is spoken to in, where none is known yet.
UPDATE people SET language = :language WHERE phone = :phone AND language = '';

-- name: enroll
-- Someone becomes a volunteer, or changes what they give.
INSERT INTO volunteers (phone, needs, areas, status, created_at) VALUES (:phone, :needs, :areas, :status, :now)
ON CONFLICT (phone) DO UPDATE SET needs = :needs, areas = :areas,
                                  status = CASE WHEN volunteers.status = 'left' THEN :status ELSE volunteers.status END;

-- name: clear_offers
-- Before what a volunteer gives is written anew.
DELETE FROM offers WHERE phone = :phone;

-- name: offer
-- One need in one area that a volunteer gives.
INSERT INTO offers (what, area, language, phone, asked_at)
SELECT :what, :area, p.language, v.phone, CASE WHEN v.paused_until > v.asked_at THEN v.paused_until ELSE v.asked_at END
FROM volunteers v JOIN people p ON p.phone = v.phone WHERE v.phone = :phone;

-- name: approve
-- A coordinator says yes to a volunteer.
UPDATE volunteers SET status = 'active' WHERE phone = :phone AND status = 'waiting';

-- name: volunteers
-- All who give. May scan: a list of all of them. Sorts: by name.
SELECT v.*, p.name, p.language, p.opted_out_at FROM volunteers v JOIN people p ON p.phone = v.phone
ORDER BY p.name, v.phone;

-- name: next_to_look_at
-- The need that dispatch should look at first.
SELECT * FROM needs WHERE look_at <= :now AND status = 'open' AND held_since IS NULL ORDER BY look_at, number LIMIT 1;

-- name: candidates
-- Who gives this, here, in this language, and was not asked about it: a page, by the index alone, after the one before.
-- Whoever pauses stands in the order from the end of the pause on, so that no page is full of them. The plus keeps
-- SQLite from choosing the upper bound for the index, and then sorting everybody.
SELECT v.phone, v.needs, v.areas, v.status, v.asked_at, v.most_a_week, v.hours, v.timezone, v.paused_until,
       p.name, p.language, o.asked_at AS in_turn_at,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.sent_at > :week_ago) AS asks_this_week,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.need = :number) AS asked_before
FROM offers o
JOIN volunteers v ON v.phone = o.phone
JOIN people p ON p.phone = o.phone
WHERE o.what = :what AND o.area = :area AND o.language = :language
  AND (o.asked_at, o.phone) > (:asked_at, :after) AND +o.asked_at <= :now AND p.no_calls_until <= :now
  AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
  AND p.stop_asked = 0 AND p.disowned_at IS NULL AND o.phone <> :neighbor
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = o.phone
                  AND (a.answer IS NULL OR a.answer IN ('yes', 'no')))
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.need = :number AND c.volunteer = o.phone)
ORDER BY o.asked_at, o.phone LIMIT :room;

-- name: first_choice
-- Who did it last time, unless they were asked about it already.
SELECT v.phone, v.needs, v.areas, v.status, v.asked_at, v.most_a_week, v.hours, v.timezone, v.paused_until,
       p.name, p.language, v.asked_at AS in_turn_at,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.sent_at > :week_ago) AS asks_this_week,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.need = :number) AS asked_before
FROM volunteers v
JOIN people p ON p.phone = v.phone
WHERE v.phone = :phone AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
  AND p.stop_asked = 0 AND p.disowned_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = v.phone)
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.need = :number AND c.volunteer = v.phone);

-- name: reserves
-- Who said yes too late, and was not asked since, the first reserve first. Sorts: those few.
SELECT v.phone, v.needs, v.areas, v.status, v.asked_at, v.most_a_week, v.hours, v.timezone, v.paused_until,
       p.name, p.language, v.asked_at AS in_turn_at,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.sent_at > :week_ago) AS asks_this_week,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.need = :number) AS asked_before
FROM alerts l
JOIN volunteers v ON v.phone = l.volunteer
JOIN people p ON p.phone = l.volunteer
WHERE l.need = :number AND l.answer = 'late' AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
  AND p.stop_asked = 0 AND p.disowned_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = l.volunteer
                  AND (a.answer IS NULL OR a.answer <> 'late' OR a.wave > l.wave))
ORDER BY COALESCE(l.reserve_at, l.sent_at), l.volunteer;

-- name: be_reserve
-- A volunteer was too late for a need, and is asked first should it come free.
UPDATE alerts SET answer = 'late', reserve_at = CASE WHEN answer = 'late' THEN reserve_at ELSE :now END
WHERE need = :number AND volunteer = :phone;

-- name: new_reserve
-- The same, for one who was never asked about it.
INSERT INTO alerts (need, volunteer, wave, sent_at, answer, reserve_at)
VALUES (:number, :phone, 0, :now, 'late', :now);

-- name: withdraw_alert
-- A question that could not be put at this hour was never asked.
DELETE FROM alerts WHERE need = :number AND volunteer = :phone AND answer IS NULL;

-- name: volunteer
-- What one person gives, when, and how often they wish to be asked.
SELECT v.*, p.name, p.language FROM volunteers v JOIN people p ON p.phone = v.phone WHERE v.phone = :phone;

-- name: pause
-- A volunteer is asked nothing until then.
UPDATE volunteers SET paused_until = :until WHERE phone = :phone;

-- name: stand_in_order
-- A volunteer stands in the order of asking from when they were last asked, or their pause ends.
UPDATE offers SET asked_at = (SELECT CASE WHEN v.paused_until > v.asked_at THEN v.paused_until ELSE v.asked_at END
                              FROM volunteers v WHERE v.phone = offers.phone)
WHERE phone = :phone;

-- name: keep_hours
-- In which hours a volunteer is asked.
UPDATE volunteers SET hours = :hours WHERE phone = :phone;

-- name: ask_at_most
-- How often a week a volunteer is asked.
UPDATE volunteers SET most_a_week = :times WHERE phone = :phone;

-- name: live_in
-- The time zone of a volunteer who lives elsewhere.
UPDATE volunteers SET timezone = :timezone WHERE phone = :phone;

-- name: leave
-- Someone gives no longer.
UPDATE volunteers SET status = 'left', paused_until = 0 WHERE phone = :phone;

-- name: decline_all
-- And answers nothing any more that they were asked.
UPDATE alerts SET answer = 'no' WHERE volunteer = :phone AND (answer IS NULL OR answer = 'late');

-- name: speak_offers
-- The language in which a volunteer is asked has changed.
UPDATE offers SET language = :language WHERE phone = :phone;

-- name: make_urgent
-- It cannot wait: looked at now, and its time begins anew.
UPDATE needs SET urgent = 1, asked_since = :now, look_at = :now, paused_until = NULL, changed_at = :now
WHERE number = :number AND status = 'open' AND urgent = 0;

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
-- The worker takes what is due, for a while: the most urgent first, and for each person in order.
UPDATE outbox SET status = 'sending', lease = lease + 1, leased_until = :until, attempts = attempts + 1,
                  tried_at = :now
WHERE id IN (
  SELECT o.id FROM outbox o
  WHERE o.status = 'waiting' AND o.due_at <= :now AND o.priority <= :up_to
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.party = o.party AND e.id < o.id
                    AND e.status IN ('waiting', 'sending', 'unknown')
                    AND (e.status IN ('sending', 'unknown') OR (e.status = 'waiting' AND e.due_at <= :now)))
  ORDER BY o.priority, o.id LIMIT :room
) RETURNING *;

-- name: lease_doubtful
-- What may have been sent, or not: a worker died over it, or the carrier did not say. It is looked up, never just resent.
UPDATE outbox SET status = 'unknown', lease = lease + 1, leased_until = :until
WHERE id IN (
  SELECT id FROM outbox
  WHERE status IN ('sending', 'unknown')
    AND ((status = 'sending' AND leased_until < :now)
         OR (status = 'unknown' AND due_at <= :now AND (leased_until IS NULL OR leased_until < :now)))
  ORDER BY id LIMIT :room
) RETURNING *;

-- name: write_down
-- The words as they will be sent: after a doubt they are looked for, letter by letter.
UPDATE outbox SET texts = :texts WHERE id = :id AND lease = :lease;

-- name: part_sent
-- One text of a row has gone.
UPDATE outbox SET sids = TRIM(sids || ' ' || :sid), segments = segments + :segments
WHERE id = :id AND lease = :lease;

-- name: reach
-- How a person is reached, for the worker.
SELECT p.language, p.can_text, p.opted_out_at, p.blocked, p.heard_at, p.calls, p.say_who, p.leave_word,
       p.no_calls_until, p.rung_instead, p.stop_asked, p.disowned_at, v.hours, v.timezone, v.paused_until, v.status
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone WHERE p.phone = :phone;

-- name: wait_until
-- Whoever sleeps reads it in the morning; that was no attempt.
UPDATE outbox SET status = 'waiting', due_at = :due_at, attempts = attempts - 1, leased_until = NULL, changed_at = :now
WHERE id = :id AND lease = :lease AND status = 'sending';

-- name: settle
-- What became of sending a row, unless another worker holds it by now.
UPDATE outbox SET status = :status, reason = :reason, looks = :looks, due_at = :due_at, leased_until = NULL,
                  changed_at = :now
WHERE id = :id AND lease = :lease AND status IN ('sending', 'unknown');

-- name: outgoing
-- The row of the outbox that a text of the carrier's is a part of.
SELECT o.* FROM deliveries d JOIN outbox o ON o.id = d.outbox WHERE d.sid = :sid;

-- name: failed_parts
-- Which of a row's texts the carrier could not deliver; not those of an earlier try. Sorts: the texts of one row.
SELECT d.code FROM deliveries d JOIN outbox o ON o.id = d.outbox
WHERE d.outbox = :id AND d.status IN ('failed', 'undelivered')
  AND REPLACE(' ' || o.sids || ' ', ' ' || d.sid || ' ', '') <> ' ' || o.sids || ' '
ORDER BY d.sid;

-- name: put_again
-- A text that did not arrive is to be sent once more.
UPDATE outbox SET status = 'waiting', due_at = :due_at, sids = '', reason = :reason, changed_at = :now WHERE id = :id;

-- name: did_not_arrive
-- A text that the carrier took and could not deliver.
UPDATE outbox SET status = 'failed', reason = :reason, changed_at = :now WHERE id = :id AND status = 'sent';

-- name: dead_letters
-- What could not be sent, the newest first.
SELECT * FROM outbox WHERE status = 'failed' ORDER BY changed_at DESC, id DESC LIMIT :room;

-- name: revive
-- A dead letter is sent again, with attempts of its own.
UPDATE outbox SET status = 'waiting', due_at = :now, attempts = 0, sids = '', texts = '[]', reason = '', changed_at = :now
WHERE id = :id AND status = 'failed';

-- name: known_sids
-- Which of these texts of the carrier's we know to be of a row. A report that was faster than the answer proves nothing.
SELECT sid FROM deliveries WHERE outbox IS NOT NULL AND sid IN (SELECT value FROM json_each(:sids));

-- name: is_known
-- Whether something that the carrier lists has come in.
SELECT 1 AS known FROM inbound WHERE id = :id OR id = :call;

-- name: pending
-- Texts of which the carrier has not said the last word, and might have while we were away.
SELECT sid FROM deliveries WHERE rank < 4 AND changed_at > :since AND changed_at < :until ORDER BY changed_at LIMIT :room;

-- name: sender
-- How many segments may go now, and whether anything goes at all.
SELECT * FROM sender WHERE name = :name;

-- name: is_held
-- Whether it is about us that nothing goes.
SELECT 1 AS held FROM sender WHERE name = :name AND standing = 'held';

-- name: any_unclear
-- Whether the carrier's answers of one kind make no sense.
SELECT 1 AS so FROM sender WHERE unclear >= :many LIMIT 1;

-- name: keep_tokens
-- The segments, counted anew.
INSERT INTO sender (name, tokens, counted_at) VALUES ('texts', :tokens, :now)
ON CONFLICT (name) DO UPDATE SET tokens = :tokens, counted_at = :now;

-- name: judge_sender
-- What the carrier has against us.
INSERT INTO sender (name, tokens, counted_at, standing, held_until, reason, refused, unclear, trial, by_report)
VALUES (:name, 0, :now, :standing, :until, :reason, :refused, :unclear, :trial, :by_report)
ON CONFLICT (name) DO UPDATE SET standing = :standing, held_until = :until, reason = :reason, refused = :refused,
                                 unclear = :unclear, trial = :trial, by_report = :by_report;

-- name: release_sender
-- Something went: it is not about us, or not any more. How long the carrier wants to be left alone is its own word.
UPDATE sender SET held_until = CASE WHEN standing <> '' THEN 0 ELSE held_until END, standing = '', reason = '',
                  refused = '', trial = 0, by_report = 0
WHERE name = :name AND (standing <> '' OR refused <> '') AND by_report <= :by_report;

-- name: made_sense
-- An answer of the carrier made sense.
UPDATE sender SET unclear = 0 WHERE name = :name AND unclear > 0;

-- name: lease_trial
-- One text to somebody who was reached since then, to see whether any text goes.
UPDATE outbox SET status = 'sending', lease = lease + 1, leased_until = :until, attempts = attempts + 1,
                  tried_at = :now
WHERE id IN (
  SELECT o.id FROM outbox o
  WHERE o.status = 'waiting' AND o.due_at <= :now AND o.priority <= :up_to
    AND EXISTS (SELECT 1 FROM outbox r WHERE r.party = o.party AND r.status = 'sent' AND r.changed_at > :since)
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.party = o.party AND e.id < o.id
                    AND e.status IN ('waiting', 'sending', 'unknown')
                    AND (e.status IN ('sending', 'unknown') OR (e.status = 'waiting' AND e.due_at <= :now)))
  ORDER BY o.priority, o.id LIMIT 1
) RETURNING *;

-- name: row_status
-- What became of one row.
SELECT status FROM outbox WHERE id = :id;

-- name: by_call
-- It is told in a call, and not sent.
UPDATE outbox SET status = 'to_ring', changed_at = :now WHERE id = :id AND status = 'waiting';

-- name: no_call
-- What is not so any more is not told in a call.
UPDATE outbox SET status = 'dropped', reason = :reason, changed_at = :now
WHERE party = :party AND status = 'to_ring' AND prompt LIKE :pattern;

-- name: spent_since
-- Segments that went out: answers, and everything else.
SELECT (SELECT COALESCE(SUM(segments), 0) FROM inbound WHERE received_at >= :since)
     + (SELECT COALESCE(SUM(segments), 0) FROM outbox WHERE changed_at >= :since) AS segments;

-- name: mark
-- Up to when something was done.
SELECT at FROM marks WHERE name = :name;

-- name: set_mark
-- It was done up to then.
INSERT INTO marks (name, at) VALUES (:name, :at) ON CONFLICT (name) DO UPDATE SET at = :at;

-- name: flag_once
-- A person should look, unless the same was said about the same already and nobody has looked.
INSERT INTO flags (why, party, words, about, recording, raised_at)
SELECT :why, :party, :words, :about, :recording, :now
WHERE NOT EXISTS (SELECT 1 FROM flags WHERE why = :why AND party = :party AND about = :about AND settled_at IS NULL);

-- name: flag_once_since
-- A person should look at the hotline itself, unless the same was said since then.
-- A time ahead of now does not count: the clock was set back.
INSERT INTO flags (why, party, raised_at)
SELECT :why, '', :now
WHERE NOT EXISTS (SELECT 1 FROM flags WHERE party = '' AND why = :why AND raised_at BETWEEN :since AND :now);

-- name: give_time
-- What was asked while nothing went reaches people only now.
UPDATE needs SET look_at = :until WHERE look_at < :until AND status = 'open' AND wave > 0;

-- name: next_due
-- When the worker has something to do next; what is held waits until it is tried.
SELECT MIN(due) AS due FROM (
  SELECT CASE WHEN MIN(due_at) < (SELECT MAX(held_until) FROM sender WHERE name = 'texts')
              THEN (SELECT MAX(held_until) FROM sender WHERE name = 'texts') ELSE MIN(due_at) END AS due
  FROM outbox WHERE status = 'waiting'
  UNION ALL SELECT MIN(due_at) FROM outbox WHERE status = 'unknown'
  UNION ALL SELECT MIN(leased_until) FROM outbox WHERE status = 'sending'
  UNION ALL SELECT MIN(look_at) FROM needs WHERE status = 'open' AND held_since IS NULL
  UNION ALL SELECT MIN(look_at) FROM dangers
  UNION ALL SELECT MIN(ring_at) FROM flags
  UNION ALL SELECT MIN(due_at) FROM recordings
  UNION ALL SELECT MIN(check_at) FROM needs
  UNION ALL SELECT MIN(doubt_at) FROM needs
  UNION ALL SELECT MIN(asked_at) + 3600 FROM people WHERE stop_asked = 1
  UNION ALL SELECT MIN(again_at) FROM needs
  UNION ALL SELECT CASE WHEN MIN(due_at) < (SELECT MAX(held_until) FROM sender WHERE name = 'calls')
                        THEN (SELECT MAX(held_until) FROM sender WHERE name = 'calls') ELSE MIN(due_at) END
  FROM rings WHERE status = 'waiting'
  UNION ALL SELECT MIN(leased_until) FROM rings WHERE status IN ('calling', 'unknown', 'ringing')
) AS soon;

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
-- A process lives.
INSERT INTO beats (worker, beat_at) VALUES (:worker, :now)
ON CONFLICT (worker) DO UPDATE SET beat_at = :now, ended = 0;

-- name: last_beat
-- A process has ended of itself.
UPDATE beats SET ended = 1 WHERE worker = :worker;

-- name: living
-- When a process that has not ended of itself showed last that it lives.
SELECT MAX(beat_at) AS at FROM beats WHERE ended = 0;

-- name: health
-- For /ready: the last beat, since when the oldest message waits, and what the carrier has against a sender.
SELECT (SELECT MAX(beat_at) FROM beats WHERE worker NOT LIKE 'web-%') AS beat_at,
       (SELECT MIN(due_at) FROM outbox WHERE status = 'waiting' AND priority < 3) AS waiting_since,
       (SELECT MAX(reason) FROM sender WHERE standing = 'held') AS held_for,
       (SELECT MAX(unclear) FROM sender) AS unclear;

-- name: call_ended
-- How a call ended, and how long it was; told twice, it counts once.
INSERT INTO calls (sid, party, status, seconds, ended_at) VALUES (:sid, :party, :status, :seconds, :now)
ON CONFLICT (sid) DO NOTHING;

-- name: call_seconds_since
-- How long all calls were.
SELECT COALESCE(SUM(seconds), 0) AS seconds FROM calls WHERE ended_at >= :since;

-- name: forget_keys
-- What was pressed is not kept: it was a secret.
UPDATE inbound SET words = '', body = '' WHERE id = :id;

-- name: said_aloud
-- A caller said something; the step of the call and the carrier's word on it come in either order.
INSERT INTO recordings (sid, party, kind, due_at, made_at, changed_at)
VALUES (:sid, :party, :kind, :due_at, :now, :now)
ON CONFLICT (sid) DO UPDATE SET party = :party, kind = :kind;

-- name: recording_reported
-- The carrier's word on a recording. That it is there counts more than that it failed, and what we have counts most.
INSERT INTO recordings (sid, told, status, seconds, due_at, made_at, changed_at)
VALUES (:sid, :told, :status, :seconds, :due_at, :now, :now)
ON CONFLICT (sid) DO UPDATE SET told = :told, status = :status, seconds = :seconds, due_at = :due_at, changed_at = :now
WHERE recordings.status IN ('waiting', 'failed', 'absent') AND recordings.told NOT IN (:told, 'completed');

-- name: recording
-- One recording.
SELECT * FROM recordings WHERE sid = :sid;

-- name: about_recording
-- The need whose details were said in a recording.
SELECT number FROM needs WHERE recording = :sid AND recording <> '' ORDER BY number LIMIT 1;

-- name: lease_recordings
-- The worker takes what is to be fetched or forgotten now; should it die, they are due again. Sorts: those of one moment.
UPDATE recordings SET due_at = :until, lease = lease + 1, attempts = attempts + 1
WHERE sid IN (SELECT sid FROM recordings WHERE due_at <= :now ORDER BY due_at LIMIT :room) RETURNING *;

-- name: keep_recording
-- A sound is ours now; `due_at` is when something is to be done with it next.
UPDATE recordings SET status = 'kept', place = :place, attempts = 0, reason = '', due_at = :due_at, changed_at = :now
WHERE sid = :sid AND lease = :lease AND status = 'waiting';

-- name: recording_later
-- It did not work now, or there is nothing more to do before then.
UPDATE recordings SET due_at = :due_at, reason = :reason WHERE sid = :sid AND lease = :lease;

-- name: recording_over
-- Nothing more is done about a recording.
UPDATE recordings SET status = :status, place = '', party = '', due_at = NULL, reason = :reason, changed_at = :now
WHERE sid = :sid AND lease = :lease;

-- name: forget_recording
-- One recording is to be forgotten, here and at the carrier.
UPDATE recordings SET status = 'forgetting', attempts = 0, due_at = :now, changed_at = :now
WHERE sid = :sid AND status IN ('waiting', 'kept');

-- name: forget_what_is_over
-- What was said about needs that are over is to be forgotten.
UPDATE recordings SET status = 'forgetting', attempts = 0, due_at = :now, changed_at = :now
WHERE status IN ('waiting', 'kept') AND kind = 'words'
  AND EXISTS (SELECT 1 FROM needs n WHERE n.recording = recordings.sid AND n.recording <> ''
              AND n.status IN ('done', 'cancelled', 'expired') AND n.changed_at < :before);

-- name: spoken_to
-- What neighbors said aloud about what a volunteer has in hand, and what the other side of a need has left for somebody.
-- Sorts: the few that somebody may hear.
SELECT r.sid, r.place, r.made_at AS made_at, n.number, n.code, n.what, n.area FROM claims c
JOIN needs n ON n.number = c.need JOIN recordings r ON r.sid = n.recording
WHERE c.volunteer = :phone AND c.ended_at IS NULL AND r.status IN ('waiting', 'kept')
UNION
SELECT r.sid, r.place, r.made_at AS made_at, n.number, n.code, n.what, n.area FROM claims c
JOIN needs n ON n.number = c.need JOIN flags f ON f.about = n.number AND f.why = 'spoken_words'
JOIN recordings r ON r.sid = f.recording
WHERE c.volunteer = :phone AND c.ended_at IS NULL AND n.status = 'taken' AND r.party <> :phone
  AND r.status IN ('waiting', 'kept')
UNION
SELECT r.sid, r.place, r.made_at AS made_at, n.number, n.code, n.what, n.area FROM needs n
JOIN flags f ON f.about = n.number AND f.why = 'spoken_words' JOIN recordings r ON r.sid = f.recording
WHERE n.neighbor = :phone AND n.status IN ('draft', 'open', 'taken') AND n.status = 'taken' AND r.party <> :phone
  AND r.status IN ('waiting', 'kept')
ORDER BY made_at DESC, sid LIMIT :room;

-- name: all_spoken
-- Everything that people said aloud and is not forgotten, the newest first. Sorts: those of one moment.
SELECT r.sid, r.place, r.made_at, n.number, n.code, n.what, n.area FROM recordings r
LEFT JOIN needs n ON n.recording = r.sid AND n.recording <> ''
WHERE r.kind = 'words' AND r.party <> '' AND r.status IN ('waiting', 'kept')
ORDER BY r.made_at DESC, r.sid LIMIT :room;

-- name: recordings
-- Every recording that is not forgotten, the newest first. May scan: a list of all of them. Sorts: by time.
SELECT * FROM recordings WHERE status <> 'forgotten' ORDER BY made_at DESC, sid LIMIT :room;

-- name: keep_voice
-- One piece is said in the community's own voice from now on.
INSERT INTO voices (language, piece, words, recording, kept_at) VALUES (:language, :piece, :words, :sid, :now)
ON CONFLICT (language, piece) DO UPDATE SET words = :words, recording = :sid, kept_at = :now;

-- name: forget_replaced
-- What that piece was said with before is to be forgotten.
UPDATE recordings SET status = 'forgetting', attempts = 0, due_at = :now, changed_at = :now
WHERE status IN ('waiting', 'kept') AND sid <> :sid
  AND sid IN (SELECT recording FROM voices WHERE language = :language AND piece = :piece);

-- name: own_file
-- A sound that came from a file and not from a call.
INSERT INTO recordings (sid, kind, status, told, place, made_at, changed_at)
VALUES (:sid, 'prompt', 'kept', 'file', :place, :now, :now);

-- name: voices
-- The community's own voice, the newest last: each piece, and where its sound is once we have it.
-- Sorts: a few hundred pieces, once a minute.
SELECT v.language, v.piece, v.words, r.status, r.place FROM voices v CROSS JOIN recordings r WHERE r.sid = v.recording
ORDER BY v.kept_at, v.language, v.piece;

-- name: is_voice
-- Whether a recording is a piece of the community's own voice.
SELECT 1 AS found FROM voices WHERE recording = :sid;

-- name: pin
-- What opens the coordinators' room, and how often a wrong one was tried.
SELECT hash, misses, missed_since FROM pins WHERE name = :name;

-- name: set_pin
-- A new one, with no misses.
INSERT INTO pins (name, hash) VALUES (:name, :hash)
ON CONFLICT (name) DO UPDATE SET hash = :hash, misses = 0, missed_since = 0;

-- name: pin_missed
-- A wrong one was tried.
UPDATE pins SET misses = :misses, missed_since = :since WHERE name = :name;

-- name: settle_flag
-- A person has looked.
UPDATE flags SET settled_at = :now, ring_at = NULL WHERE id = :id AND settled_at IS NULL;

-- name: open_needs
-- Everything that is not over, oldest first.
SELECT * FROM needs WHERE status IN ('draft', 'open', 'taken') ORDER BY created_at, number LIMIT :room;

-- name: want_ring
-- Somebody is to be rung; one whom we ring already is rung no later than that.
INSERT INTO rings (party, need, due_at, created_at, changed_at) VALUES (:party, :need, :due_at, :now, :now)
ON CONFLICT (party) WHERE status <> 'over' DO UPDATE
SET need = CASE WHEN excluded.need <> 0 THEN excluded.need ELSE rings.need END,
    due_at = CASE WHEN excluded.due_at < rings.due_at OR rings.status <> 'waiting' THEN excluded.due_at
                  ELSE rings.due_at END;

-- name: they_rang
-- Somebody for whom there is news calls us: the same as if they had picked up.
INSERT INTO rings (party, status, stage, human, sid, due_at, leased_until, created_at, changed_at)
VALUES (:party, 'ringing', '', 1, :sid, :now, :until, :now, :now)
ON CONFLICT (party) WHERE status <> 'over' DO UPDATE
SET status = 'ringing', human = 1, stage = '', misses = 0, sid = :sid, leased_until = :until, changed_at = :now
RETURNING *;

-- name: lease_ring
-- The worker takes the one who has waited longest to be rung.
UPDATE rings SET status = 'calling', lease = lease + 1, leased_until = :until, tried_at = :now, tries = tries + 1,
                 stage = '', human = 0, misses = 0, looks = 0, sid = ''
WHERE id IN (SELECT id FROM rings WHERE status = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT 1)
RETURNING *;

-- name: lease_doubtful_ring
-- A call of which nobody knows whether it was placed, or how it ended. It is looked up, never just placed again.
UPDATE rings SET lease = lease + 1, leased_until = :until
WHERE id IN (SELECT id FROM rings WHERE status IN ('calling', 'unknown', 'ringing') AND leased_until <= :now
             ORDER BY leased_until, id LIMIT 1)
RETURNING *;

-- name: ring
-- One call to somebody.
SELECT * FROM rings WHERE id = :id;

-- name: ring_of
-- The call that the carrier knows by this id.
SELECT id FROM rings WHERE sid = :sid AND status <> 'over';

-- name: keep_ring
-- How far a call got.
UPDATE rings SET status = :status, need = :need, stage = :stage, human = :human, misses = :misses, tries = :tries,
                 sid = :sid, reason = :reason, looks = :looks, due_at = :due_at, leased_until = :leased_until,
                 changed_at = :now
WHERE id = :id;

-- name: known_calls
-- Which of these calls of the carrier's we know.
SELECT sid FROM rings WHERE sid <> '' AND sid IN (SELECT value FROM json_each(:sids));

-- name: callback_of
-- The number that somebody left to be called back at, with the newest request that is not over.
SELECT callback FROM needs WHERE neighbor = :party AND callback <> '' AND status IN ('open', 'taken', 'done')
ORDER BY number DESC LIMIT 1;

-- name: party_of_ring
-- Whom a call is for; nothing is locked yet.
SELECT party FROM rings WHERE id = :id;

-- name: to_tell
-- What is to be told to somebody in a call, what matters most first.
SELECT * FROM outbox WHERE party = :party AND status = 'to_ring' ORDER BY priority, id;

-- name: tell_after_all
-- Somebody whom we rang in vain calls us: what they did not hear waits again.
UPDATE outbox SET status = 'to_ring', reason = '', ring = 0
WHERE party = :party AND status = 'failed' AND changed_at > :since
  AND reason IN ('no-answer', 'busy', 'failed', 'canceled', 'completed');

-- name: being_told
-- It is being told in this call.
UPDATE outbox SET ring = :ring, changed_at = :now WHERE id = :id AND status = 'to_ring';

-- name: untell
-- A call begins: what an earlier one did not tell to its end is told from its beginning.
UPDATE outbox SET ring = 0 WHERE ring = :ring AND ring <> 0 AND status = 'to_ring';

-- name: told
-- Somebody has heard it.
UPDATE outbox SET status = 'sent', reason = 'by phone', changed_at = :now WHERE ring = :ring AND ring <> 0 AND status = 'to_ring';

-- name: told_in
-- What was told in a call, to be said once more. Sorts: the news of one call.
SELECT * FROM outbox WHERE ring = :ring AND ring <> 0 AND status = 'sent' ORDER BY priority, id;

-- name: not_told
-- What can not be told in a call any more.
UPDATE outbox SET status = :status, reason = :reason, changed_at = :now WHERE id = :id AND status = 'to_ring';

-- name: steps_of_calls
-- The steps of calls that somebody took lately.
SELECT id FROM inbound WHERE party = :party AND received_at > :since AND channel = 'voice';

-- name: is_over
-- Whether a call has ended.
SELECT 1 AS so FROM calls WHERE sid = :sid;

-- name: keys_of
-- What was pressed at one step of a call.
SELECT words FROM inbound WHERE id = :id;

-- name: reach_by
-- Whether somebody wants calls, and what may be said in them; '' leaves what was said before.
UPDATE people SET calls = :calls, say_who = CASE WHEN :say_who <> '' THEN :say_who ELSE say_who END,
                  leave_word = CASE WHEN :leave_word <> '' THEN :leave_word ELSE leave_word END
WHERE phone = :phone;

-- name: can_text
-- A text came from this number.
UPDATE people SET can_text = 1 WHERE phone = :phone;

-- name: rest
-- No more calls to this person until then, but for those they ask for.
UPDATE people SET no_calls_until = :until WHERE phone = :phone;

-- name: beats_ahead
-- The beats of a clock that ran ahead.
SELECT beat_at FROM beats WHERE beat_at > :now AND worker NOT LIKE 'web-%' ORDER BY worker;

-- name: set_back_beats
-- From here on the clock counts as set back.
UPDATE beats SET beat_at = :now WHERE beat_at > :now;

-- name: set_back_outbox
-- What was put off in the wrong time waits as long as was meant; a lease holds as long as was meant. May scan: a clock was set back, which is rare.
UPDATE outbox SET
  due_at = due_at - CASE WHEN changed_at > :now THEN :step ELSE 0 END,
  expires_at = expires_at - CASE WHEN created_at > :now THEN :step ELSE 0 END,
  leased_until = leased_until - CASE WHEN leased_until > :now THEN :step ELSE 0 END,
  tried_at = tried_at - CASE WHEN tried_at > :now THEN :step ELSE 0 END,
  created_at = created_at - CASE WHEN created_at > :now THEN :step ELSE 0 END,
  changed_at = changed_at - CASE WHEN changed_at > :now THEN :step ELSE 0 END
WHERE changed_at > :now OR status IN ('sending', 'unknown');

-- name: set_back_needs
-- The same; what was put off for a night by the wrong time is looked at now, since it may not be night. May scan: a clock was set back, which is rare.
UPDATE needs SET
  look_at = CASE WHEN look_at - changed_at > 3600 THEN :now ELSE look_at - :step END,
  check_at = check_at - :step,
  paused_until = paused_until - :step,
  doubt_at = doubt_at - :step,
  asked_since = asked_since - CASE WHEN asked_since > :now THEN :step ELSE 0 END,
  created_at = created_at - CASE WHEN created_at > :now THEN :step ELSE 0 END,
  changed_at = changed_at - :step
WHERE changed_at > :now;

-- name: set_back_recordings
-- What is to be fetched or forgotten is tried now; what was kept in the wrong time stays as long as was meant.
UPDATE recordings SET
  due_at = CASE WHEN status IN ('waiting', 'forgetting') THEN :now ELSE due_at - :step END,
  made_at = made_at - CASE WHEN made_at > :now THEN :step ELSE 0 END,
  changed_at = changed_at - CASE WHEN changed_at > :now THEN :step ELSE 0 END
WHERE due_at IS NOT NULL AND (status IN ('waiting', 'forgetting') OR changed_at > :now);

-- name: set_back_rings
-- Whom to ring, and when, as for what is written.
UPDATE rings SET
  due_at = due_at - CASE WHEN changed_at > :now THEN :step ELSE 0 END,
  leased_until = leased_until - CASE WHEN leased_until > :now THEN :step ELSE 0 END,
  tried_at = tried_at - CASE WHEN tried_at > :now THEN :step ELSE 0 END,
  created_at = created_at - CASE WHEN created_at > :now THEN :step ELSE 0 END,
  changed_at = changed_at - CASE WHEN changed_at > :now THEN :step ELSE 0 END
WHERE status <> 'over' AND (changed_at > :now OR leased_until IS NOT NULL);

-- name: set_back_sender
-- The sender's rate is counted on, and it is held no longer than was meant.
UPDATE sender SET counted_at = counted_at - CASE WHEN counted_at > :now THEN :step ELSE 0 END,
                  held_until = held_until - CASE WHEN held_until > :now THEN :step ELSE 0 END;

-- name: set_back_marks
-- In the wrong time the carrier was asked about an hour that had not come: the last day is looked through once more.
UPDATE marks SET at = :now - 86400 WHERE at > :now;

-- name: set_back_people
-- Who came, was heard and was asked in the wrong time. May scan: a clock was set back, which is rare.
UPDATE people SET
  created_at = created_at - CASE WHEN created_at > :now THEN :step ELSE 0 END,
  asked_at = asked_at - CASE WHEN asked_at > :now THEN :step ELSE 0 END,
  heard_at = heard_at - CASE WHEN heard_at > :now THEN :step ELSE 0 END,
  recent_since = recent_since - CASE WHEN recent_since > :now THEN :step ELSE 0 END
WHERE created_at > :now OR asked_at > :now OR heard_at > :now OR recent_since > :now;

-- name: set_back_alerts
-- Questions of the wrong time are no newer than those that come after it. May scan: a clock was set back, which is rare.
UPDATE alerts SET sent_at = sent_at - :step WHERE sent_at > :now;

-- name: set_back_inbound
-- What came in the wrong time did not come in the last minutes.
UPDATE inbound SET received_at = received_at - :step WHERE received_at > :now;

-- name: set_back_deliveries
-- What became of texts of the wrong time is asked for as soon as of others.
UPDATE deliveries SET changed_at = changed_at - :step WHERE changed_at > :now AND rank < 4;
-- name: lock_people
-- SQLite has one writer: whoever decides has everything locked.

-- name: waiting_needs
-- What nobody has taken, oldest first; what was begun counts once nothing more was heard of it.
SELECT * FROM needs
WHERE status IN ('draft', 'open', 'taken') AND (status = 'open' OR (status = 'draft' AND changed_at < :quiet_since))
ORDER BY created_at, number LIMIT :room;

-- name: waiting_flags
-- What waits for a person's word, the newest first; needs that nobody has are listed as what they are.
SELECT f.*, n.code FROM flags f LEFT JOIN needs n ON n.number = f.about
WHERE f.settled_at IS NULL AND f.why NOT IN ('nobody_yet', 'dropped_twice')
ORDER BY f.raised_at DESC, f.id DESC LIMIT :room;

-- name: flags_looked_at
-- A coordinator reads what is flagged about a person: nobody is rung for it.
UPDATE flags SET ring_at = NULL WHERE party = :party AND ring_at IS NOT NULL AND settled_at IS NULL;

-- name: flag_told_since
-- Why coordinators were texted about somebody, the last time since then.
SELECT why FROM flags WHERE party = :party AND told_at > :since ORDER BY told_at DESC, id DESC LIMIT 1;

-- name: flag_called_since
-- Whether somebody asked for a person or named a danger since then.
SELECT 1 AS so FROM flags
WHERE party = :party AND why IN ('wants_a_person', 'message', 'emergency', 'maybe_danger') AND settled_at IS NULL
  AND raised_at > :since LIMIT 1;

-- name: misread
-- What coordinators said was read wrongly. May scan: a command asks for it. Sorts: the same.
SELECT words FROM flags WHERE why = 'misread' ORDER BY raised_at, id;

-- name: flag_told
-- Coordinators are texted about it.
UPDATE flags SET told_at = :now WHERE id = :id;

-- name: flag_rings
-- One of them is rung later, unless somebody looks before.
UPDATE flags SET ring_at = :at WHERE id = :id;

-- name: take_flag_to_ring
-- Nobody has looked, and nobody else rings about it.
UPDATE flags SET ring_at = NULL WHERE id = :id AND ring_at <= :now AND settled_at IS NULL;

-- name: flag_rung
-- A coordinator is rung about it.
UPDATE flags SET rung_at = :now WHERE id = :id;

-- name: flag_rung_since
-- Whether a coordinator was rung about somebody since then.
SELECT 1 AS so FROM flags WHERE party = :party AND rung_at > :since LIMIT 1;

-- name: on_call
-- Until when coordinators said that they are on call. May scan: a few rows.
SELECT phone, until FROM on_call;

-- name: say_on_call
-- A coordinator says so, or that they are not.
INSERT INTO on_call (phone, until) VALUES (:phone, :until) ON CONFLICT (phone) DO UPDATE SET until = :until;

-- name: set_back_flags
-- What coordinators were told and rung about in the wrong time. May scan: a clock was set back, which is rare.
UPDATE flags SET
  ring_at = CASE WHEN raised_at > :now THEN ring_at - :step ELSE ring_at END,
  told_at = told_at - CASE WHEN told_at > :now THEN :step ELSE 0 END,
  rung_at = rung_at - CASE WHEN rung_at > :now THEN :step ELSE 0 END
WHERE ring_at IS NOT NULL OR told_at > :now OR rung_at > :now;

-- name: next_flag_to_ring
-- What nobody has looked at for too long, the oldest first.
SELECT f.*, n.code FROM flags f LEFT JOIN needs n ON n.number = f.about
WHERE f.ring_at <= :now ORDER BY f.ring_at, f.id LIMIT 1;

-- name: asked_about
-- How many were asked about a need.
SELECT COUNT(DISTINCT volunteer) AS people FROM alerts WHERE need = :number;

-- name: said_lately
-- The last things that were said about a need, the newest first.
SELECT r.writer, r.words, r.said_at, p.name FROM relayed r LEFT JOIN people p ON p.phone = r.writer
WHERE r.need = :number ORDER BY r.id DESC LIMIT :room;

-- name: team_said
-- Words of the team's to the neighbor, with the row of the outbox that has just been put there to carry them.
INSERT INTO relayed (need, writer, reader, words, outbox, said_at)
SELECT :number, :writer, :reader, :words, MAX(id), CAST(:now AS DOUBLE PRECISION)
FROM outbox WHERE about = :number AND party = :reader;

-- name: who_wrote
-- Who wrote to this person about this need lately. Sorts: the writers about one need.
SELECT DISTINCT writer FROM relayed WHERE need = :number AND reader = :reader AND said_at > :since;

-- name: close
-- A coordinator ends a need; one that was cancelled does not come again.
UPDATE needs SET status = :status, look_at = NULL, check_at = NULL, changed_at = :now,
                 again_at = CASE WHEN :status = 'cancelled' THEN NULL ELSE again_at END
WHERE number = :number AND status IN ('draft', 'open', 'taken');

-- name: close_claims
-- Nobody has it any more.
UPDATE claims SET ended_at = :now, outcome = :outcome WHERE need = :number AND ended_at IS NULL;

-- name: note
-- Something for the record that nobody has to look at.
INSERT INTO flags (why, party, words, about, raised_at, settled_at) VALUES (:why, :party, :words, :about, :now, :now);

-- name: settle_flags_about
-- A person has looked at everything about a need.
UPDATE flags SET settled_at = :now, ring_at = NULL WHERE about = :number AND settled_at IS NULL;

-- name: settle_waiting
-- A need that nobody had is seen to.
UPDATE flags SET settled_at = :now
WHERE about = :number AND settled_at IS NULL AND why IN ('nobody_yet', 'dropped_twice');

-- name: settle_flags_why
-- A person has looked at what was said about a need for this reason.
UPDATE flags SET settled_at = :now, ring_at = NULL WHERE about = :number AND why = :why AND settled_at IS NULL;

-- name: settle_flags_of
-- A person has looked at what was said about someone.
UPDATE flags SET settled_at = :now, ring_at = NULL WHERE party = :phone AND why = :why AND settled_at IS NULL;

-- name: written_last
-- What was last written to someone about a request of theirs that is not over.
SELECT r.need, r.writer FROM relayed r JOIN needs n ON n.number = r.need
WHERE r.reader = :phone AND r.said_at > :since AND r.held = 0 AND n.neighbor = :phone AND n.status IN ('draft', 'open', 'taken')
ORDER BY r.said_at DESC LIMIT 1;

-- name: danger_raised
-- Somebody speaks of danger; one case for each person and need, whose level only grows.
INSERT INTO dangers (party, need, level, words, raised_at, look_at)
VALUES (:party, :need, :level, :words, :now, :look_at)
ON CONFLICT (party, need) WHERE settled_at IS NULL DO UPDATE
SET level = CASE WHEN dangers.level = 'certain' THEN 'certain' ELSE excluded.level END,
    look_at = CASE WHEN dangers.seen_at IS NULL AND (dangers.level = excluded.level OR dangers.level = 'certain')
                   THEN dangers.look_at ELSE excluded.look_at END,
    raised_at = CASE WHEN dangers.seen_at IS NULL THEN dangers.raised_at ELSE excluded.raised_at END,
    seen_at = NULL
RETURNING *;

-- name: danger_told_since
-- Whether coordinators heard of danger from this number since then.
SELECT MAX(CASE WHEN told_at > :since THEN 1 ELSE 0 END) AS told,
       MAX(CASE WHEN alarmed_at > :since THEN 1 ELSE 0 END) AS alarmed
FROM dangers WHERE party = :party;

-- name: danger_told
-- Coordinators hear of it.
UPDATE dangers SET told_at = :now, alarmed_at = CASE WHEN :certain = 1 THEN :now ELSE alarmed_at END WHERE id = :id;

-- name: danger_grew
-- Nobody answered whether there is danger: that counts as a yes.
UPDATE dangers SET level = 'certain', look_at = :look_at WHERE id = :id;

-- name: danger_look_again
-- When it is looked after next.
UPDATE dangers SET look_at = :look_at WHERE id = :id;

-- name: danger_seen
-- A coordinator has looked.
UPDATE dangers SET seen_at = :now, look_at = :look_at WHERE id = :id;

-- name: open_dangers_of
-- All that one person spoke of and nobody has settled.
SELECT * FROM dangers WHERE party = :party AND settled_at IS NULL ORDER BY need;

-- name: open_dangers_about
-- All that was said about a need and nobody has settled. Sorts: a few.
SELECT * FROM dangers WHERE need = :need AND settled_at IS NULL ORDER BY id;

-- name: dangers_of
-- What one person spoke of and nobody has settled.
SELECT * FROM dangers WHERE party = :party AND level = :level AND settled_at IS NULL ORDER BY need;

-- name: next_danger
-- The danger that has waited longest to be looked after.
SELECT * FROM dangers WHERE look_at <= :now ORDER BY look_at, id LIMIT 1;

-- name: danger_still_due
-- Whether it is still to be looked after, now that everything is locked.
SELECT * FROM dangers WHERE id = :id AND look_at <= :now;

-- name: settle_danger
-- Nobody is in danger, or a person has looked.
UPDATE dangers SET settled_at = :now, look_at = NULL WHERE id = :id AND settled_at IS NULL;

-- name: settle_dangers_about
-- A person has looked at all that was said about a need.
UPDATE dangers SET settled_at = :now, look_at = NULL WHERE need = :need AND settled_at IS NULL;

-- name: danger_named
-- Whether danger was certain about a need.
SELECT 1 AS so FROM dangers WHERE need = :need AND level = 'certain' LIMIT 1;

-- name: hold_need
-- No volunteer is asked before a person has looked.
UPDATE needs SET held_since = COALESCE(held_since, :now) WHERE number = :number AND status IN ('draft', 'open');

-- name: let_need_go
-- Volunteers are asked from now on.
UPDATE needs SET held_since = NULL, look_at = CASE WHEN status = 'open' THEN :now ELSE look_at END,
                 asked_since = CASE WHEN status = 'open' THEN :now ELSE asked_since END
WHERE number = :number AND held_since IS NOT NULL;

-- name: hold_words
-- What one side wrote, and the other does not get before a person has looked.
INSERT INTO relayed (need, writer, reader, words, outbox, held, said_at)
VALUES (:number, :writer, :reader, :words, 0, 1, :now);

-- name: held_words
-- What waits for a person's word about a need, oldest first.
SELECT r.id, r.need, r.writer, r.reader, r.words, r.said_at, p.name FROM relayed r
LEFT JOIN people p ON p.phone = r.writer WHERE r.need = :number AND r.held = 1 ORDER BY r.id;

-- name: pass_held
-- Words that a person let go: the row that carries them is known.
UPDATE relayed SET held = 0, outbox = :outbox WHERE id = :id;

-- name: held_of
-- About which needs words of this person are held.
SELECT need FROM relayed WHERE writer = :phone AND held = 1;

-- name: put_to_ring
-- Something that is told in a call, and not written.
INSERT INTO outbox (party, prompt, about, priority, any_hour, status, due_at, expires_at, created_at, changed_at)
VALUES (:party, :prompt, :about, :priority, 1, 'to_ring', :now, :expires_at, :now, :now);

-- name: set_back_dangers
-- Who spoke of danger, as for what is to be done. May scan: a clock was set back, which is rare.
UPDATE dangers SET
  raised_at = raised_at - CASE WHEN raised_at > :now THEN :step ELSE 0 END,
  told_at = told_at - CASE WHEN told_at > :now THEN :step ELSE 0 END,
  alarmed_at = alarmed_at - CASE WHEN alarmed_at > :now THEN :step ELSE 0 END,
  seen_at = seen_at - CASE WHEN seen_at > :now THEN :step ELSE 0 END,
  look_at = CASE WHEN raised_at > :now THEN look_at - :step ELSE look_at END
WHERE settled_at IS NULL OR raised_at > :now;

-- name: page_of_needs
-- The end of the next page of needs that are over.
SELECT changed_at AS at FROM needs
WHERE status IN ('done', 'cancelled', 'expired') AND changed_at > :since AND changed_at <= :before
ORDER BY changed_at LIMIT 1 OFFSET :room;

-- name: forget_words
-- What was said about needs that are over for long; not about one that comes again.
UPDATE needs SET words = '', details = '', callback = ''
WHERE status IN ('done', 'cancelled', 'expired') AND changed_at > :since AND changed_at <= :until AND again_at IS NULL;

-- name: forget_relayed
-- What the two sides of such needs wrote to each other.
UPDATE relayed SET words = ''
WHERE need IN (SELECT number FROM needs WHERE status IN ('done', 'cancelled', 'expired')
               AND changed_at > :since AND changed_at <= :until);

-- name: forget_flagged
-- What a person was shown about such needs.
UPDATE flags SET words = ''
WHERE about IN (SELECT number FROM needs WHERE status IN ('done', 'cancelled', 'expired')
                AND changed_at > :since AND changed_at <= :until);

-- name: forget_dangers
-- What was said about danger in such needs.
UPDATE dangers SET words = ''
WHERE need IN (SELECT number FROM needs WHERE status IN ('done', 'cancelled', 'expired')
               AND changed_at > :since AND changed_at <= :until);

-- name: forget_neighbors
-- Whose such needs were, and who helped.
UPDATE needs SET neighbor = '', takers = '', helped = '', first_choice = ''
WHERE status IN ('done', 'cancelled', 'expired') AND changed_at > :since AND changed_at <= :until AND again_at IS NULL;

-- name: drop_relayed
-- Who wrote to whom about them.
DELETE FROM relayed
WHERE need IN (SELECT number FROM needs WHERE status IN ('done', 'cancelled', 'expired')
               AND changed_at > :since AND changed_at <= :until);

-- name: drop_alerts
-- Who was asked about them.
DELETE FROM alerts
WHERE need IN (SELECT number FROM needs WHERE status IN ('done', 'cancelled', 'expired')
               AND changed_at > :since AND changed_at <= :until);

-- name: drop_claims
-- Who had them.
DELETE FROM claims
WHERE need IN (SELECT number FROM needs WHERE status IN ('done', 'cancelled', 'expired')
               AND changed_at > :since AND changed_at <= :until);

-- name: forget_flaggers
-- Of whom a person was told about them.
UPDATE flags SET party = ''
WHERE about IN (SELECT number FROM needs WHERE status IN ('done', 'cancelled', 'expired')
                AND changed_at > :since AND changed_at <= :until);

-- name: page_of_flags
-- The end of the next page of notes about no need.
SELECT raised_at AS at FROM flags WHERE about < 1 AND raised_at > :since AND raised_at <= :before
ORDER BY raised_at LIMIT 1 OFFSET :room;

-- name: forget_other_words
-- What was said in them.
UPDATE flags SET words = '' WHERE about < 1 AND raised_at > :since AND raised_at <= :until;

-- name: page_of_inbound
-- The end of the next page of what came in.
SELECT received_at AS at FROM inbound WHERE received_at > :since AND received_at <= :before
ORDER BY received_at LIMIT 1 OFFSET :room;

-- name: forget_inbound
-- What came in long ago, and from whom. Its id stays: a repeat, however late, changes nothing.
UPDATE inbound SET party = '', words = '', body = '', answer = CASE WHEN answer IS NULL THEN NULL ELSE '' END
WHERE received_at > :since AND received_at <= :until;

-- name: page_of_outbox
-- The end of the next page of what went out.
SELECT changed_at AS at FROM outbox WHERE changed_at > :since AND changed_at <= :before
ORDER BY changed_at LIMIT 1 OFFSET :room;

-- name: drop_deliveries
-- What became of them at the carrier.
DELETE FROM deliveries
WHERE outbox IN (SELECT id FROM outbox WHERE changed_at > :since AND changed_at <= :until
                 AND status IN ('sent', 'dropped', 'failed'));

-- name: drop_outbox
-- What went out long ago, or never will.
DELETE FROM outbox
WHERE changed_at > :since AND changed_at <= :until AND status IN ('sent', 'dropped', 'failed');

-- name: page_of_rings
-- The end of the next page of calls that we made.
SELECT changed_at AS at FROM rings WHERE status = 'over' AND changed_at > :since AND changed_at <= :before
ORDER BY changed_at LIMIT 1 OFFSET :room;

-- name: drop_rings
-- Whom we rang long ago.
DELETE FROM rings WHERE status = 'over' AND changed_at > :since AND changed_at <= :until;

-- name: page_of_people
-- The end of the next page of people whom we have known for long.
SELECT created_at AS at FROM people WHERE created_at > :since AND created_at <= :before
ORDER BY created_at LIMIT 1 OFFSET :room;

-- name: gone_people
-- Those of them who were not heard of since then.
-- Whoever wants no texts, or is blocked, stays: else they would be texted again.
SELECT p.phone FROM people p
WHERE p.created_at > :since AND p.created_at <= :until AND COALESCE(p.heard_at, p.created_at) <= :before
  AND p.opted_out_at IS NULL AND p.blocked = 0
  AND NOT EXISTS (SELECT 1 FROM needs n WHERE n.neighbor = p.phone
                  AND n.status IN ('draft', 'open', 'taken'))
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.volunteer = p.phone AND c.ended_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.party = p.phone
                  AND o.status IN ('waiting', 'sending', 'unknown'));

-- name: drop_volunteer
-- That somebody gives.
DELETE FROM volunteers WHERE phone = :phone;

-- name: drop_person
-- That we knew somebody.
DELETE FROM people WHERE phone = :phone;

-- name: old_said
-- Needs that are over for long, and what was said about them is still here. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM needs WHERE status IN ('done', 'cancelled', 'expired') AND changed_at <= :before
  AND (words <> '' OR details <> '' OR callback <> '') AND again_at IS NULL;

-- name: old_asked
-- Needs that are over for long, and whose they were is still here. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM needs WHERE status IN ('done', 'cancelled', 'expired') AND changed_at <= :before
  AND neighbor <> '' AND again_at IS NULL;

-- name: old_other_words
-- Old notes about no need. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM flags WHERE about = 0 AND raised_at <= :before AND words <> '';

-- name: old_texts_in
-- What came in long ago. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM inbound WHERE received_at <= :before AND party <> '';

-- name: old_texts_out
-- What went out long ago. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM outbox WHERE changed_at <= :before AND status IN ('sent', 'dropped', 'failed');

-- name: old_calls_made
-- Calls that we made long ago. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM rings WHERE status = 'over' AND changed_at <= :before;

-- name: old_people
-- Who was not heard of for long. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM people p WHERE COALESCE(p.heard_at, p.created_at) <= :before
  AND p.opted_out_at IS NULL AND p.blocked = 0
  AND NOT EXISTS (SELECT 1 FROM needs n WHERE n.neighbor = p.phone
                  AND n.status IN ('draft', 'open', 'taken'))
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.volunteer = p.phone AND c.ended_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.party = p.phone
                  AND o.status IN ('waiting', 'sending', 'unknown'));
