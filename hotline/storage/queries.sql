-- Every statement, under its name, with what it is for. Both databases run them; what must differ stands in
-- postgres.sql under the same name. A part stands wherever its name does in { }; what the tables of sharing are asked alike
-- stands in shared.sql.

-- name: receive
-- The first thing done with anything that comes in: a repeat changes no row.
INSERT INTO inbound (id, party, channel, words, body, received_at)
SELECT :id, :party, :channel, :words, :body, :now WHERE NOT EXISTS (SELECT 1 FROM inbound WHERE id = :hashed)
ON CONFLICT (id) DO NOTHING;

-- name: answer_given
-- What a repeat is answered with.
SELECT answer FROM inbound WHERE id IN (:id, :hashed);

-- name: give_answer
-- Keeps the answer with what it answers, what it cost, and whether it led anywhere.
UPDATE inbound SET answer = :answer, segments = :segments, fruitless = :fruitless WHERE id = :id;

-- name: person
-- Who speaks, with their place in the conversation.
SELECT p.phone, p.language, p.name, p.area, p.can_text, p.opted_out_at, p.session, p.turn, p.asked_at, p.heard_at,
       p.blocked, p.introduced, p.recent, p.recent_since, p.calls, p.say_who, p.leave_word, p.rung_instead,
       p.stop_asked, p.disowned_at, p.invited_at, p.listens, v.status AS gives, {has} AS has
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone
WHERE p.phone = :phone;

-- part: has
-- The tables in which a person p has something that is not over: most have nothing, and nothing of it is asked then.
-- What they lend no more may be with somebody still.
CASE WHEN EXISTS (SELECT 1 FROM claims c WHERE c.volunteer = p.phone AND c.ended_at IS NULL)
     THEN 'claims ' ELSE '' END
|| CASE WHEN EXISTS (SELECT 1 FROM tools t JOIN loans l ON l.tool = t.number
                     WHERE t.lender = p.phone AND l.ended_at IS NULL) THEN 'lent ' ELSE '' END
|| CASE WHEN EXISTS (SELECT 1 FROM daily_rings d WHERE d.phone = p.phone) THEN 'daily_rings ' ELSE '' END
|| CASE WHEN EXISTS (SELECT 1 FROM ring_contacts r WHERE r.contact = p.phone AND r.consent <> 'no')
        THEN 'ring_contacts ' ELSE '' END
|| CASE WHEN EXISTS (SELECT 1 FROM ring_sign_ups u WHERE u.phone = p.phone) THEN 'ring_sign_ups ' ELSE '' END
|| CASE WHEN EXISTS (SELECT 1 FROM broadcast_people b WHERE b.phone = p.phone) THEN 'broadcast_people ' ELSE '' END
{and_has}

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

-- name: heard_lately
-- What came of a person since then.
SELECT id, words, received_at FROM inbound WHERE party = :phone AND received_at > :since;

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

-- name: newcomer_has
-- The same of somebody of whom there was no row until now.
SELECT {has} AS has FROM (SELECT CAST(:phone AS TEXT) AS phone) p;

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
WHERE a.volunteer = :phone AND a.answer = 'stood_down' AND a.wave > 0 AND a.sent_at > :since
ORDER BY a.sent_at DESC LIMIT 1;

-- name: need
-- One need by its number.
SELECT * FROM needs WHERE number = :number;

-- name: needs_of_code
-- What has this code, and what had it before. Sorts: the few that had one code, each at least some months.
SELECT * FROM needs WHERE code = :code
ORDER BY CASE WHEN status IN ('draft', 'open', 'taken') THEN 0 ELSE 1 END, number DESC LIMIT :room;

-- name: under_code
-- The tables in which something has, or had, this code.
SELECT 'needs' AS kind WHERE EXISTS (SELECT 1 FROM needs n WHERE n.code = :code)
{or_under_code};

-- name: code_of_another
-- Whether the code of something that is over was given to another since.
SELECT 1 AS so FROM needs mine JOIN needs other ON other.code = mine.code
WHERE mine.number = :number AND other.number <> mine.number
  AND (other.status IN ('draft', 'open', 'taken') OR other.changed_at > mine.changed_at)
{coded_since}
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
UPDATE codes SET freed_at = COALESCE((SELECT MAX(at) FROM (
    SELECT n.changed_at AS at FROM needs n WHERE n.code = codes.code
    {had_the_code}) AS had), 0)
WHERE code IN (SELECT c.code FROM codes c
               WHERE c.freed_at IS NULL
                 AND NOT EXISTS (SELECT 1 FROM needs n
                                 WHERE n.code = c.code
                                   AND (n.status IN ('draft', 'open', 'taken') OR n.changed_at > :before))
                 {nor_has_the_code});

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
INSERT INTO needs (neighbor, code, words, what, area, details, recording, besides, check_at, created_at, changed_at)
VALUES (:phone, :code, :words, :what, :area, :details, :recording, :besides, :check_at, :now, :now) RETURNING number;

-- name: add_words
-- More words for a draft; they join what a helper should know, where that would hide them.
UPDATE needs SET words = words || :words, changed_at = :now,
                 details = CASE WHEN details = '' THEN details ELSE details || :words END
WHERE number = :number AND status = 'draft';

-- name: fill_draft
-- What has been answered so far: a form that breaks off is still on the board. What was spoken stays.
UPDATE needs SET what = :what, area = :area, details = :details, besides = :besides, changed_at = :now,
                 recording = CASE WHEN CAST(:recording AS TEXT) = '' THEN recording ELSE CAST(:recording AS TEXT) END
WHERE number = :number AND status = 'draft';

-- name: keep_spoken
-- What was spoken before another recording takes its place: both are heard.
INSERT INTO spoken_before (need, recording)
SELECT number, recording FROM needs WHERE number = :number AND recording <> '' AND recording <> :recording
ON CONFLICT (need, recording) DO NOTHING;

-- name: spoken_before
-- The recordings about a need that were there before its last one.
SELECT recording FROM spoken_before WHERE need = :number ORDER BY recording;

-- name: copy_spoken
-- Next week's need has all that was spoken about this one.
INSERT INTO spoken_before (need, recording)
SELECT CAST(:made AS INTEGER), recording FROM spoken_before WHERE need = :number
ON CONFLICT (need, recording) DO NOTHING;

-- name: fill_by_hand
-- What a form knows besides that a coordinator fills in.
UPDATE needs SET callback = :callback, urgent = :urgent, due = :due, starts_at = :starts_at, ends_at = :ends_at
WHERE number = :number AND status = 'draft';

-- name: record
-- A draft becomes an open need, to be looked at now.
UPDATE needs SET status = 'open', what = :what, area = :area, details = :details, besides = '',
                 recording = CASE WHEN CAST(:recording AS TEXT) = '' THEN recording ELSE CAST(:recording AS TEXT) END,
                 callback = :callback, urgent = :urgent, every = :every, wanted = :wanted,
                 due = :due, starts_at = :starts_at, ends_at = :ends_at,
                 asked_since = :now, look_at = :now, changed_at = :now
WHERE number = :number AND status = 'draft';

-- name: take
-- The claim: it changes one row or none.
UPDATE needs SET helpers = helpers + 1, takers = TRIM(takers || ' ' || :phone), changed_at = :now,
                 status = CASE WHEN helpers + 1 >= wanted THEN 'taken' ELSE status END,
                 look_at = CASE WHEN helpers + 1 >= wanted THEN NULL ELSE look_at END
WHERE number = :number AND status = 'open' RETURNING *;

-- name: claim
-- Who has a need, from when.
INSERT INTO claims (need, volunteer, taken_at) VALUES (:number, :phone, :now);

-- name: answer_alert
-- What a volunteer said to an alert.
UPDATE alerts SET answer = :answer, ended_at = :now WHERE need = :number AND volunteer = :phone AND answer IS NULL;

-- name: give_back
-- A need is free again; the next people are asked now, unless asking is put off.
-- What began as an ask for an offer comes here by a coordinator alone: it is a request like any other from then on.
UPDATE needs SET helpers = helpers - 1, takers = TRIM(REPLACE(' ' || takers || ' ', ' ' || :phone || ' ', ' ')),
                 status = 'open', asked_since = :now, escalated_at = NULL, changed_at = :now,
                 look_at = CASE WHEN paused_until > :now THEN paused_until ELSE :now END,
                 drops = drops + 1, coming_at = NULL, doubted_by = '', doubt_at = NULL, gift = 0, loan = 0
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
WHERE about = :number AND priority = 3 AND status IN ('waiting', 'to_ring') RETURNING party, created_at;

-- name: tell_the_others
-- One line for everyone who was asked about a need and has not answered.
-- Not for those whose question never left, nor for those whose text offered another one that is still open.
-- Sorts: those who were asked about one need.
INSERT INTO outbox (party, prompt, about, priority, due_at, created_at, changed_at)
SELECT DISTINCT a.volunteer, CAST(:prompt AS TEXT), a.need, 2, CAST(:now AS DOUBLE PRECISION),
       CAST(:now AS DOUBLE PRECISION), CAST(:now AS DOUBLE PRECISION)
FROM alerts a
WHERE a.need = :number AND a.answer IS NULL AND a.volunteer <> :phone
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.about = a.need AND o.party = a.volunteer
                  AND o.created_at = a.sent_at AND o.status = 'dropped')
  AND NOT EXISTS (SELECT 1 FROM alerts b JOIN needs n ON n.number = b.need
                  WHERE b.volunteer = a.volunteer AND b.sent_at = a.sent_at AND b.answer IS NULL AND n.status = 'open'
                  AND (b.beside = a.need OR b.need = a.beside OR (b.beside = a.beside AND b.beside <> 0))
                  AND b.need <> a.need)
ORDER BY a.volunteer;

-- name: stand_down
-- Nobody waits for an answer to these any more.
UPDATE alerts SET answer = 'stood_down', ended_at = :now WHERE need = :number AND answer IS NULL;

-- name: put
-- Something to be said to someone.
INSERT INTO outbox (party, prompt, about, priority, any_hour, due_at, expires_at, created_at, changed_at)
VALUES (:party, :prompt, :about, :priority, :any_hour, :due_at, :expires_at, :now, :now) RETURNING id;

-- name: flag
-- A person should look.
INSERT INTO flags (why, party, words, about, recording, raised_at)
VALUES (:why, :party, :words, :about, :recording, :now) RETURNING id;

-- name: check
-- When to look after a need, and how often nothing was heard of it by then.
UPDATE needs SET check_at = :check_at, checks = :checks WHERE number = :number;

-- name: next_to_check
-- The need that has waited longest to be looked after.
SELECT number AS id, neighbor AS party, number AS about FROM needs
WHERE check_at <= :now ORDER BY check_at, number LIMIT 1;

-- name: still_due
-- Whether it is still to be looked after, now that everything is locked.
SELECT * FROM needs WHERE number = :number AND check_at <= :now;

-- name: next_again
-- A weekly need whose next one is to be made.
SELECT number AS id, neighbor AS party, number AS about FROM needs
WHERE again_at <= :now ORDER BY again_at, number LIMIT 1;

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

-- name: done_since
-- How many things were done since then: requests, what was offered and handed on, what was lent and came back.
SELECT COUNT(*) AS done FROM (
  SELECT 1 AS one FROM needs
  WHERE status IN ('done', 'cancelled', 'expired') AND status = 'done' AND changed_at >= :since LIMIT :most
) AS counted;

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
                 asked_since = CASE WHEN what <> :what OR area <> :area THEN :now ELSE asked_since END,
                 escalated_at = CASE WHEN what <> :what OR area <> :area THEN NULL ELSE escalated_at END,
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
SELECT number AS id, neighbor AS party, number AS about FROM needs
WHERE doubt_at <= :now ORDER BY doubt_at, number LIMIT 1;

-- name: still_in_doubt
-- Whether it is still so, now that everything is locked.
SELECT * FROM needs WHERE number = :number AND doubt_at <= :now;

-- name: next_stop_asked
-- Who was asked whether all texts end, and has said nothing for longest.
SELECT phone AS id, phone AS party, 0 AS about FROM people
WHERE stop_asked = 1 AND asked_at <= :now ORDER BY asked_at, phone LIMIT 1;

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

-- name: invited
-- They were invited to give something of their own.
UPDATE people SET invited_at = :now WHERE phone = :phone AND invited_at IS NULL;

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
                                  status = CASE WHEN volunteers.status IN ('left', 'invited') THEN :status ELSE volunteers.status END;

-- name: clear_offers
-- Before what a volunteer gives is written anew.
DELETE FROM offers WHERE phone = :phone;

-- name: offer
-- One need in one area that a volunteer gives.
INSERT INTO offers (what, area, language, phone, asked_at)
SELECT :what, :area, p.language, v.phone,
       CASE WHEN v.paused_until > v.asked_at THEN v.paused_until ELSE v.asked_at END + CAST(:lot AS DOUBLE PRECISION)
FROM volunteers v JOIN people p ON p.phone = v.phone WHERE v.phone = :phone;

-- name: approve
-- A coordinator says yes to a volunteer.
UPDATE volunteers SET status = 'active' WHERE phone = :phone AND status = 'waiting';

-- name: accept
-- Somebody who was put on the list says yes to that.
UPDATE volunteers SET status = 'active', consent = 'their own yes' WHERE phone = :phone AND status = 'invited';

-- name: consented
-- How somebody said that they may be texted.
UPDATE volunteers SET consent = :how WHERE phone = :phone;

-- name: volunteers
-- All who give. May scan: a list of all of them. Sorts: by name.
SELECT v.*, p.name, p.language, p.opted_out_at FROM volunteers v JOIN people p ON p.phone = v.phone
ORDER BY p.name, v.phone;

-- name: next_to_look_at
-- The need that dispatch should look at first.
SELECT number AS id, neighbor AS party, number AS about FROM needs
WHERE look_at <= :now AND status = 'open' AND held_since IS NULL ORDER BY look_at, number LIMIT 1;

-- part: who_may_be_asked
-- A volunteer v and person p: what they give, how often they were asked this week, and what their record is.
v.phone, v.needs, v.areas, v.status, v.asked_at, v.most_a_week, v.hours, v.timezone, v.paused_until, v.consent,
       p.name, p.language,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.wave > 0 AND a.sent_at > :week_ago
        AND a.beside = 0) AS asks_this_week,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.wave > 0 AND a.sent_at > :lately
        AND a.beside = 0) AS asks_lately,
       (SELECT COUNT(*) FROM alerts a WHERE a.volunteer = v.phone AND a.wave > 0 AND a.sent_at > :lately
        AND a.answer IN ('yes', 'late')) AS yeses_lately,
       (SELECT MAX(CASE WHEN a.answer IS NULL THEN 2 ELSE 1 END) FROM alerts a
        WHERE a.need = :number AND a.volunteer = v.phone) AS asked_before

-- part: next_in_turn
-- An offer o that stands behind the one before, of somebody who may be asked about this need and was not.
(o.asked_at, o.phone) > (:asked_at, :after) AND +o.asked_at <= :now AND p.no_calls_until <= :now
  AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
  AND p.stop_asked = 0 AND p.disowned_at IS NULL AND o.phone <> :neighbor
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = o.phone
                  AND (a.answer IN ('yes', 'no') OR (a.answer IS NULL AND a.sent_at >= :again_since)))
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.need = :number AND c.volunteer = o.phone)

-- name: candidates
-- Who gives this, here, and was not asked about it: a page, by the index alone, after the one before.
-- Whoever pauses stands in the order from the end of the pause on, so that no page is full of them. The plus keeps
-- SQLite from choosing the upper bound for the index, and then sorting everybody. How often they were asked this week,
-- and what their record is, stands in one index.
SELECT {who_may_be_asked}, o.asked_at AS in_turn_at
FROM offers o
JOIN volunteers v ON v.phone = o.phone
JOIN people p ON p.phone = o.phone
WHERE o.what = :what AND o.area = :area
  AND {next_in_turn}
ORDER BY o.asked_at, o.phone LIMIT :room;

-- name: candidates_speaking
-- The same, of those who speak this language.
SELECT {who_may_be_asked}, o.asked_at AS in_turn_at
FROM offers o
JOIN volunteers v ON v.phone = o.phone
JOIN people p ON p.phone = o.phone
WHERE o.what = :what AND o.area = :area AND o.language = :language
  AND {next_in_turn}
ORDER BY o.asked_at, o.phone LIMIT :room;

-- name: first_choice
-- Who did it last time, unless they were asked about it already.
SELECT {who_may_be_asked}, v.asked_at AS in_turn_at
FROM volunteers v
JOIN people p ON p.phone = v.phone
WHERE v.phone = :phone AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
  AND p.stop_asked = 0 AND p.disowned_at IS NULL AND p.no_calls_until <= :now
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = v.phone)
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.need = :number AND c.volunteer = v.phone);

-- name: reserves
-- Who said yes too late, and was not asked since, the first reserve first. Sorts: those few.
SELECT {who_may_be_asked}, v.asked_at AS in_turn_at
FROM alerts l
JOIN volunteers v ON v.phone = l.volunteer
JOIN people p ON p.phone = l.volunteer
WHERE l.need = :number AND l.answer = 'late' AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
  AND p.stop_asked = 0 AND p.disowned_at IS NULL AND p.no_calls_until <= :now
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = :number AND a.volunteer = l.volunteer
                  AND (a.answer IS NULL OR a.answer <> 'late' OR a.wave > l.wave))
ORDER BY COALESCE(l.reserve_at, l.sent_at), l.volunteer;

-- name: be_reserve
-- A volunteer was too late for a need, and is asked first should it come free.
UPDATE alerts SET answer = 'late', reserve_at = CASE WHEN answer = 'late' THEN reserve_at ELSE :now END,
                  ended_at = CASE WHEN answer = 'late' THEN ended_at ELSE :now END
WHERE need = :number AND volunteer = :phone;

-- name: new_reserve
-- The same, for one who was never asked about it.
INSERT INTO alerts (need, volunteer, wave, sent_at, answer, reserve_at)
VALUES (:number, :phone, 0, :now, 'late', :now);

-- name: withdraw_alerts
-- What stood in a text that never left was never asked.
DELETE FROM alerts
WHERE volunteer = :phone AND sent_at = :sent_at AND wave > 0 AND (need = :number OR beside = :number)
  AND (answer IS NULL OR answer = 'stood_down')
RETURNING stood_at;

-- name: offers_stand_again
-- Whose last question never left stands where they stood before it.
UPDATE offers SET asked_at = :stood_at
WHERE phone = :phone AND asked_at <= :sent_at
  AND EXISTS (SELECT 1 FROM volunteers v WHERE v.phone = :phone AND v.asked_at = :sent_at);

-- name: stands_again
-- The same with the volunteer.
UPDATE volunteers SET asked_at = :stood_at WHERE phone = :phone AND asked_at = :sent_at;

-- name: silent_before
-- Who is asked a second time is no longer asked the first.
UPDATE alerts SET answer = 'silent' WHERE need = :number AND volunteer = :phone AND answer IS NULL;

-- name: ask_silent_again
-- Those who were asked and said nothing may be asked a second time, now.
UPDATE needs SET again_since = :now, look_at = :now, changed_at = :now
WHERE number = :number AND status = 'open' AND held_since IS NULL;

-- name: not_answered
-- When those were asked about a need who have not answered yet.
SELECT sent_at FROM alerts WHERE need = :number AND answer IS NULL AND wave > 0;

-- name: wave_left
-- When the last text of a wave left, and since when one of them has not left.
SELECT MAX(CASE WHEN o.status = 'sent' THEN o.changed_at END) AS left_at,
       MAX(CASE WHEN o.status IN ('waiting', 'sending', 'unknown') THEN o.created_at END) AS not_left_since
FROM alerts a JOIN outbox o ON o.about = a.need AND o.party = a.volunteer AND o.created_at = a.sent_at
WHERE a.need = :number AND a.wave = :wave AND a.beside = 0;

-- name: hold_volunteers
-- SQLite has one writer: nobody else asks them meanwhile.
SELECT v.phone FROM volunteers v WHERE v.phone IN (SELECT value FROM json_each(:people));

-- name: asks_this_week
-- How often somebody was asked this week.
SELECT COUNT(*) AS asks FROM alerts WHERE volunteer = :phone AND wave > 0 AND sent_at > :week_ago AND beside = 0;

-- name: givers
-- Two who give this there, or one, or none: whoever asks for it may be one of them.
SELECT o.phone FROM offers o JOIN volunteers v ON v.phone = o.phone JOIN people p ON p.phone = o.phone
WHERE o.what = :what AND o.area = :area AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
LIMIT 2;

-- name: volunteer
-- What one person gives, when, and how often they wish to be asked.
SELECT v.*, p.name, p.language, p.opted_out_at FROM volunteers v JOIN people p ON p.phone = v.phone WHERE v.phone = :phone;

-- name: pause
-- A volunteer is asked nothing until then.
UPDATE volunteers SET paused_until = :until,
                      gone_at = CASE WHEN CAST(:until AS DOUBLE PRECISION) > :now THEN CAST(:now AS DOUBLE PRECISION) ELSE gone_at END
WHERE phone = :phone;

-- name: stand_in_order
-- A volunteer stands in the order of asking from when they were last asked, or their pause ends.
UPDATE offers SET asked_at = (SELECT CASE WHEN v.paused_until > v.asked_at THEN v.paused_until ELSE v.asked_at END
                                     + CAST(:lot AS DOUBLE PRECISION)
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
UPDATE volunteers SET status = 'left', paused_until = 0, gone_at = :now WHERE phone = :phone;

-- name: decline_all
-- And answers nothing any more that they were asked.
UPDATE alerts SET answer = 'no', ended_at = :now WHERE volunteer = :phone AND (answer IS NULL OR answer = 'late');

-- name: speak_offers
-- The language in which a volunteer is asked has changed.
UPDATE offers SET language = :language WHERE phone = :phone;

-- name: make_urgent
-- It cannot wait: looked at now, and its time begins anew.
UPDATE needs SET urgent = 1, asked_since = :now, look_at = :now, escalated_at = NULL, paused_until = NULL,
                 changed_at = :now
WHERE number = :number AND status = 'open' AND urgent = 0;

-- name: alert
-- One volunteer is asked about one need.
INSERT INTO alerts (need, volunteer, wave, sent_at, beside, stood_at)
VALUES (:number, :phone, :wave, :now, :beside, :stood_at);

-- name: asked_now
-- A volunteer goes to the end of the order.
UPDATE volunteers SET asked_at = :now WHERE phone = :phone;

-- name: offers_asked_now
-- The same in the index of what they give; who was asked at one moment stands in an order drawn by lot.
UPDATE offers SET asked_at = :asked_at WHERE phone = :phone;

-- name: wave_sent
-- When dispatch looks at a need again.
UPDATE needs SET wave = :wave, look_at = :look_at, changed_at = :now WHERE number = :number AND status = 'open';

-- name: escalated
-- The coordinators have been told.
UPDATE needs SET escalated_at = :now WHERE number = :number;

-- name: lease_due
-- The worker takes what is due, for a while: the most urgent first, and for each person in order.
-- What may not go now, and what goes after all else, holds up nothing of theirs.
UPDATE outbox SET status = 'sending', lease = lease + 1, leased_until = :until, attempts = attempts + 1,
                  tried_at = :now
WHERE id IN (
  SELECT o.id FROM outbox o
  WHERE o.status = 'waiting' AND o.due_at <= :now AND o.priority <= :up_to
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.party = o.party AND e.id < o.id
                    AND e.status IN ('waiting', 'sending', 'unknown')
                    AND (e.status IN ('sending', 'unknown')
                         OR (e.status = 'waiting' AND e.due_at <= :now AND e.priority <= :up_to
                             AND (e.priority < 4 OR o.priority = 4))))
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
       p.no_calls_until, p.rung_instead, p.stop_asked, p.disowned_at, p.introduced, v.hours, v.timezone,
       v.paused_until, v.status
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
UPDATE outbox SET status = 'waiting', due_at = :due_at, sids = '', round = round + 1, reason = :reason, changed_at = :now
WHERE id = :id;

-- name: did_not_arrive
-- A text that the carrier took and could not deliver.
UPDATE outbox SET status = 'failed', reason = :reason, changed_at = :now WHERE id = :id AND status = 'sent';

-- name: dead_letters
-- What could not be sent, the newest first.
SELECT * FROM outbox WHERE status = 'failed' ORDER BY changed_at DESC, id DESC LIMIT :room;

-- name: revive
-- A dead letter is sent again, with attempts of its own.
UPDATE outbox SET status = 'waiting', due_at = :now, attempts = 0, sids = '', texts = '[]', round = round + 1, reason = '',
                  changed_at = :now
WHERE id = :id AND status = 'failed';

-- name: known_sids
-- Which of these texts of the carrier's we know to be of a row. A report that was faster than the answer proves nothing.
SELECT sid FROM deliveries WHERE outbox IS NOT NULL AND sid IN (SELECT value FROM json_each(:sids));

-- name: is_known
-- Whether something that the carrier lists has come in.
SELECT 1 AS known FROM inbound WHERE id IN (:id, :call, :hashed, :hashed_call);

-- name: pending
-- Texts of which the carrier has not said the last word, and is to be asked for it now.
SELECT sid, asks FROM deliveries WHERE ask_at <= :now ORDER BY ask_at LIMIT :room;

-- name: ask_again
-- The carrier was asked, and had no last word.
UPDATE deliveries SET asks = :asks, ask_at = :ask_at WHERE sid = :sid AND ask_at IS NOT NULL;

-- name: never_told
-- The carrier never said what became of it, and is not asked any more. A word that comes late counts all the same.
UPDATE deliveries SET status = 'unknown', ask_at = NULL WHERE sid = :sid AND rank < 4;

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

-- name: lease_alarms
-- Texts that ask somebody to look after a person who does not answer: they wait for no other text.
UPDATE outbox SET status = 'sending', lease = lease + 1, leased_until = :until, attempts = attempts + 1,
                  tried_at = :now
WHERE id IN (
  SELECT o.id FROM outbox o
  WHERE o.status = 'waiting' AND o.due_at <= :now AND o.priority <= 3 AND o.any_hour = 1
    AND (instr(o.prompt, '"news.alarm_') > 0 OR instr(o.prompt, '"alarm.asked"') > 0)
  ORDER BY o.priority, o.id LIMIT :room
) RETURNING *;

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
                    AND (e.status IN ('sending', 'unknown')
                         OR (e.status = 'waiting' AND e.due_at <= :now AND e.priority <= :up_to
                             AND (e.priority < 4 OR o.priority = 4))))
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
WHERE party = :party AND status = 'to_ring' AND prompt LIKE '%"' || :key || '"%';

-- name: say_instead
-- What was about to be said to somebody about a need is not so any more: this is said in its place.
UPDATE outbox SET prompt = :prompt, changed_at = :now
WHERE about = :about AND party = :party AND status = 'waiting' AND texts = '[]' AND prompt LIKE '%"' || :key || '"%';

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

-- name: ever_reached
-- Whether anybody was ever texted, called or answered. May scan: asked once, before a hotline that never was begins.
SELECT 1 AS found WHERE EXISTS (SELECT 1 FROM deliveries) OR EXISTS (SELECT 1 FROM people WHERE heard_at IS NOT NULL);

-- name: shown
-- What was shown and not sent, the newest first. May scan: asked by a person, while a hotline practices.
SELECT * FROM outbox WHERE status = 'dropped' AND reason = 'practice' ORDER BY id DESC LIMIT :room;

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
  UNION ALL SELECT MIN(due_at) FROM outbox WHERE status IN ('sending', 'unknown') AND status = 'unknown'
  UNION ALL SELECT MIN(leased_until) FROM outbox WHERE status IN ('sending', 'unknown') AND status = 'sending'
  UNION ALL SELECT MIN(look_at) FROM needs WHERE look_at IS NOT NULL AND status = 'open' AND held_since IS NULL
  UNION ALL SELECT MIN(look_at) FROM dangers WHERE look_at IS NOT NULL
  UNION ALL SELECT MIN(ring_at) FROM flags WHERE ring_at IS NOT NULL
  UNION ALL SELECT MIN(due_at) FROM recordings WHERE due_at IS NOT NULL
  UNION ALL SELECT MIN(check_at) FROM needs WHERE check_at IS NOT NULL
  UNION ALL SELECT MIN(doubt_at) FROM needs WHERE doubt_at IS NOT NULL
  UNION ALL SELECT MIN(asked_at) + 3600 FROM people WHERE stop_asked = 1
  UNION ALL SELECT MIN(again_at) FROM needs WHERE again_at IS NOT NULL
  {or_due}
  UNION ALL SELECT MIN(due_at) FROM broadcasts WHERE due_at IS NOT NULL
  UNION ALL SELECT MIN(check_at) FROM daily_rings
  UNION ALL SELECT MIN(check_at) FROM ring_alarms
  UNION ALL SELECT MIN(check_at) FROM ring_contacts WHERE check_at IS NOT NULL
  UNION ALL SELECT MIN(check_at) FROM ring_sign_ups
  UNION ALL SELECT CASE WHEN MIN(due_at) < (SELECT MAX(held_until) FROM sender WHERE name = 'calls')
                        THEN (SELECT MAX(held_until) FROM sender WHERE name = 'calls') ELSE MIN(due_at) END
  FROM rings WHERE status = 'waiting'
  UNION ALL SELECT MIN(leased_until) FROM rings WHERE status IN ('calling', 'unknown', 'ringing')
) AS soon;

-- name: kinds_due
-- Of which kinds something may be due now: one look for all of them.
{any_of_each_kind};

-- name: report
-- The carrier's word on a text or call; one that comes late never moves it back.
INSERT INTO deliveries (sid, status, rank, code, changed_at) VALUES (:sid, :status, :rank, :code, :now)
ON CONFLICT (sid) DO UPDATE SET status = :status, rank = :rank, code = :code, changed_at = :now,
  ask_at = CASE WHEN :rank < 4 THEN deliveries.ask_at END
WHERE deliveries.rank < :rank;

-- name: sent_as
-- Which row of the outbox a text or call of the carrier's is.
INSERT INTO deliveries (sid, outbox, status, rank, changed_at, ask_at)
VALUES (:sid, :id, :status, :rank, :now, :ask_at)
ON CONFLICT (sid) DO UPDATE SET outbox = :id, ask_at = CASE WHEN deliveries.rank < 4 THEN :ask_at END;

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
-- The need whose details were said in a recording. Sorts: the few that have it.
SELECT number FROM needs WHERE recording = :sid AND recording <> ''
UNION ALL SELECT need AS number FROM spoken_before WHERE recording = :sid ORDER BY number LIMIT 1;

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
-- What was said about needs that are over is to be forgotten; not what is said about a weekly one that goes on.
UPDATE recordings SET status = 'forgetting', attempts = 0, due_at = :now, changed_at = :now
WHERE status IN ('waiting', 'kept') AND kind = 'words'
  AND (EXISTS (SELECT 1 FROM needs n WHERE n.recording = recordings.sid AND n.recording <> ''
               AND n.status IN ('done', 'cancelled', 'expired') AND n.changed_at < :before)
       OR EXISTS (SELECT 1 FROM spoken_before b JOIN needs n ON n.number = b.need WHERE b.recording = recordings.sid
                  AND n.status IN ('done', 'cancelled', 'expired') AND n.changed_at < :before))
  AND NOT EXISTS (SELECT 1 FROM needs n WHERE n.recording = recordings.sid AND n.recording <> ''
                  AND n.status IN ('draft', 'open', 'taken'))
  AND NOT EXISTS (SELECT 1 FROM spoken_before b JOIN needs n ON n.number = b.need WHERE b.recording = recordings.sid
                  AND n.status IN ('draft', 'open', 'taken'));

-- name: spoken_to
-- What neighbors said aloud about what a volunteer has in hand, and what the other side of a need has left for somebody.
-- Sorts: the few that somebody may hear.
SELECT r.sid, r.place, r.made_at AS made_at, n.number, n.code, n.what, n.area FROM claims c
JOIN needs n ON n.number = c.need JOIN recordings r ON r.sid = n.recording
WHERE c.volunteer = :phone AND c.ended_at IS NULL AND r.status IN ('waiting', 'kept')
UNION
SELECT r.sid, r.place, r.made_at AS made_at, n.number, n.code, n.what, n.area FROM claims c
JOIN needs n ON n.number = c.need JOIN spoken_before b ON b.need = n.number JOIN recordings r ON r.sid = b.recording
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
SELECT r.sid, r.place, r.made_at, COALESCE(n.number, m.number) AS number, COALESCE(n.code, m.code) AS code,
       COALESCE(n.what, m.what) AS what, COALESCE(n.area, m.area) AS area FROM recordings r
LEFT JOIN needs n ON n.recording = r.sid AND n.recording <> ''
LEFT JOIN spoken_before b ON b.recording = r.sid LEFT JOIN needs m ON m.number = b.need
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

-- name: wrong_tries
-- How many wrong ones were tried under a name, and since when; whoever else counts there waits until this is over.
INSERT INTO pins (name, hash) VALUES (:name, '') ON CONFLICT (name) DO UPDATE SET misses = pins.misses
RETURNING misses, missed_since;

-- name: pin_missed
-- A wrong one was tried.
UPDATE pins SET misses = :misses, missed_since = :since WHERE name = :name;

-- name: settle_flag
-- A person has looked.
UPDATE flags SET settled_at = :now, ring_at = NULL WHERE id = :id AND settled_at IS NULL;

-- name: open_needs
-- Everything that is not over, oldest first.
SELECT * FROM needs WHERE status IN ('draft', 'open', 'taken') ORDER BY created_at, number LIMIT :room;

-- name: all_needs
-- Everything that was ever asked for and is not forgotten, oldest first. May scan: a list of all of them. Sorts: by time.
SELECT * FROM needs ORDER BY created_at, number;

-- name: story_of
-- What happened about one need, in the order of time. May scan: asked by a person, about one. Sorts: the lines of one need.
SELECT sent_at AS at, 'asked' AS what, volunteer AS who, COALESCE(answer, '') AS said FROM alerts WHERE need = :number
UNION ALL SELECT taken_at, 'took it', volunteer, COALESCE(outcome, '') FROM claims WHERE need = :number
UNION ALL SELECT raised_at, 'flag', party, why FROM flags WHERE about = :number
UNION ALL SELECT created_at, 'text', party, status FROM outbox WHERE about = :number
ORDER BY 1;

-- name: want_ring
-- Somebody is to be rung; one whom we ring already is rung no later than that.
INSERT INTO rings (party, need, other, due_at, created_at, changed_at)
VALUES (:party, :need, :other, :due_at, :now, :now)
ON CONFLICT (party) WHERE status <> 'over' DO UPDATE
SET need = CASE WHEN excluded.need <> 0 THEN excluded.need ELSE rings.need END,
    other = CASE WHEN excluded.need <> 0 THEN excluded.other ELSE rings.other END,
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

-- name: ring_of_team
-- Whether a call goes on in which the team talks to somebody.
SELECT 1 FROM rings WHERE other = :phone AND status <> 'over' LIMIT 1;

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
  again_since = again_since - CASE WHEN again_since > :now THEN :step ELSE 0 END,
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

-- name: set_back_daily_rings
-- Rings that were to come in the wrong time are set anew by their hour. May scan: a clock was set back, which is rare.
UPDATE daily_rings SET check_at = CASE WHEN check_at > :now + 172800 OR rings = 1 THEN :now ELSE check_at END,
                       alive_at = alive_at - CASE WHEN alive_at > :now THEN :step ELSE 0 END,
                       came_at = came_at - CASE WHEN came_at > :now THEN :step ELSE 0 END
WHERE check_at > :now + 172800 OR (rings = 1 AND check_at > :now) OR alive_at > :now OR came_at > :now;

-- name: set_back_ring_alarms
-- An alarm of the wrong time goes on now. May scan: a clock was set back, which is rare.
UPDATE ring_alarms SET check_at = :now, raised_at = raised_at - :step WHERE raised_at > :now;

-- name: set_back_ring_contacts
-- Who was asked in the wrong time is asked again as soon as others. May scan: a clock was set back, which is rare.
UPDATE ring_contacts SET asked_at = asked_at - :step, check_at = check_at - :step WHERE asked_at > :now;

-- name: set_back_ring_sign_ups
-- Who began in the wrong time is reminded as soon as others. May scan: a clock was set back, which is rare.
UPDATE ring_sign_ups SET begun_at = begun_at - :step, check_at = check_at - :step WHERE begun_at > :now;

-- name: set_back_companions
-- Who was rung in the wrong time. May scan: a clock was set back, which is rare.
UPDATE companions SET rung_at = rung_at - :step WHERE rung_at > :now;

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
UPDATE alerts SET sent_at = sent_at - CASE WHEN sent_at > :now THEN :step ELSE 0 END,
                  ended_at = ended_at - CASE WHEN ended_at > :now THEN :step ELSE 0 END
WHERE sent_at > :now OR ended_at > :now;

-- name: set_back_inbound
-- What came in the wrong time did not come in the last minutes.
UPDATE inbound SET received_at = received_at - :step WHERE received_at > :now;

-- name: set_back_deliveries
-- What became of texts of the wrong time is asked for as soon as of others.
UPDATE deliveries SET changed_at = changed_at - :step, ask_at = ask_at - :step WHERE ask_at > :now AND changed_at > :now;
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
UPDATE flags SET ring_at = NULL
WHERE party = :party AND why NOT IN ('hung_up', 'missed_call') AND ring_at IS NOT NULL AND settled_at IS NULL;

-- name: flag_told_since
-- Why coordinators were texted about somebody, the last time since then.
SELECT why FROM flags WHERE party = :party AND told_at > :since ORDER BY told_at DESC, id DESC LIMIT 1;

-- name: flags_told_since
-- How often coordinators were texted of somebody for this reason since then.
SELECT COUNT(*) AS many FROM flags WHERE party = :party AND why = :why AND told_at > :since;

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
-- What is only counted has nobody's name, and nobody has to look at it.
UPDATE flags SET ring_at = NULL WHERE id = :id AND ring_at <= :now AND (settled_at IS NULL OR party = '');

-- name: flag_rung
-- A coordinator is rung about it.
UPDATE flags SET rung_at = :now WHERE id = :id;

-- name: flag_rung_since
-- Whether a coordinator was rung about somebody since then.
SELECT 1 AS so FROM flags WHERE party = :party AND rung_at > :since LIMIT 1;

-- name: hidden_rung_since
-- Whether a coordinator was rung about anybody without a number since then. May scan: those rung about.
SELECT 1 AS so FROM flags WHERE rung_at > :since AND party LIKE 'withheld:%' LIMIT 1;

-- name: count_flags
-- From now on it is counted how many more there are of a kind; at that time coordinators hear it.
INSERT INTO flags (why, party, raised_at, settled_at, ring_at) VALUES (:why, '', :now, :now, :until);

-- name: is_counting_flags
-- Whether they are counted just now.
SELECT 1 AS so FROM flags
WHERE party = '' AND why = :why AND raised_at > :since AND ring_at IS NOT NULL LIMIT 1;

-- name: more_hidden
-- In how many calls without a number somebody wanted a person, of which nobody was told yet. Sorts: those of an hour.
SELECT COUNT(DISTINCT party) AS many FROM flags f
WHERE settled_at IS NULL AND raised_at >= :since AND party LIKE 'withheld:%'
  AND why IN ('wants_a_person', 'message', 'not_understood', 'not_yet')
  AND NOT EXISTS (SELECT 1 FROM flags g WHERE g.party = f.party AND g.told_at IS NOT NULL);

-- name: more_wrong_pins
-- In how many calls three wrong PINs were typed, of which nobody was told yet.
SELECT COUNT(*) AS many FROM flags
WHERE settled_at IS NULL AND raised_at >= :since AND why = 'wrong_pin' AND told_at IS NULL;

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
SELECT id, party, about FROM flags WHERE ring_at <= :now ORDER BY ring_at, id LIMIT 1;

-- name: flag_to_ring
-- What is to be rung about, as it is shown.
SELECT f.*, n.code FROM flags f LEFT JOIN needs n ON n.number = f.about WHERE f.id = :id;

-- name: asked_about
-- How many were asked about a need, and how many of them said nothing. Sorts: those who were asked about one need.
SELECT COUNT(DISTINCT CASE WHEN wave > 0 THEN volunteer END) AS people,
       COUNT(DISTINCT CASE WHEN wave > 0 AND answer IS NULL THEN volunteer END) AS silent
FROM alerts WHERE need = :number;

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

-- name: missed_look_at
-- When it is looked whether somebody whose call was missed was called back.
UPDATE flags SET ring_at = :at
WHERE party = :phone AND why IN ('hung_up', 'missed_call') AND about = 0 AND settled_at IS NULL AND ring_at IS NULL;

-- name: is_missed
-- Whether a call of somebody was missed.
SELECT 1 AS so FROM flags
WHERE party = :phone AND why IN ('hung_up', 'missed_call') AND about = 0 AND settled_at IS NULL LIMIT 1;

-- name: settle_missed
-- Somebody whose call was missed was heard since.
UPDATE flags SET settled_at = :now, ring_at = NULL
WHERE party = :phone AND why IN ('hung_up', 'missed_call') AND about = 0 AND settled_at IS NULL;

-- name: settle_flags_of
-- A person has looked at what was said about someone.
UPDATE flags SET settled_at = :now, ring_at = NULL WHERE party = :phone AND why = :why AND settled_at IS NULL;

-- name: written_last
-- What was last written to someone about a request of theirs that is not over, or one that they have in hand.
SELECT r.need, r.writer, r.said_at FROM relayed r JOIN needs n ON n.number = r.need
WHERE r.reader = :phone AND r.said_at > :since AND r.held = 0
  AND (n.neighbor = :phone OR n.takers LIKE '%' || :phone || '%') AND n.status IN ('draft', 'open', 'taken')
ORDER BY r.said_at DESC LIMIT 1;

-- name: danger_raised
-- Somebody speaks of danger: a case for each person and need. Its level only grows, its words are the worst, the newest.
INSERT INTO dangers (party, need, level, words, raised_at, look_at)
VALUES (:party, :need, :level, :words, :now, :look_at)
ON CONFLICT (party, need) WHERE settled_at IS NULL DO UPDATE
SET words = CASE WHEN dangers.level = 'certain' AND excluded.level <> 'certain' THEN dangers.words
                 ELSE excluded.words END,
    level = CASE WHEN dangers.level = 'certain' THEN 'certain' ELSE excluded.level END,
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

-- name: danger_since
-- Whether this number spoke of danger since then, whatever became of it.
SELECT 1 AS found FROM dangers WHERE party = :party AND raised_at >= :since LIMIT 1;

-- name: danger_said_lately
-- What this number said of danger since then, and nobody has looked at. Sorts: one person's open flags.
SELECT words FROM flags
WHERE party = :party AND why IN ('emergency', 'maybe_danger') AND settled_at IS NULL AND raised_at > :since
ORDER BY id LIMIT :room;

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
SELECT id, party, need AS about FROM dangers WHERE look_at <= :now ORDER BY look_at, id LIMIT 1;

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

-- name: keep_words
-- What is written to a caller whose number is hidden: they hear it when they call.
INSERT INTO relayed (need, writer, reader, words, outbox, said_at)
VALUES (:number, :writer, :reader, :words, 0, :now);

-- name: kept_words
-- What was written so, the newest first.
SELECT r.writer, r.words, r.said_at, p.name FROM relayed r LEFT JOIN people p ON p.phone = r.writer
WHERE r.need = :number AND r.outbox = 0 AND r.held = 0 AND r.words <> '' ORDER BY r.id DESC LIMIT :room;

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
SELECT changed_at AS at FROM past_needs WHERE changed_at > :since AND changed_at <= :before
ORDER BY changed_at LIMIT 1 OFFSET :room;

-- name: forget_words
-- What was said about needs that are over for long; not about one that comes again.
UPDATE needs SET words = '', details = '', besides = '', callback = ''
WHERE status IN ('done', 'cancelled', 'expired') AND changed_at > :since AND changed_at <= :until AND again_at IS NULL;

-- name: forget_relayed
-- What the two sides of such needs wrote to each other.
UPDATE relayed SET words = ''
WHERE need IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: forget_flagged
-- What a person was shown about such needs.
UPDATE flags SET words = ''
WHERE about IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: forget_dangers
-- What was said about danger in such needs.
UPDATE dangers SET words = ''
WHERE need IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: forget_neighbors
-- Whose such needs were, and who helped.
UPDATE needs SET neighbor = '', takers = '', helped = '', first_choice = '', doubted_by = ''
WHERE status IN ('done', 'cancelled', 'expired') AND changed_at > :since AND changed_at <= :until AND again_at IS NULL;

-- name: drop_relayed
-- Who wrote to whom about them.
DELETE FROM relayed
WHERE need IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: drop_alerts
-- Who was asked about them.
DELETE FROM alerts
WHERE need IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: drop_claims
-- Who had them.
DELETE FROM claims
WHERE need IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: forget_flaggers
-- Of whom a person was told about them.
UPDATE flags SET party = ''
WHERE about IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: forget_endangered
-- Who was in danger about them; nobody looks after it any more.
UPDATE dangers SET party = '', look_at = NULL, settled_at = COALESCE(settled_at, :until)
WHERE need IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: page_of_flags
-- The end of the next page of notes about no need.
SELECT raised_at AS at FROM flags WHERE about < 1 AND raised_at > :since AND raised_at <= :before
ORDER BY raised_at LIMIT 1 OFFSET :room;

-- name: forget_other_words
-- What was said in them, and by whom; nobody looks at them any more.
UPDATE flags SET words = '', party = '', settled_at = COALESCE(settled_at, :until)
WHERE about < 1 AND raised_at > :since AND raised_at <= :until;

-- name: page_of_inbound
-- The end of the next page of what came in.
SELECT received_at AS at FROM inbound WHERE received_at > :since AND received_at <= :before
ORDER BY received_at LIMIT 1 OFFSET :room;

-- name: ids_of_inbound
-- What came in long ago.
SELECT id FROM inbound WHERE received_at > :since AND received_at <= :until;

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

-- name: asks_lately
-- The latest questions that were put, and whether those asked left, paused or ended the texts since.
SELECT a.volunteer, a.sent_at, a.ended_at, a.answer,
       COALESCE(CASE WHEN p.opted_out_at > a.sent_at THEN p.opted_out_at END,
                CASE WHEN v.gone_at > a.sent_at THEN v.gone_at END) AS gone_at
FROM alerts a LEFT JOIN volunteers v ON v.phone = a.volunteer LEFT JOIN people p ON p.phone = a.volunteer
WHERE a.wave > 0 AND a.sent_at > :since AND a.sent_at < :before ORDER BY a.sent_at DESC LIMIT :room;

-- name: who_give
-- How many give, counted no further than matters. May scan: no further than that.
SELECT COUNT(*) AS people FROM (SELECT 1 FROM volunteers v JOIN people p ON p.phone = v.phone
                                WHERE v.status = 'active' AND v.paused_until <= :now AND p.opted_out_at IS NULL
                                LIMIT :most) AS givers;

-- name: people_asked_since
-- How many people were asked since then, counted no further than matters. Sorts: no more than that.
SELECT COUNT(DISTINCT volunteer) AS people
FROM (SELECT volunteer FROM alerts WHERE wave > 0 AND sent_at > :since LIMIT :most) AS asked;

-- name: being_asked_about
-- How many requests people are being asked about that came since then, counted no further than matters.
-- Fresh are those that coordinators do not know of, or that came lately.
SELECT COUNT(*) AS needs, COUNT(CASE WHEN escalated_at IS NULL OR asked_since > :long_ago THEN 1 END) AS fresh
FROM (SELECT escalated_at, asked_since FROM needs
      WHERE look_at IS NOT NULL AND status = 'open' AND held_since IS NULL
        AND asked_since > :since LIMIT :most) AS wanted;

-- name: also_given
-- What else is open in these areas that this person gives and was never asked about.
-- What was offered least comes first, then what would be asked about next: read in that order, as far as is needed.
SELECT n.* FROM needs n
WHERE n.look_at IS NOT NULL AND n.status = 'open' AND n.held_since IS NULL AND n.neighbor <> :phone
  AND n.number <> :number
  AND n.area IN (SELECT value FROM json_each(:areas))
  AND n.what IN (SELECT o.what FROM offers o WHERE o.phone = :phone)
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.need = n.number AND a.volunteer = :phone)
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.need = n.number AND c.volunteer = :phone)
ORDER BY n.wave, n.look_at, n.number LIMIT :room;

-- name: offered_beside
-- It was offered beside another: its own next wave waits as long.
UPDATE needs SET wave = :wave, look_at = CASE WHEN look_at > :look_at THEN look_at ELSE :look_at END, changed_at = :now
WHERE number = :number AND status = 'open';

-- name: asked_for_now
-- What people are being asked about, the most wanted first. Sorts: a few kinds of needs.
SELECT what, COUNT(*) AS needs FROM needs
WHERE look_at IS NOT NULL AND status = 'open' AND held_since IS NULL AND asked_since > :since
GROUP BY what ORDER BY needs DESC, what;

-- name: needs_lately
-- What became of the requests since then. May scan: a command asks it, now and then.
SELECT n.what, n.area, n.created_at, n.urgent, n.escalated_at,
       (SELECT MIN(c.taken_at) FROM claims c WHERE c.need = n.number) AS taken_at,
       (SELECT COUNT(*) FROM alerts a WHERE a.need = n.number AND a.wave > 0) AS asked
FROM needs n WHERE n.created_at > :since AND n.created_at < :before AND n.status <> 'draft' AND n.what <> '';

-- name: state_of_work
-- What shows whether people are reached, for whoever looks after the hotline. May scan: once, by hand.
SELECT (SELECT at FROM marks WHERE name = 'started') AS started,
       (SELECT MAX(received_at) FROM inbound WHERE channel = 'text') AS text_at,
       (SELECT MAX(received_at) FROM inbound WHERE channel <> 'text') AS call_at,
       (SELECT COUNT(*) FROM outbox WHERE status = 'failed' AND changed_at > :since) AS dead_letters;

-- name: namesake
-- Somebody else who gives and has that name, however it is written.
SELECT p.phone FROM people p JOIN volunteers v ON v.phone = p.phone
WHERE p.name <> '' AND p.name IN (SELECT value FROM json_each(:spellings)) AND p.phone <> :phone LIMIT 1;

-- name: shut_out
-- Who gives and cannot be reached. May scan: a list of all who give, once, by hand.
SELECT COUNT(*) AS many FROM volunteers v JOIN people p ON p.phone = v.phone
WHERE v.status = 'active'
  AND ((p.opted_out_at IS NOT NULL AND p.rung_instead = 0) OR p.blocked = 1 OR p.disowned_at IS NOT NULL);

-- name: put_off_danger
-- A danger that the program stumbled over is looked after again then.
UPDATE dangers SET look_at = :until WHERE id = :id AND look_at IS NOT NULL;

-- name: put_off_flag
-- A coordinator is rung about it then.
UPDATE flags SET ring_at = :until WHERE id = :id AND (settled_at IS NULL OR party = '');

-- name: put_off_wave
-- Dispatch looks at a need again then.
UPDATE needs SET look_at = :until WHERE number = :id AND look_at IS NOT NULL;

-- name: put_off_check
-- A need is looked after again then.
UPDATE needs SET check_at = :until WHERE number = :id AND check_at IS NOT NULL;

-- name: put_off_again
-- Next week's need is made then.
UPDATE needs SET again_at = :until WHERE number = :id AND again_at IS NOT NULL;

-- name: put_off_doubt
-- Whether its helper comes is looked at again then.
UPDATE needs SET doubt_at = :until WHERE number = :id AND doubt_at IS NOT NULL;

-- name: put_off_stop
-- As if they had been asked whether all texts end at another time.
UPDATE people SET asked_at = :until WHERE phone = :id AND stop_asked = 1;

-- name: put_off_text
-- A text is sent then.
UPDATE outbox SET due_at = :until, reason = 'stumbled'
WHERE id = :id AND status = 'waiting';

-- name: put_off_call
-- A call is placed then.
UPDATE rings SET due_at = :until WHERE id = :id AND status = 'waiting';

-- name: put_off_recording
-- Something is done about a recording then.
UPDATE recordings SET due_at = :until, reason = 'stumbled' WHERE sid = :id AND due_at IS NOT NULL;

-- name: suppress
-- This number ended our texts, or was blocked; the number itself is not kept.
INSERT INTO suppressed (hash, why, since) VALUES (:hash, :why, :now)
ON CONFLICT (hash) DO UPDATE SET why = :why, since = :now;

-- name: suppressed
-- Why a number is left alone.
SELECT why FROM suppressed WHERE hash = :hash;

-- name: lift_suppression
-- They want to hear from us again, or a coordinator does.
DELETE FROM suppressed WHERE hash = :hash;

-- name: own_needs
-- Everything that somebody ever asked for, or left this number for. May scan: a command asks it, now and then.
SELECT number FROM needs WHERE neighbor = :phone OR callback = :phone ORDER BY number;

-- name: recording_gone
-- A sound is deleted, at the carrier and here.
UPDATE recordings SET status = 'forgotten', place = '', party = '', due_at = NULL, reason = '', changed_at = :now
WHERE sid = :sid;

-- name: said_by
-- All that somebody said. May scan: a command asks it, now and then.
SELECT words AS said FROM inbound WHERE party = :phone
UNION SELECT words FROM flags WHERE party = :phone
UNION SELECT words FROM dangers WHERE party = :phone
UNION SELECT words FROM relayed WHERE writer = :phone;

-- name: said_about
-- All that was said about a need. May scan: a command asks it, now and then.
SELECT words AS said FROM needs WHERE number = :number
UNION SELECT details FROM needs WHERE number = :number
UNION SELECT words FROM flags WHERE about = :number
UNION SELECT words FROM dangers WHERE need = :number;

-- name: had_to_do_with
-- Who was asked about a need, had it, or wrote about it.
SELECT volunteer AS phone FROM alerts WHERE need = :number
UNION SELECT volunteer FROM claims WHERE need = :number
UNION SELECT writer FROM relayed WHERE need = :number
UNION SELECT reader FROM relayed WHERE need = :number;

-- name: had_in_hand
-- Whose needs somebody had. May scan: a command asks it, now and then.
SELECT n.neighbor AS phone FROM claims c JOIN needs n ON n.number = c.need WHERE c.volunteer = :phone;

-- name: read_inbound
-- What came in and was answered. May scan: a command asks it, now and then.
SELECT id AS key, party, words || ' ' || body || ' ' || COALESCE(answer, '') AS said, 0 AS waits
FROM inbound WHERE party <> '';

-- name: read_outbox
-- What went out or waits. May scan: a command asks it, now and then.
SELECT id AS key, party, prompt || ' ' || texts AS said,
       CASE WHEN status IN ('sent', 'dropped', 'failed') THEN 0 ELSE 1 END AS waits
FROM outbox;

-- name: read_flags
-- What a person was shown. May scan: a command asks it, now and then.
SELECT id AS key, party, words AS said, CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END AS waits
FROM flags WHERE words <> '';

-- name: read_relayed
-- What one side wrote to the other. May scan: a command asks it, now and then.
SELECT id AS key, reader AS party, words AS said, held AS waits FROM relayed WHERE words <> '';

-- name: read_dangers
-- What was said about danger. May scan: a command asks it, now and then.
SELECT id AS key, party, words AS said, CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END AS waits
FROM dangers WHERE words <> '';

-- name: read_needs
-- What was said about needs. May scan: a command asks it, now and then.
SELECT number AS key, neighbor AS party, words || ' ' || details || ' ' || callback AS said,
       CASE WHEN status IN ('draft', 'open', 'taken') THEN 1 ELSE 0 END AS waits
FROM needs;

-- name: read_sessions
-- Where people stand in a conversation. May scan: a command asks it, now and then.
SELECT phone AS key, phone AS party, session AS said, 0 AS waits FROM people WHERE session <> '{}';

-- name: blank_inbound
-- What was said there, and what was answered.
UPDATE inbound SET words = '', body = '', answer = CASE WHEN answer IS NULL THEN NULL ELSE '' END WHERE id = :key;

-- name: blank_outbox
-- A text of ours; one that a worker holds is let go of.
DELETE FROM outbox WHERE id = :key;

-- name: blank_flags
-- What a person was shown.
UPDATE flags SET words = '' WHERE id = :key;

-- name: blank_relayed
-- What one side wrote to the other.
UPDATE relayed SET words = '' WHERE id = :key;

-- name: blank_dangers
-- What was said about danger.
UPDATE dangers SET words = '' WHERE id = :key;

-- name: blank_needs
-- What was said about a need.
UPDATE needs SET words = '', details = '', besides = '', callback = '' WHERE number = :key;

-- name: blank_sessions
-- Where somebody stands: they begin anew.
UPDATE people SET session = '{}' WHERE phone = :key;

-- name: own_inbound
-- Everything that came from somebody.
SELECT id FROM inbound WHERE party = :phone;

-- name: forget_id
-- What is left of something that came in: a hash of its id, so that a repeat, however late, changes nothing.
UPDATE inbound SET id = :hashed, party = '', words = '', body = '',
                   answer = CASE WHEN answer IS NULL THEN NULL ELSE '' END
WHERE id = :id;

-- name: drop_own_deliveries
-- What became of somebody's texts. May scan: a command asks it, now and then.
DELETE FROM deliveries WHERE outbox IN (SELECT id FROM outbox WHERE party = :phone);

-- name: drop_own_outbox
-- What went to somebody. May scan: a command asks it, now and then.
DELETE FROM outbox WHERE party = :phone;

-- name: drop_about
-- What went to others about a need.
DELETE FROM outbox WHERE about = :number AND about <> 0;

-- name: drop_own_rings
-- That somebody was rung. May scan: a command asks it, now and then.
DELETE FROM rings WHERE party = :phone;

-- name: forget_caller
-- Who was at the other end of calls. May scan: a command asks it, now and then.
UPDATE calls SET party = '' WHERE party = :phone;

-- name: own_recordings
-- What somebody said aloud. May scan: a command asks it, now and then.
SELECT * FROM recordings WHERE party = :phone OR sid IN (SELECT recording FROM needs WHERE neighbor = :phone)
   OR sid IN (SELECT b.recording FROM spoken_before b JOIN needs n ON n.number = b.need WHERE n.neighbor = :phone);

-- name: forget_voice_of
-- Who spoke. May scan: a command asks it, now and then.
UPDATE recordings SET party = '' WHERE party = :phone;

-- name: drop_own_relayed
-- What somebody wrote, and what was written to them. May scan: a command asks it, now and then.
DELETE FROM relayed WHERE writer = :phone OR reader = :phone;

-- name: drop_relayed_about
-- What was written about a need.
DELETE FROM relayed WHERE need = :number;

-- name: forget_flags_of
-- What a person was shown about somebody; nobody needs to look any more. May scan: a command asks it, now and then.
UPDATE flags SET party = '', words = '', recording = '', settled_at = COALESCE(settled_at, :now) WHERE party = :phone;

-- name: forget_flags_about
-- The same about a need of theirs.
UPDATE flags SET party = '', words = '', recording = '', settled_at = COALESCE(settled_at, :now) WHERE about = :number;

-- name: forget_dangers_of
-- What was said about danger by somebody.
UPDATE dangers SET party = '', words = '', look_at = NULL, settled_at = COALESCE(settled_at, :now) WHERE party = :phone;

-- name: forget_dangers_about
-- The same about a need of theirs.
UPDATE dangers SET party = '', words = '', look_at = NULL, settled_at = COALESCE(settled_at, :now) WHERE need = :number;

-- name: forget_need
-- Whose a need was, and what was said about it. That there was one stays.
UPDATE needs SET neighbor = '', words = '', details = '', besides = '', callback = '', recording = '', every = '',
                 again_at = NULL,
                 status = CASE WHEN status IN ('draft', 'open', 'taken') THEN 'cancelled' ELSE status END,
                 look_at = NULL, check_at = NULL, doubt_at = NULL
WHERE number = :number;

-- name: forget_spoken_before
-- What was spoken about it before its last recording.
DELETE FROM spoken_before WHERE need = :number;

-- name: needs_helped_by
-- Needs that name somebody who gave. May scan: a command asks it, now and then.
SELECT number, takers, helped, first_choice, doubted_by FROM needs
WHERE takers LIKE :pattern OR helped LIKE :pattern OR first_choice LIKE :pattern OR doubted_by = :phone;

-- name: forget_helper
-- Without somebody who gave.
UPDATE needs SET takers = :takers, helped = :helped, first_choice = :first_choice, doubted_by = :doubted_by
WHERE number = :number;

-- name: drop_own_alerts
-- What somebody was asked.
DELETE FROM alerts WHERE volunteer = :phone;

-- name: drop_own_claims
-- What somebody had. May scan: a command asks it, now and then.
DELETE FROM claims WHERE volunteer = :phone;

-- name: drop_on_call
-- That somebody was on call.
DELETE FROM on_call WHERE phone = :phone;

-- name: drop_tries
-- Wrong PINs and words that were tried from a number. May scan: there are a few.
DELETE FROM pins WHERE name LIKE :pattern;

-- name: drop_old_tries
-- Those that are over for long. May scan: there are a few.
DELETE FROM pins WHERE hash = '' AND missed_since <= :before;

-- name: forget_refused
-- Who was refused by the carrier of late, where it was this number. May scan: there are three.
UPDATE sender SET refused = '' WHERE refused LIKE :pattern;

-- name: page_of_calls
-- The end of the next page of calls that are over.
SELECT ended_at AS at FROM calls WHERE ended_at > :since AND ended_at <= :before
ORDER BY ended_at LIMIT 1 OFFSET :room;

-- name: forget_callers
-- Who was at the other end of them. That there were so many, and how long they were, stays.
UPDATE calls SET party = '' WHERE ended_at > :since AND ended_at <= :until;

-- name: page_of_sounds
-- The end of the next page of sounds that the carrier could not record.
SELECT changed_at AS at FROM recordings
WHERE party <> '' AND status IN ('failed', 'absent') AND changed_at > :since AND changed_at <= :before
ORDER BY changed_at LIMIT 1 OFFSET :room;

-- name: forget_speakers
-- Whose they would have been.
UPDATE recordings SET party = ''
WHERE party <> '' AND status IN ('failed', 'absent') AND changed_at > :since AND changed_at <= :until;

-- name: forget_other_dangers
-- What was said about danger by somebody who asked for nothing.
UPDATE dangers SET words = '', party = ''
WHERE need = 0 AND settled_at IS NOT NULL AND raised_at > :since AND raised_at <= :until;

-- name: old_calls
-- Calls that were over long ago. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM calls WHERE ended_at <= :before AND party <> '';

-- name: old_sounds
-- Sounds that the carrier could not record, long ago. May scan: a command asks it, now and then.
SELECT COUNT(*) AS many FROM recordings WHERE changed_at <= :before AND party <> '' AND status IN ('failed', 'absent');

-- name: kept_person
-- Who somebody is.
SELECT p.created_at AS at, p.name, p.language, p.area, p.opted_out_at, p.blocked, p.calls, p.can_text, v.status AS gives,
       v.hours, v.most_a_week
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone WHERE p.phone = :phone;

-- name: kept_offers
-- What somebody gives, and where.
SELECT what, area FROM offers WHERE phone = :phone;

-- name: kept_needs
-- What somebody asked for. May scan: a command asks it, now and then.
SELECT created_at AS at, code, status, what, area, words, details, callback FROM needs
WHERE neighbor = :phone OR callback = :phone;

-- name: kept_inbound
-- What came from somebody, and what it was answered with.
SELECT received_at AS at, channel, words, COALESCE(answer, '') AS answer FROM inbound WHERE party = :phone;

-- name: kept_outbox
-- What went to somebody, or waits for it. May scan: a command asks it, now and then.
SELECT created_at AS at, texts, status FROM outbox WHERE party = :phone;

-- name: kept_calls
-- Calls with somebody. May scan: a command asks it, now and then.
SELECT ended_at AS at, status, seconds FROM calls WHERE party = :phone;

-- name: kept_recordings
-- What somebody said aloud. May scan: a command asks it, now and then.
SELECT made_at AS at, status, seconds FROM recordings WHERE party = :phone;

-- name: kept_relayed
-- What somebody wrote to the other side of a need. May scan: a command asks it, now and then.
SELECT said_at AS at, words FROM relayed WHERE writer = :phone;

-- name: kept_flags
-- What a person was shown about somebody. May scan: a command asks it, now and then.
SELECT raised_at AS at, why, words FROM flags WHERE party = :phone;

-- name: kept_dangers
-- What somebody said about danger.
SELECT raised_at AS at, level AS why, words FROM dangers WHERE party = :phone;

-- name: kept_alerts
-- What somebody was asked, and what they said to it.
SELECT a.sent_at AS at, n.code, COALESCE(a.answer, 'no answer') AS answer FROM alerts a JOIN needs n ON n.number = a.need
WHERE a.volunteer = :phone;

-- name: kept_claims
-- What somebody had in hand. May scan: a command asks it, now and then.
SELECT c.taken_at AS at, n.code, COALESCE(c.outcome, 'in hand') AS outcome FROM claims c JOIN needs n ON n.number = c.need
WHERE c.volunteer = :phone;

-- name: take_mark
-- That something is done now, unless it was since then.
INSERT INTO marks (name, at) VALUES (:name, :at)
ON CONFLICT (name) DO UPDATE SET at = :at WHERE marks.at <= :before;

-- name: texted_since
-- Whether somebody texted us since then.
SELECT 1 AS so FROM inbound WHERE party = :phone AND received_at > :since AND channel = 'text' LIMIT 1;

-- name: first_at
-- When the first person was heard of.
SELECT created_at AS at FROM people WHERE created_at > :since ORDER BY created_at LIMIT 1;

-- name: measured_outbox
-- How much waits.
SELECT COUNT(*) AS many FROM outbox WHERE status = 'waiting';

-- name: counts_of_the_day
-- What is in somebody's hands, and how many were taken in that time.
-- May scan: what was taken in the year that is kept, once a day for each hour at which somebody wants to hear of it.
SELECT (SELECT COUNT(*) FROM needs WHERE status IN ('draft', 'open', 'taken') AND status = 'taken') AS in_hand,
       (SELECT COUNT(DISTINCT need) FROM claims WHERE taken_at >= :since AND taken_at < :until) AS taken;

-- name: measured_needs
-- Needs that are not over. Sorts: three statuses of what is not over.
SELECT status, COUNT(*) AS many FROM needs WHERE status IN ('draft', 'open', 'taken') GROUP BY status;

-- name: measured_flags
-- Notes that nobody has looked at.
SELECT COUNT(*) AS many FROM flags WHERE settled_at IS NULL;

-- name: measured_inbound
-- What came in since then.
SELECT COUNT(*) AS many FROM inbound WHERE received_at > :since;

-- part: given
-- How many of the portions of a gift g are promised or gone.
(SELECT COUNT(*) FROM gift_asks a JOIN claims c ON c.need = a.need AND c.volunteer = g.giver
        WHERE a.gift = g.number AND a.answer = 'yes' AND a.need > 0
          AND (c.ended_at IS NULL OR c.outcome = 'done')) AS given

-- part: of_ask
-- An ask a with the gift g that it is for.
a.number AS ask, a.code AS ask_code, a.asker, a.answer, a.need, a.named, a.asked_at, g.*, {given}

-- name: begin_gift
-- Somebody has something to give; its form begins.
INSERT INTO gifts (code, giver, words, until, lasts, created_at, check_at)
VALUES (:code, :phone, :words, 0, 0, :now, :check_at) RETURNING number;

-- name: list_gift
-- The form is filled in: neighbors hear of it.
UPDATE gifts SET words = :words, recording = :recording, inside = :inside, what = :what, area = :area,
                 portions = :portions, standing = :standing, until = :until, lasts = :lasts, check_at = :check_at,
                 listed = 1
WHERE number = :number AND ended_at IS NULL;

-- name: gift
-- One gift.
SELECT g.*, {given} FROM gifts g WHERE g.number = :number;

-- name: gift_of_code
-- The gift that has this code, or had it last.
SELECT g.*, {given} FROM gifts g WHERE g.code = :code ORDER BY g.number DESC LIMIT 1;

-- name: gifts_of
-- What somebody has to give, oldest first.
SELECT g.*, {given} FROM gifts g WHERE g.giver = :phone AND g.ended_at IS NULL ORDER BY g.number;

-- name: gifts_there
-- What there is, what ends first first. Sorts: the few that end at one moment.
SELECT g.*, {given} FROM gifts g
WHERE g.ended_at IS NULL AND g.listed = 1 AND g.until > :now ORDER BY g.until, g.number LIMIT :room;

-- name: gifts_for
-- What may answer an open request, what ends first first.
SELECT g.*, {given} FROM gifts g
WHERE g.ended_at IS NULL AND g.listed = 1 AND g.until > :since AND g.what = :what
ORDER BY g.until, g.number LIMIT :room;

-- name: needs_for
-- Open requests that a gift may answer, and that were never named to its giver, oldest first.
-- The first line is what the index of all that is not over holds.
SELECT n.* FROM needs n
WHERE n.status IN ('draft', 'open', 'taken')
  AND n.status = 'open' AND n.held_since IS NULL AND n.what = :what AND n.neighbor <> :phone AND n.gift = 0 AND n.loan = 0
  AND NOT EXISTS (SELECT 1 FROM gift_asks a WHERE a.need = n.number AND a.gift = :number)
ORDER BY n.created_at, n.number LIMIT :room;

-- name: lock_gifts
-- SQLite has one writer: whoever decides has everything locked.

-- name: keep_gift_on
-- Its giver says that it is still there.
UPDATE gifts SET until = :until, told = 0, check_at = :check_at WHERE number = :number AND ended_at IS NULL;

-- name: check_gift
-- It is looked after again then; so many notices were given.
UPDATE gifts SET check_at = :check_at, told = :told WHERE number = :number AND ended_at IS NULL;

-- name: end_gift
-- It is over; once.
UPDATE gifts SET ended_at = :now, why = :why, check_at = NULL WHERE number = :number AND ended_at IS NULL;

-- name: ask_gift
-- Somebody asks for a gift, or an open request is named to its giver.
INSERT INTO gift_asks (code, gift, asker, need, named, asked_at, check_at)
VALUES (:code, :gift, :asker, :need, :named, :now, :check_at) RETURNING number;

-- name: gift_ask
-- One ask.
SELECT {of_ask} FROM gift_asks a JOIN gifts g ON g.number = a.gift WHERE a.number = :number;

-- name: gift_ask_of_code
-- The ask that has this code, or had it last.
SELECT {of_ask} FROM gift_asks a JOIN gifts g ON g.number = a.gift
WHERE a.code = :code AND a.code > 0 ORDER BY a.number DESC LIMIT 1;

-- name: gift_asks_by
-- What somebody asked for and waits for, oldest first.
SELECT {of_ask} FROM gift_asks a JOIN gifts g ON g.number = a.gift
WHERE a.asker = :phone AND a.ended_at IS NULL ORDER BY a.number;

-- name: gift_asks_to
-- What a giver was asked and has not answered, oldest first. Sorts: the asks for what one person gives.
SELECT {of_ask} FROM gifts g JOIN gift_asks a ON a.gift = g.number
WHERE g.giver = :phone AND g.ended_at IS NULL AND a.ended_at IS NULL ORDER BY a.number;

-- name: gift_asks_for
-- Everybody who asked for a gift, oldest first.
SELECT {of_ask} FROM gift_asks a JOIN gifts g ON g.number = a.gift WHERE a.gift = :number ORDER BY a.number;

-- name: named_to
-- The ask by which an open request was named to this giver.
SELECT {of_ask} FROM gift_asks a JOIN gifts g ON g.number = a.gift
WHERE a.need = :need AND g.giver = :phone ORDER BY a.number DESC LIMIT 1;

-- name: refused
-- Whether a giver has said no to this person about this gift.
SELECT 1 AS so FROM gift_asks a WHERE a.gift = :number AND a.asker = :phone AND a.answer = 'no' LIMIT 1;

-- name: answer_gift_ask
-- What became of an ask; once.
UPDATE gift_asks SET answer = :answer, need = :need, ended_at = :now, check_at = NULL
WHERE number = :number AND ended_at IS NULL;

-- name: refuse_gift_ask
-- Not to this person: for them it goes on, and ends by itself.
UPDATE gift_asks SET answer = 'no' WHERE number = :number AND ended_at IS NULL;

-- name: end_refused_gift_ask
-- It is over for them as well; that it was a no stays.
UPDATE gift_asks SET ended_at = :now, check_at = NULL WHERE number = :number AND ended_at IS NULL;

-- name: make_need_of_gift
-- A giver said yes: it is a request that they have, under the code of the ask.
INSERT INTO needs (neighbor, code, words, what, area, details, recording, besides, status, wanted, gift, created_at,
                   changed_at)
VALUES (:phone, :code, :words, :what, :area, :words, '', '', 'open', 1, :gift, :now, :now) RETURNING number;

-- part: line
-- Whether a tool t is promised or with somebody, until when, and how many wait for it.
COALESCE((SELECT l.until FROM loans l WHERE l.tool = t.number AND l.state IN ('fetch', 'out', 'back')), 0) AS back_by,
       EXISTS (SELECT 1 FROM loans l WHERE l.tool = t.number AND l.state IN ('fetch', 'out', 'back')) AS away,
       (SELECT COUNT(*) FROM loans l WHERE l.tool = t.number AND l.state IN ('line', 'asked')) AS waiting

-- part: of_loan
-- A loan l with the tool t that it is of.
l.number AS loan, l.code AS loan_code, l.borrower, l.state, l.need, l.asked_at, l.until AS loan_until,
       l.told AS loan_told, t.*, {line}

-- name: begin_tool
-- Somebody has something to lend; its form begins.
INSERT INTO tools (code, lender, words, created_at, check_at)
VALUES (:code, :phone, :words, :now, :check_at) RETURNING number;

-- name: list_tool
-- The form is filled in: neighbors may ask for it.
UPDATE tools SET words = :words, recording = :recording, care = :care, care_recording = :care_recording, area = :area,
                 days = :days, of_group = :of_group, check_at = :check_at, listed = 1
WHERE number = :number AND ended_at IS NULL;

-- name: tool
-- One tool.
SELECT t.*, {line} FROM tools t WHERE t.number = :number;

-- name: tool_of_code
-- The tool that has this code, or had it last.
SELECT t.*, {line} FROM tools t WHERE t.code = :code ORDER BY t.number DESC LIMIT 1;

-- name: tools_of
-- What somebody lends, oldest first.
SELECT t.*, {line} FROM tools t WHERE t.lender = :phone AND t.ended_at IS NULL ORDER BY t.number;

-- name: tools_there
-- What is lent, oldest first.
SELECT t.*, {line} FROM tools t WHERE t.ended_at IS NULL AND t.listed = 1 ORDER BY t.number LIMIT :room;

-- name: lock_tools
-- SQLite has one writer: whoever decides has everything locked.

-- name: check_tool
-- It is looked after again then.
UPDATE tools SET check_at = :check_at WHERE number = :number AND ended_at IS NULL;

-- name: break_tool
-- It is in repair since then, or mended.
UPDATE tools SET broken_at = :broken_at WHERE number = :number AND ended_at IS NULL;

-- name: end_tool
-- It is lent no more; once.
UPDATE tools SET ended_at = :now, why = :why, check_at = NULL WHERE number = :number AND ended_at IS NULL;

-- name: begin_loan
-- Somebody asks for a tool: they stand in line behind all others.
INSERT INTO loans (code, tool, borrower, state, asked_at) VALUES (:code, :tool, :phone, 'line', :now) RETURNING number;

-- name: loan
-- One loan.
SELECT {of_loan} FROM loans l JOIN tools t ON t.number = l.tool WHERE l.number = :number;

-- name: loan_of_code
-- The loan that has this code, or had it last.
SELECT {of_loan} FROM loans l JOIN tools t ON t.number = l.tool WHERE l.code = :code ORDER BY l.number DESC LIMIT 1;

-- name: loans_by
-- What somebody asked for or has, oldest first.
SELECT {of_loan} FROM loans l JOIN tools t ON t.number = l.tool
WHERE l.borrower = :phone AND l.ended_at IS NULL ORDER BY l.number;

-- name: loans_from
-- Who asked for what somebody lends, or has it, oldest first. Sorts: the loans of one lender.
-- What is lent no more may be with somebody still: the index of lenders holds what is over as well.
SELECT {of_loan} FROM tools t JOIN loans l ON l.tool = t.number
WHERE t.lender = :phone AND l.ended_at IS NULL ORDER BY l.number;

-- name: loans_of
-- Who asked for a tool, or has it, oldest first.
SELECT {of_loan} FROM loans l JOIN tools t ON t.number = l.tool
WHERE l.tool = :number AND l.ended_at IS NULL ORDER BY l.number;

-- name: loans_away
-- What is promised or with somebody, soonest due first. Sorts: by that time.
SELECT {of_loan} FROM loans l JOIN tools t ON t.number = l.tool
WHERE l.state IN ('fetch', 'out', 'back') ORDER BY l.until, l.number LIMIT :room;

-- name: loan_refused
-- Whether a lender has said no to this person about this tool.
SELECT 1 AS so FROM loans WHERE tool = :number AND borrower = :phone AND refused = 1 LIMIT 1;

-- name: set_loan
-- Where a loan stands from now on; none that is over.
UPDATE loans SET state = :state, need = :need, until = :until, told = :told, check_at = :check_at,
                 refused = CASE WHEN :state = 'refused' THEN 1 ELSE refused END,
                 ended_at = CASE WHEN :state = 'over' THEN :now ELSE ended_at END
WHERE number = :number AND ended_at IS NULL;

-- name: make_need_of_loan
-- A lender said yes: it is a request that they have, under the code of the loan. It carries the words of both.
INSERT INTO needs (neighbor, code, words, what, area, details, recording, besides, status, wanted, loan, created_at,
                   changed_at)
VALUES (:phone, :code, :words, :what, :area, :words, '', '', 'open', 1, :loan, :now, :now) RETURNING number;

-- part: who_come
-- How many people come to a gathering g, for how many places are held until its host answers, and how many guests wait.
(SELECT COALESCE(SUM(s.people), 0) FROM guests s WHERE s.gathering = g.number AND s.state = 'comes') AS people,
       (SELECT COALESCE(SUM(s.people), 0) FROM guests s
        WHERE s.gathering = g.number AND s.state = 'asks' AND s.ended_at IS NULL) AS held,
       (SELECT COUNT(*) FROM guests s WHERE s.gathering = g.number AND s.state = 'waits') AS waiting

-- part: of_guest
-- A guest s of the gathering g.
s.number AS guest_number, s.guest, s.people AS guest_people, s.state, s.asked_at, s.told_at,
       (SELECT COUNT(*) FROM guests o WHERE o.gathering = s.gathering AND o.number <= s.number) AS guest_seat,
       g.*, {who_come}

-- name: begin_gathering
-- Somebody invites; the form begins.
INSERT INTO gatherings (code, host, words, created_at, check_at)
VALUES (:code, :phone, :words, :now, :check_at) RETURNING number;

-- name: list_gathering
-- The form is filled in: neighbors hear of it.
UPDATE gatherings SET words = :words, recording = :recording, place = :place, place_recording = :place_recording,
                      area = :area, places = :places, starts_at = :starts_at, rain_at = :rain_at, weather = :weather,
                      told = :told, check_at = :check_at, anyone = :anyone, listed = 1
WHERE number = :number AND ended_at IS NULL;

-- name: gathering
-- One gathering.
SELECT g.*, {who_come} FROM gatherings g WHERE g.number = :number;

-- name: gathering_of_code
-- The gathering that has this code, or had it last.
SELECT g.*, {who_come} FROM gatherings g WHERE g.code = :code ORDER BY g.number DESC LIMIT 1;

-- name: gatherings_of
-- To what somebody invites, oldest first.
SELECT g.*, {who_come} FROM gatherings g WHERE g.host = :phone AND g.ended_at IS NULL ORDER BY g.number;

-- name: gatherings_there
-- What will be, the next first.
SELECT g.*, {who_come} FROM gatherings g
WHERE g.ended_at IS NULL AND g.listed = 1 AND g.starts_at > :now ORDER BY g.starts_at, g.number LIMIT :room;

-- name: lock_gatherings
-- SQLite has one writer: whoever decides has everything locked.

-- name: check_gathering
-- It is looked after again then; so many steps were taken.
UPDATE gatherings SET check_at = :check_at, told = :told WHERE number = :number AND ended_at IS NULL;

-- name: move_gathering
-- It is on its other day; there is no third one.
UPDATE gatherings SET starts_at = :starts_at, rain_at = NULL, weather = 'off', told = :told, check_at = :check_at
WHERE number = :number AND ended_at IS NULL;

-- name: end_gathering
-- It is over, or off; once.
UPDATE gatherings SET ended_at = :now, why = :why, check_at = NULL WHERE number = :number AND ended_at IS NULL;

-- name: end_guests
-- With it their coming is over.
UPDATE guests SET ended_at = :now WHERE gathering = :number AND ended_at IS NULL;

-- name: change_guest
-- Somebody comes after all, asks, waits, does not come, is turned away, or brings more or fewer. Who comes is told where.
UPDATE guests SET state = :state, people = :many,
                  told_at = CASE WHEN :state = 'comes' THEN COALESCE(told_at, :now) ELSE told_at END,
                  ended_at = CASE WHEN :state IN ('not', 'turned_away') THEN :now ELSE ended_at END
WHERE gathering = :gathering AND guest = :phone AND ended_at IS NULL;

-- name: add_guest
-- Somebody comes, asks or waits, behind all others.
INSERT INTO guests (gathering, guest, people, state, asked_at, told_at)
VALUES (:gathering, :phone, :many, :state, :now, CASE WHEN :state = 'comes' THEN CAST(:now AS DOUBLE PRECISION) END);

-- name: turned_away_from
-- Where a host said no to this person.
SELECT gathering FROM guests WHERE guest = :phone AND state = 'turned_away';

-- name: guests_by
-- Where somebody goes or waits for a place, oldest first.
SELECT {of_guest} FROM guests s JOIN gatherings g ON g.number = s.gathering
WHERE s.guest = :phone AND s.ended_at IS NULL ORDER BY s.number;

-- name: guests_of
-- Who comes to one, or waits, in the order in which they said so.
SELECT {of_guest} FROM guests s JOIN gatherings g ON g.number = s.gathering
WHERE s.gathering = :number AND s.ended_at IS NULL ORDER BY s.number;

-- name: begin_circle
-- Somebody begins a circle; its form begins.
INSERT INTO circles (code, organizer, words, created_at, check_at)
VALUES (:code, :phone, :words, :now, :check_at) RETURNING number;

-- name: list_circle
-- The form is filled in: others may join.
UPDATE circles SET words = :words, recording = :recording, share = :share, share_recording = :share_recording,
                   cover = :cover, rule = :rule, rule_recording = :rule_recording, beat = :beat, ordered = :ordered,
                   newcomers_last = :newcomers_last, starts_at = :starts_at, check_at = :check_at, listed = 1
WHERE number = :number AND listed = 0 AND ended_at IS NULL;

-- name: circle
-- One circle.
SELECT * FROM circles WHERE number = :number;

-- name: circle_of_code
-- The circle that has this code, or had it last.
SELECT * FROM circles WHERE code = :code ORDER BY number DESC LIMIT 1;

-- name: circles_of
-- Which somebody organizes, or is about to, oldest first.
SELECT * FROM circles WHERE organizer = :phone AND ended_at IS NULL ORDER BY number;

-- name: circles_with
-- In which somebody is, oldest first.
SELECT c.* FROM circle_members m JOIN circles c ON c.number = m.circle
WHERE m.member = :phone AND m.ended_at IS NULL ORDER BY m.number;

-- name: lock_circles
-- SQLite has one writer: whoever decides has everything locked.

-- name: keep_circle
-- Where it stands: its turn, the draw, who may swap, and when it is looked after again.
UPDATE circles SET starts_at = :starts_at, turn = :turn, told = :told, seed = :seed, swap_from = :swap_from,
                   swap_to = :swap_to, swap_agreed = :swap_agreed, check_at = :check_at
WHERE number = :number AND ended_at IS NULL;

-- name: end_circle
-- It is over; once.
UPDATE circles SET ended_at = :now, why = :why, check_at = NULL WHERE number = :number AND ended_at IS NULL;

-- name: end_circle_members
-- With it their part in it is over.
UPDATE circle_members SET ended_at = :now WHERE circle = :number AND ended_at IS NULL;

-- name: join_circle
-- Somebody is in it, by their own yes.
INSERT INTO circle_members (circle, member, newcomer, seat, joined_at)
VALUES (:circle, :phone, :newcomer, :seat, :now);

-- name: place_member
-- Which turn is theirs, or that they are not in it any more.
UPDATE circle_members SET seat = :seat, nth = :nth, left_at = :left_at, ended_at = COALESCE(ended_at, :left_at)
WHERE number = :number;

-- name: members_of_circle
-- Who is in one, or was, in the order in which they joined.
SELECT * FROM circle_members WHERE circle = :number ORDER BY number;

-- name: mark_circle
-- Something is on record.
INSERT INTO circle_marks (circle, turn, doer, about, deed, made_at)
VALUES (:circle, :turn, :doer, :other, :deed, :now);

-- name: marks_of_circle
-- What is on record of one, in its order.
SELECT * FROM circle_marks WHERE circle = :number ORDER BY number;

-- name: daily_ring
-- When somebody is rung each day, and how that stands.
SELECT * FROM daily_rings WHERE phone = :phone;

-- name: daily_ring_is_made
-- Whether somebody is being rung for it just now.
SELECT 1 AS so FROM daily_rings WHERE phone = :phone AND rings = 1;

-- name: keep_daily_ring
-- How the daily ring of somebody stands from now on.
INSERT INTO daily_rings (phone, hour, due_at, check_at, rings, tries, engaged, came, came_at, silent, told, alive_at,
                         away_until, asked, created_at)
VALUES (:phone, :hour, :due_at, :check_at, :rings, :tries, :engaged, :came, :came_at, :silent, :told, :alive_at,
        :away_until, :asked, :now)
ON CONFLICT (phone) DO UPDATE
SET hour = :hour, due_at = :due_at, check_at = :check_at, rings = :rings, tries = :tries, engaged = :engaged, came = :came,
    came_at = :came_at, silent = :silent, told = :told, alive_at = :alive_at, away_until = :away_until, asked = :asked;

-- name: daily_ring_tried
-- A call came to an end without a key, while the ring is still being made.
UPDATE daily_rings SET tries = :tries, engaged = :engaged, check_at = :check_at
WHERE phone = :phone AND rings = 1 AND due_at = :due_at;

-- name: drop_daily_ring
-- Nobody rings them each day any more.
DELETE FROM daily_rings WHERE phone = :phone;

-- name: next_daily_ring
-- The daily ring that has waited longest to be made, or looked after.
SELECT phone AS id, phone AS party, 0 AS about FROM daily_rings
WHERE check_at <= :now ORDER BY check_at, phone LIMIT 1;

-- name: put_off_daily_ring
-- A daily ring is looked after again then.
UPDATE daily_rings SET check_at = :until WHERE phone = :id;

-- name: kept_daily_ring
-- When somebody is rung each day. May scan: a command asks it, now and then.
SELECT created_at AS at, hour, came, away_until FROM daily_rings WHERE phone = :phone;

-- name: tell_rings_not_made
-- Whose ring was not made for a fault of ours: coordinators hear it now. May scan: at a start, and after a fault.
UPDATE daily_rings SET told = 1 WHERE told = 0 RETURNING phone, hour, safety;

-- name: daily_ring_for_safety
-- Whether others are alarmed where somebody does not answer. By itself: the one they name may say yes at any moment.
UPDATE daily_rings SET safety = :safety WHERE phone = :phone AND safety <> :safety;

-- name: daily_ring_consent
-- Whether they want a volunteer to ring them.
UPDATE daily_rings SET consent = :consent WHERE phone = :phone;

-- name: daily_ring_to_machine
-- The volunteer's turn is over without a word of who is rung: the machine rings now. Once.
UPDATE daily_rings SET asked = '', check_at = :now WHERE phone = :phone AND asked = :volunteer AND rings = 1;

-- name: companion
-- What a volunteer has offered.
SELECT * FROM companions WHERE volunteer = :volunteer;

-- name: companion_of
-- The volunteer who rings somebody.
SELECT * FROM companions WHERE other = :phone AND other <> '';

-- name: companions_free
-- Volunteers who ring nobody yet, first come first.
SELECT * FROM companions WHERE other = '' ORDER BY created_at, volunteer LIMIT :room;

-- name: offer_company
-- A volunteer would ring somebody, on so many days a week at most.
INSERT INTO companions (volunteer, most, created_at) VALUES (:volunteer, :most, :now)
ON CONFLICT (volunteer) DO UPDATE SET most = :most;

-- name: join_companion
-- A volunteer rings somebody from now on: the first who says yes, and nobody is rung by two.
UPDATE companions SET other = :phone, missed = 0
WHERE volunteer = :volunteer AND other = '' AND NOT EXISTS (SELECT 1 FROM companions WHERE other = :phone);

-- name: part_companion
-- A volunteer rings this person no more.
UPDATE companions SET other = '', missed = 0 WHERE volunteer = :volunteer AND other = :phone;

-- name: end_companion
-- A volunteer rings nobody any more.
DELETE FROM companions WHERE volunteer = :volunteer;

-- name: companion_rung
-- When a volunteer was rung for it last, and how often in a row in vain.
UPDATE companions SET rung_at = :at, missed = :missed WHERE volunteer = :volunteer;

-- name: drop_own_companions
-- Somebody is forgotten: what they offered, and who rings them.
DELETE FROM companions WHERE volunteer = :phone OR other = :phone;

-- name: drop_asked_companion
-- Somebody is forgotten whose turn it is just now. May scan: a command asks it, now and then.
UPDATE daily_rings SET asked = '' WHERE asked = :phone;

-- name: kept_companions
-- Whom a volunteer rings, and who rings somebody. May scan: a command asks it, now and then.
SELECT created_at AS at, CASE WHEN volunteer = :phone THEN other ELSE volunteer END AS other, volunteer = :phone AS mine
FROM companions WHERE volunteer = :phone OR other = :phone;

-- name: ring_contacts_of
-- Whom somebody named to look after them. Sorts: two people.
SELECT * FROM ring_contacts WHERE phone = :phone ORDER BY rank, contact;

-- name: ring_contacts_by
-- Whom somebody is asked to look after, or does.
SELECT * FROM ring_contacts WHERE contact = :contact AND consent <> 'no' ORDER BY phone;

-- name: ring_contact
-- How it stands between two people.
SELECT * FROM ring_contacts WHERE phone = :phone AND contact = :contact;

-- name: keep_ring_contact
-- How it stands between two people from now on.
INSERT INTO ring_contacts (phone, contact, rank, consent, asked_at, check_at, asks)
VALUES (:phone, :contact, :rank, :consent, :asked_at, :check_at, :asks)
ON CONFLICT (phone, contact) DO UPDATE
SET rank = :rank, consent = :consent, asked_at = :asked_at, check_at = :check_at, asks = :asks;

-- name: drop_ring_contacts
-- Nobody looks after them any more. Who said no, or has not said yet, is not asked anew where they begin once more.
DELETE FROM ring_contacts WHERE phone = :phone AND consent = 'yes';

-- name: ask_ring_contacts_no_more
-- The same of who has not said yet.
UPDATE ring_contacts SET consent = 'no', check_at = NULL WHERE phone = :phone AND consent = 'asked';

-- name: drop_own_ring_contacts
-- Somebody is forgotten: those who look after them, and whom they look after.
DELETE FROM ring_contacts WHERE phone = :phone OR contact = :phone;

-- name: next_ring_contact
-- Who has waited longest to be asked whether they agree.
SELECT phone || ' ' || contact AS id, contact AS party, 0 AS about FROM ring_contacts
WHERE check_at IS NOT NULL AND check_at <= :now ORDER BY check_at, phone, contact LIMIT 1;

-- name: put_off_ring_contact
-- Somebody is asked again then.
UPDATE ring_contacts SET check_at = :until WHERE phone || ' ' || contact = :id;

-- name: kept_ring_contacts
-- Who looks after somebody, and whom they do. May scan: a command asks it, now and then.
SELECT asked_at AS at, CASE WHEN phone = :phone THEN contact ELSE phone END AS other, phone = :phone AS mine, consent
FROM ring_contacts WHERE phone = :phone OR contact = :phone;

-- name: ring_sign_up
-- The safety call that somebody began to ask for.
SELECT * FROM ring_sign_ups WHERE phone = :phone;

-- name: keep_ring_sign_up
-- How far somebody is in asking for it.
INSERT INTO ring_sign_ups (phone, hour, agreed, begun_at, check_at, asks)
VALUES (:phone, :hour, :agreed, :begun_at, :check_at, :asks)
ON CONFLICT (phone) DO UPDATE
SET hour = :hour, agreed = :agreed, begun_at = :begun_at, check_at = :check_at, asks = :asks;

-- name: drop_ring_sign_up
-- They finished it, or want it no more.
DELETE FROM ring_sign_ups WHERE phone = :phone;

-- name: next_ring_sign_up
-- Who has not finished it for longest.
SELECT phone AS id, phone AS party, 0 AS about FROM ring_sign_ups
WHERE check_at <= :now ORDER BY check_at, phone LIMIT 1;

-- name: put_off_ring_sign_up
-- They are reminded then.
UPDATE ring_sign_ups SET check_at = :until WHERE phone = :id;

-- name: kept_ring_sign_up
-- What is kept of somebody.
SELECT begun_at AS at, hour, agreed FROM ring_sign_ups WHERE phone = :phone;

-- name: raise_ring_alarm
-- Somebody does not answer. There is one alarm about a person.
INSERT INTO ring_alarms (phone, raised_at, check_at) VALUES (:phone, :now, :now) ON CONFLICT (phone) DO NOTHING;

-- name: ring_alarm
-- The alarm about somebody.
SELECT * FROM ring_alarms WHERE phone = :phone;

-- name: lock_ring_alarm
-- The same. SQLite has one writer: whoever decides has everything locked.
SELECT * FROM ring_alarms WHERE phone = :phone;

-- name: ring_alarms
-- All alarms under way. May scan: they are few. Sorts: as few.
SELECT * FROM ring_alarms ORDER BY raised_at, phone;

-- name: ring_alarm_asks
-- Whether it is the turn of somebody.
SELECT 1 AS so FROM ring_alarms WHERE asked = :phone LIMIT 1;

-- name: keep_ring_alarm
-- How far it is. One that is over is not begun again by this.
UPDATE ring_alarms SET check_at = :check_at, rank = :rank, turns = :turns, asked = :asked, looks = :looks, looked = :looked
WHERE phone = :phone;

-- name: drop_ring_alarm
-- A person said that all is well.
DELETE FROM ring_alarms WHERE phone = :phone;

-- name: drop_ring_alarm_names
-- Somebody is forgotten who was asked in an alarm: the next one is asked now. May scan: alarms are few.
UPDATE ring_alarms SET check_at = CASE WHEN asked = :phone OR looks = :phone THEN :now ELSE check_at END,
                       asked = CASE WHEN asked = :phone THEN '' ELSE asked END,
                       looks = CASE WHEN looks = :phone THEN '' ELSE looks END,
                       looked = TRIM(REPLACE(' ' || looked || ' ', ' ' || :phone || ' ', ' '))
WHERE asked = :phone OR looks = :phone OR looked LIKE '%' || :phone || '%';

-- name: next_ring_alarm
-- The alarm that has waited longest to go on.
SELECT phone AS id, phone AS party, 0 AS about FROM ring_alarms WHERE check_at <= :now ORDER BY check_at, phone LIMIT 1;

-- name: put_off_ring_alarm
-- An alarm goes on then.
UPDATE ring_alarms SET check_at = :until WHERE phone = :id;

-- name: lease_alarm_ring
-- The same as lease_ring for whom an alarm asks: calls may be held, an alarm is not.
UPDATE rings SET status = 'calling', lease = lease + 1, leased_until = :until, tried_at = :now, tries = tries + 1,
                 stage = '', human = 0, misses = 0, looks = 0, sid = ''
WHERE id IN (SELECT id FROM rings WHERE status = 'waiting' AND due_at <= :now
             AND party IN (SELECT asked FROM ring_alarms WHERE asked <> '') ORDER BY due_at, id LIMIT 1)
RETURNING *;

-- name: flag_is_open_about
-- Whether a person has yet to look at this about somebody.
SELECT 1 AS so FROM flags WHERE party = :party AND why = :why AND settled_at IS NULL LIMIT 1;

-- name: board_browser
-- A browser before the board's door.
SELECT * FROM board_browsers WHERE browser = :browser;

-- name: board_browser_seen
-- A browser comes to the door, perhaps for the first time.
INSERT INTO board_browsers (browser, seen_at) VALUES (:browser, :now)
ON CONFLICT (browser) DO UPDATE SET seen_at = :now;

-- name: board_asked
-- A code is asked for from this browser.
UPDATE board_browsers SET coordinator = :coordinator, hash = :hash, made_at = :now, misses = 0, outbox = :outbox,
                          asked = :asked, asked_since = :asked_since
WHERE browser = :browser;

-- name: board_strangers_asked
-- How often a code was asked for lately in somebody's name, from browsers in which they never signed in.
SELECT COALESCE(SUM(asked), 0) AS many FROM board_browsers
WHERE coordinator = :coordinator AND made_at > :since AND known <> :coordinator;

-- name: board_missed
-- A wrong code was typed.
UPDATE board_browsers SET misses = misses + 1 WHERE browser = :browser;

-- name: board_known
-- Its owner has signed in here: the code is used up.
UPDATE board_browsers SET hash = '', known = :coordinator, asked = 0, misses = 0 WHERE browser = :browser;

-- name: board_unknown
-- Browsers in which somebody signed in are like any other again.
UPDATE board_browsers SET known = '', hash = '' WHERE coordinator = :coordinator;

-- name: board_guess
-- A password is tried in this browser.
UPDATE board_browsers SET guesses = :guesses, guessed = :coordinator, guessed_since = :since WHERE browser = :browser;

-- name: board_strangers_guessed
-- How often somebody's password was tried lately, in browsers in which they never signed in.
SELECT COALESCE(SUM(guesses), 0) AS many FROM board_browsers
WHERE guessed = :coordinator AND guesses > 0 AND guessed_since > :since AND known <> :coordinator;

-- name: board_guessed_right
-- The password was right: its owner is known in this browser.
UPDATE board_browsers SET known = :coordinator, guesses = 0 WHERE browser = :browser;

-- name: board_password
-- What is kept of somebody's password.
SELECT hash, changed_at FROM board_passwords WHERE coordinator = :coordinator;

-- name: board_set_password
-- Somebody has a password, or another one.
INSERT INTO board_passwords (coordinator, hash, changed_at) VALUES (:coordinator, :hash, :now)
ON CONFLICT (coordinator) DO UPDATE SET hash = :hash, changed_at = :now;

-- name: board_no_password
-- Somebody has none any more.
DELETE FROM board_passwords WHERE coordinator = :coordinator;

-- name: board_end_others
-- All of somebody's sessions end but the one in which they are.
UPDATE board_sessions SET ended_at = :now WHERE coordinator = :coordinator AND ended_at IS NULL AND token <> :token;

-- name: blank_code
-- A code that was used is not to be read in what was sent.
UPDATE outbox SET texts = '[]', prompt = '[]' WHERE id = :id AND party = :party;

-- name: board_begin
-- Somebody signs in.
INSERT INTO board_sessions (token, coordinator, began_at, seen_at) VALUES (:token, :coordinator, :now, :now);

-- name: board_session
-- Who is signed in with what the browser shows.
SELECT coordinator, began_at, seen_at FROM board_sessions
WHERE token = :token AND ended_at IS NULL AND seen_at > :since;

-- name: board_still_here
-- Somebody who is signed in did something.
UPDATE board_sessions SET seen_at = :now WHERE token = :token AND ended_at IS NULL;

-- name: board_end
-- Somebody signs out.
UPDATE board_sessions SET ended_at = :now WHERE token = :token AND ended_at IS NULL;

-- name: board_end_all
-- All of somebody's sessions end, wherever they are.
UPDATE board_sessions SET ended_at = :now WHERE coordinator = :coordinator AND ended_at IS NULL;

-- name: board_sessions
-- Who is signed in now. Sorts: the sessions of a team.
SELECT coordinator, COUNT(*) AS many, MAX(seen_at) AS seen_at FROM board_sessions
WHERE ended_at IS NULL AND seen_at > :since GROUP BY coordinator;

-- name: drop_old_sessions
-- Sessions of long ago; of each coordinator the last of them stays, by which they read what happened since. May scan: those of a team, once in a while.
DELETE FROM board_sessions WHERE seen_at < :before AND seen_at < (
  SELECT MAX(s.seen_at) FROM board_sessions s WHERE s.coordinator = board_sessions.coordinator AND s.seen_at < :before);

-- name: drop_old_browsers
-- Browsers that were not seen for long. May scan: those of a team, and of whoever tried the door in a day.
DELETE FROM board_browsers WHERE seen_at < :before OR (seen_at < :lately AND known = '');

-- name: board_did
-- What somebody did at the board. Nothing changes or takes away what stands here.
INSERT INTO board_trail (at, coordinator, what, need, more, press)
VALUES (:now, :coordinator, :what, :number, :more, :press);

-- name: board_pressed
-- Whether a form was sent before.
SELECT need FROM board_trail WHERE press = :press AND press <> '';

-- name: board_trail
-- What was done at the board, the newest first. May scan: the next page of it, by its numbers.
SELECT t.id, t.at, t.coordinator, t.what, t.need, t.more, n.code FROM board_trail t LEFT JOIN needs n ON n.number = t.need
WHERE t.id < :below ORDER BY t.id DESC LIMIT :room;

-- name: board_trail_of_need
-- What was done at the board about one need, in the order of time.
SELECT at, coordinator, what, more FROM board_trail WHERE need = :number ORDER BY id;

-- name: board_last_by
-- Who last did something to a need at the board.
SELECT at, coordinator, what FROM board_trail WHERE need = :number ORDER BY id DESC LIMIT 1;

-- name: board_hand
-- Who looks after something.
SELECT coordinator, since, seen_at FROM board_hands WHERE subject = :subject;

-- name: board_take_in_hand
-- Somebody looks after it, unless somebody else does and did something about it since then.
INSERT INTO board_hands (subject, coordinator, since, seen_at) VALUES (:subject, :coordinator, :now, :now)
ON CONFLICT (subject) DO UPDATE SET coordinator = :coordinator, since = :now, seen_at = :now
WHERE board_hands.seen_at <= :silent_since OR board_hands.coordinator = :coordinator;

-- name: board_let_go
-- Somebody looks after it no longer.
DELETE FROM board_hands WHERE subject = :subject AND coordinator = :coordinator;

-- name: board_still_in_hand
-- Whoever looks after it did something about it.
UPDATE board_hands SET seen_at = :now WHERE subject = :subject AND coordinator = :coordinator;

-- name: board_hands
-- What is looked after just now. May scan: what a team has in hand.
SELECT subject, coordinator, seen_at FROM board_hands WHERE seen_at > :silent_since;

-- name: drop_old_hands
-- What nobody looks after any more. May scan: what a team has in hand.
DELETE FROM board_hands WHERE seen_at < :before;

-- name: handover_said
-- A line for the next coordinator.
INSERT INTO board_handovers (coordinator, words, at) VALUES (:coordinator, :words, :now);

-- name: handover
-- One such line.
SELECT * FROM board_handovers WHERE id = :id;

-- name: handover_read
-- Somebody else than its writer read it, and nobody before.
UPDATE board_handovers SET read_by = :coordinator, read_at = :now
WHERE id = :id AND read_by = '' AND coordinator <> :coordinator;

-- name: handovers
-- The newest of them. May scan: those of a team, by their numbers.
SELECT * FROM board_handovers ORDER BY id DESC LIMIT :room;

-- name: drop_old_handovers
-- Those of before then.
DELETE FROM board_handovers WHERE at < :before;

-- name: read_handovers
-- What stands in them. May scan: those of a team.
SELECT id AS key, '' AS party, words AS said, 0 AS waits FROM board_handovers;

-- name: blank_handovers
-- Words about somebody who is forgotten.
DELETE FROM board_handovers WHERE id = :key;

-- name: board_last_look
-- When somebody last looked in a session that was over before this one began. May scan: the sessions of a team.
SELECT MAX(s.seen_at) AS seen_at FROM board_sessions s
WHERE s.coordinator = :coordinator AND s.token <> :token
  AND s.seen_at <= (SELECT b.began_at FROM board_sessions b WHERE b.token = :token);

-- name: board_count_since
-- How much happened since then. May scan: asked by a person, now and then.
SELECT (SELECT COUNT(*) FROM needs n WHERE n.created_at > :since AND n.status <> 'draft') AS asked,
       (SELECT COUNT(*) FROM claims c WHERE c.taken_at > :since) AS taken,
       (SELECT COUNT(*) FROM needs n WHERE n.status IN ('done', 'cancelled', 'expired') AND n.status = 'done'
        AND n.changed_at > :since) AS done,
       (SELECT COUNT(*) FROM needs n WHERE n.status IN ('done', 'cancelled', 'expired') AND n.status <> 'done'
        AND n.changed_at > :since) AS closed,
       (SELECT COUNT(*) FROM dangers d WHERE d.raised_at > :since) AS danger;

-- name: board_since
-- What happened since then, the newest first. May scan: asked by a person, now and then. Sorts: what happened in a shift.
SELECT e.at, e.event, e.number, e.who, n.code, n.what, n.area FROM (
  SELECT created_at AS at, 'asked' AS event, number, '' AS who FROM needs WHERE created_at > :since AND status <> 'draft'
  UNION ALL SELECT taken_at, 'taken', need, volunteer FROM claims WHERE taken_at > :since
  UNION ALL SELECT changed_at, CASE status WHEN 'done' THEN 'done' ELSE 'closed' END, number, '' FROM needs
  WHERE status IN ('done', 'cancelled', 'expired') AND changed_at > :since
  UNION ALL SELECT raised_at, 'danger', need, '' FROM dangers WHERE raised_at > :since
) e LEFT JOIN needs n ON n.number = e.number ORDER BY e.at DESC, e.number LIMIT :room;

-- name: board_note
-- A note about a need.
INSERT INTO board_notes (need, coordinator, tier, words, at) VALUES (:number, :coordinator, :tier, :words, :now);

-- name: board_notes
-- The notes about a need.
SELECT coordinator, tier, words, at FROM board_notes WHERE need = :number ORDER BY id;

-- name: forget_notes_about
-- What was noted about a need of somebody who is forgotten.
DELETE FROM board_notes WHERE need = :number;

-- name: forget_notes
-- What was noted about needs that are over for long.
DELETE FROM board_notes
WHERE need IN (SELECT number FROM past_needs WHERE changed_at > :since AND changed_at <= :until);

-- name: forget_wanted_in_calls
-- Whom the team wanted to talk to. May scan: a command asks it, now and then.
UPDATE rings SET other = '' WHERE other = :phone;

-- name: reopen
-- A need that was closed, or given up, is asked around again: nobody has it.
UPDATE needs SET status = 'open', takers = '', helpers = 0, helped = '', look_at = :now, asked_since = :now,
                 escalated_at = NULL, changed_at = :now, coming_at = NULL, doubted_by = '', doubt_at = NULL, same_as = 0
WHERE number = :number AND status IN ('cancelled', 'expired', 'done');

-- name: had_it
-- Those who had a need when it was closed, or not needed any more. Sorts: those few.
SELECT volunteer FROM claims WHERE need = :number AND outcome = 'withdrawn' ORDER BY taken_at, volunteer;

-- name: link_need
-- A need is looked after under another one, since both are about the same.
UPDATE needs SET status = 'cancelled', same_as = :into, look_at = NULL, check_at = NULL, changed_at = :now
WHERE number = :number AND status IN ('draft', 'open', 'taken');

-- name: relink_needs
-- Those that were looked after under a need are looked after where that is now.
UPDATE needs SET same_as = :into WHERE same_as = :number AND same_as > 0;

-- name: board_same
-- The needs that are looked after under this one. Sorts: a few.
SELECT number, code, status, what, area, created_at FROM needs WHERE same_as = :number AND same_as > 0 ORDER BY number;

-- name: board_of_neighbor
-- What else somebody asked for, the newest first.
SELECT number, code, status, what, area, created_at FROM needs
WHERE neighbor = :phone AND number <> :number ORDER BY number DESC LIMIT :room;

-- name: undo_need
-- How a need stands, in full.
SELECT * FROM needs WHERE number = :number;

-- name: undo_claims
-- Who has or had a need, in full.
SELECT * FROM claims WHERE need = :number ORDER BY volunteer, taken_at;

-- name: undo_alerts
-- Who was asked about a need, in full.
SELECT * FROM alerts WHERE need = :number ORDER BY volunteer, wave;

-- name: undo_flags
-- What is flagged about a need, in full. Sorts: the flags of one need.
SELECT * FROM flags WHERE about = :number ORDER BY id;

-- name: undo_relayed
-- The words that were passed on about a need, in full.
SELECT * FROM relayed WHERE need = :number ORDER BY id;

-- name: undo_dangers
-- The dangers about a need, in full. Sorts: the dangers of one need.
SELECT * FROM dangers WHERE need = :number ORDER BY id;

-- name: undo_outbox
-- What waits to be said about a need. Sorts: the texts of one need.
SELECT id, status, reason, due_at FROM outbox
WHERE about = :number AND status IN ('waiting', 'to_ring') ORDER BY id;

-- name: undo_last_text
-- The newest row of the outbox, before a press puts more there. May scan: one row, by its number.
SELECT id FROM outbox ORDER BY id DESC LIMIT 1;

-- name: undo_texts
-- What a press had to say about a need. Sorts: the texts of one need.
SELECT id FROM outbox WHERE about = :number AND id > :last AND status = 'waiting' ORDER BY id;

-- name: undo_hold_text
-- A text of a press waits until it cannot be taken back any more, or goes now.
UPDATE outbox SET due_at = :until WHERE id = :id AND status = 'waiting';

-- name: undo_drop_text
-- A text of a press that was taken back is not sent.
UPDATE outbox SET status = 'dropped', reason = 'undone', changed_at = :now WHERE id = :id AND status = 'waiting';

-- name: undo_hold_waves
-- Nobody new is asked about it before that.
UPDATE needs SET look_at = :until WHERE number = :number AND look_at < :until;

-- name: undo_keep
-- What was done last to a need at the board, and how it stood before.
INSERT INTO board_undo (need, coordinator, what, until, texts, before, after, made)
VALUES (:number, :coordinator, :what, :until, :texts, :before, :after, :made)
ON CONFLICT (need) DO UPDATE SET coordinator = :coordinator, what = :what, until = :until, texts = :texts,
                                 before = :before, after = :after, made = :made;

-- name: undo_there
-- What can be taken back about a need.
SELECT * FROM board_undo WHERE need = :number AND until > :now;

-- name: undo_used
-- It is taken back, or sent, or about somebody who is forgotten.
DELETE FROM board_undo WHERE need = :number;

-- name: undo_over
-- What cannot be taken back any more.
DELETE FROM board_undo WHERE until < :now;

-- name: undo_none
-- Nothing can be taken back: somebody is forgotten. May scan: what a team did in a minute.
DELETE FROM board_undo;

-- name: undo_set_need
-- A need stands as it did.
UPDATE needs SET neighbor = :neighbor, status = :status, what = :what, area = :area, words = :words, details = :details,
                 recording = :recording, callback = :callback, wanted = :wanted, helpers = :helpers, takers =
                 :takers, wave = :wave, look_at = :look_at, escalated_at = :escalated_at, asked_since =
                 :asked_since, created_at = :created_at, changed_at = :changed_at, urgent = :urgent, every =
                 :every, helped = :helped, first_choice = :first_choice, coming_at = :coming_at, check_at =
                 :check_at, checks = :checks, drops = :drops, again_at = :again_at, held_since = :held_since,
                 paused_until = :paused_until, doubted_by = :doubted_by, doubt_at = :doubt_at, code = :code,
                 due = :due, starts_at = :starts_at, ends_at = :ends_at, besides = :besides, again_since =
                 :again_since, gift = :gift, loan = :loan, same_as = :same_as
WHERE number = :number;

-- name: undo_free_code
-- The number of a need that never was is nobody's: it was not told yet.
UPDATE codes SET freed_at = 0 WHERE code = (SELECT code FROM needs WHERE number = :number);

-- name: undo_unmake
-- A need that was made by what was taken back.
DELETE FROM needs WHERE number = :number;

-- name: undo_drop_claims
-- Who has or had it, before that is put as it was.
DELETE FROM claims WHERE need = :number;

-- name: undo_put_claim
-- Somebody has or had it, as it was.
INSERT INTO claims (need, volunteer, taken_at, ended_at, outcome)
VALUES (:need, :volunteer, :taken_at, :ended_at, :outcome);

-- name: undo_drop_alerts
-- Who was asked, before that is put as it was.
DELETE FROM alerts WHERE need = :number;

-- name: undo_put_alert
-- Somebody was asked, as it was.
INSERT INTO alerts (need, volunteer, wave, sent_at, answer, reserve_at, ended_at, beside, stood_at)
VALUES (:need, :volunteer, :wave, :sent_at, :answer, :reserve_at, :ended_at, :beside, :stood_at);

-- name: undo_drop_flag
-- A flag that was raised by what was taken back.
DELETE FROM flags WHERE id = :id;

-- name: undo_set_flag
-- A flag waits, or not, as it did.
UPDATE flags SET settled_at = :settled_at, told_at = :told_at, ring_at = :ring_at, rung_at = :rung_at WHERE id = :id;

-- name: undo_drop_relayed
-- Words that were never passed on.
DELETE FROM relayed WHERE id = :id;

-- name: undo_set_relayed
-- Words are held, or not, as they were.
UPDATE relayed SET held = :held, outbox = :outbox WHERE id = :id;

-- name: undo_set_danger
-- A danger waits, or not, as it did.
UPDATE dangers SET told_at = :told_at, alarmed_at = :alarmed_at, look_at = :look_at, settled_at = :settled_at,
                   seen_at = :seen_at
WHERE id = :id;

-- name: undo_set_text
-- What waited to be said, and was not to be said any more, waits again.
UPDATE outbox SET status = :status, reason = :reason, due_at = :due_at WHERE id = :id AND status = 'dropped';

-- part: card
-- A need n as a card shows it: its last events beside it, and the neighbor's language.
n.*, (SELECT p.language FROM people p WHERE p.phone = n.neighbor) AS language,
       (SELECT COUNT(DISTINCT a.volunteer) FROM alerts a WHERE a.need = n.number AND a.wave > 0) AS asked,
       (SELECT MAX(a.sent_at) FROM alerts a WHERE a.need = n.number) AS asked_at,
       (SELECT MAX(c.taken_at) FROM claims c WHERE c.need = n.number) AS taken_at,
       (SELECT MAX(c.ended_at) FROM claims c WHERE c.need = n.number AND c.outcome = 'dropped') AS dropped_at,
       (SELECT r.said_at FROM relayed r WHERE r.need = n.number ORDER BY r.id DESC LIMIT 1) AS wrote_at,
       (SELECT r.writer FROM relayed r WHERE r.need = n.number ORDER BY r.id DESC LIMIT 1) AS writer

-- name: board_new
-- Needs about which nobody was asked yet: just sent, or held; those that wait longest first.
SELECT {card} FROM needs n WHERE n.status IN ('draft', 'open', 'taken')
  AND ((n.status = 'open' AND n.wave = 0) OR (n.status <> 'taken' AND n.held_since IS NOT NULL))
ORDER BY n.created_at, n.number LIMIT :room OFFSET :skipped;

-- name: board_count_new
-- How many those are.
SELECT COUNT(*) AS many FROM needs WHERE status IN ('draft', 'open', 'taken')
  AND ((status = 'open' AND wave = 0) OR (status <> 'taken' AND held_since IS NOT NULL));

-- name: board_begun
-- Forms that are not sent yet, and not held, the oldest first.
SELECT {card} FROM needs n WHERE n.status IN ('draft', 'open', 'taken') AND n.status = 'draft' AND n.held_since IS NULL
ORDER BY n.created_at, n.number LIMIT :room OFFSET :skipped;

-- name: board_asking
-- Needs about which people are being asked, those that wait longest first.
SELECT {card} FROM needs n WHERE n.status IN ('draft', 'open', 'taken')
  AND n.status = 'open' AND n.wave > 0 AND n.held_since IS NULL
ORDER BY n.created_at, n.number LIMIT :room OFFSET :skipped;

-- name: board_taken
-- Needs that somebody has, those that wait longest first.
SELECT {card} FROM needs n WHERE n.status IN ('draft', 'open', 'taken') AND n.status = 'taken'
ORDER BY n.created_at, n.number LIMIT :room OFFSET :skipped;

-- name: board_done
-- Needs that were over lately, the newest first.
SELECT {card} FROM needs n WHERE n.status IN ('done', 'cancelled', 'expired') AND n.changed_at > :since
ORDER BY n.changed_at DESC LIMIT :room OFFSET :skipped;

-- name: board_day
-- What is not over and is for before a moment, by time; behind that what is for no day. Sorts: one day of a town.
SELECT {card} FROM needs n WHERE n.status IN ('draft', 'open', 'taken') AND n.status <> 'draft'
  AND COALESCE(n.coming_at, n.starts_at, 0) < :until
ORDER BY COALESCE(n.coming_at, n.ends_at, CASE WHEN n.urgent > 0 THEN 9e10 ELSE 9e11 END), n.created_at, n.number
LIMIT :room;

-- name: board_counts
-- How many needs stand in each column but the last.
SELECT COUNT(*) AS many, COUNT(CASE WHEN status = 'taken' THEN 1 END) AS taken,
       COUNT(CASE WHEN status = 'open' AND wave > 0 AND held_since IS NULL THEN 1 END) AS asking
FROM needs WHERE status IN ('draft', 'open', 'taken');

-- name: board_count_done
-- How many were over lately.
SELECT COUNT(*) AS many FROM needs WHERE status IN ('done', 'cancelled', 'expired') AND changed_at > :since;

-- name: board_waits
-- What waits for a person's word, what waits longest first.
SELECT f.*, n.code, n.what, n.area,
       CASE WHEN n.neighbor = f.party THEN 0 ELSE (SELECT COUNT(*) FROM volunteers v WHERE v.phone = f.party) END AS gives
FROM flags f LEFT JOIN needs n ON n.number = f.about
WHERE f.settled_at IS NULL ORDER BY f.raised_at, f.id LIMIT :room;

-- name: board_quiet
-- Forms that stopped, takers who are silent, needs unchanged for days; the quietest first. Sorts: what is not over.
-- What waits for a person stands there, and not here as well.
SELECT number, code, status, checks, what, area, takers, changed_at FROM needs
WHERE status IN ('draft', 'open', 'taken')
  AND ((status = 'draft' AND changed_at < :stopped_since) OR (status = 'taken' AND checks > 0)
       OR changed_at < :unchanged_since)
  AND NOT EXISTS (SELECT 1 FROM flags f WHERE f.about = needs.number AND f.settled_at IS NULL)
  AND NOT (status = 'draft' AND EXISTS (SELECT 1 FROM flags f WHERE f.party = needs.neighbor AND f.settled_at IS NULL
                                        AND f.about < 1 AND f.why <> 'answers_many'))
ORDER BY changed_at, number LIMIT :room;

-- name: board_count_quiet
-- How many of those there are.
SELECT COUNT(*) AS many FROM needs
WHERE status IN ('draft', 'open', 'taken')
  AND ((status = 'draft' AND changed_at < :stopped_since) OR (status = 'taken' AND checks > 0)
       OR changed_at < :unchanged_since)
  AND NOT EXISTS (SELECT 1 FROM flags f WHERE f.about = needs.number AND f.settled_at IS NULL)
  AND NOT (status = 'draft' AND EXISTS (SELECT 1 FROM flags f WHERE f.party = needs.neighbor AND f.settled_at IS NULL
                                        AND f.about < 1 AND f.why <> 'answers_many'));

-- name: board_names
-- The first names of these people, and their languages.
SELECT phone, name, language FROM people WHERE phone IN (SELECT value FROM json_each(:people));

-- name: sheet
-- What is typed in one form of intake by hand.
SELECT * FROM board_sheets WHERE token = :token;

-- name: sheet_numbered
-- The same, by its number.
SELECT * FROM board_sheets WHERE id = :id;

-- name: sheet_begun
-- Somebody types there; who types at the same time waits.
INSERT INTO board_sheets (token, coordinator, need, made_at, changed_at) VALUES (:token, :coordinator, :number, :now, :now)
ON CONFLICT (token) DO UPDATE SET token = board_sheets.token;

-- name: sheet_kept
-- What stands there now.
UPDATE board_sheets SET fields = :fields, beside = :beside, party = :party, coordinator = :coordinator, changed_at = :now,
       became = '', ended_at = NULL, ended_by = ''
WHERE id = :id AND became <> 'done';

-- name: sheet_handed
-- Another coordinator goes on with it.
UPDATE board_sheets SET coordinator = :coordinator WHERE id = :id AND became = '';

-- name: sheet_thrown
-- It is thrown away.
UPDATE board_sheets SET became = 'thrown', ended_at = :now, ended_by = :coordinator WHERE id = :id AND became = '';

-- name: sheet_back
-- It is not thrown away after all.
UPDATE board_sheets SET became = '', ended_at = NULL, ended_by = '', coordinator = :coordinator, changed_at = :now
WHERE id = :id AND became = 'thrown';

-- name: sheet_done
-- It was carried out.
UPDATE board_sheets SET became = 'done', ended_at = :now, ended_by = :coordinator, need = :number, party = '', fields = '{}',
       beside = '{}'
WHERE token = :token;

-- name: sheets_open
-- What is typed and not sent, the newest first.
SELECT * FROM board_sheets WHERE became = '' ORDER BY changed_at DESC LIMIT :room;

-- name: sheets_thrown
-- What was thrown away lately, the newest first.
SELECT * FROM board_sheets WHERE became <> '' AND became = 'thrown' AND ended_at > :since ORDER BY ended_at DESC LIMIT :room;

-- name: sheets_stopped
-- Sheets that are no form yet and at which nobody typed since then, the oldest first.
SELECT id, coordinator, changed_at FROM board_sheets WHERE became = '' AND need = 0 AND changed_at < :before
ORDER BY changed_at LIMIT :room;

-- name: drop_old_sheets
-- Sheets that are over since before then.
DELETE FROM board_sheets WHERE became <> '' AND ended_at < :before;

-- name: drop_sheets_of
-- What was typed about somebody who is forgotten. May scan: those of a team.
DELETE FROM board_sheets WHERE party = :phone;

-- name: drop_sheet_about
-- What was typed about a form of somebody who is forgotten. May scan: those of a team.
DELETE FROM board_sheets WHERE need = :number;

-- name: kept_sheets
-- What was typed about somebody. May scan: those of a team.
SELECT made_at AS at, fields FROM board_sheets WHERE party = :phone;

-- name: read_sheets
-- What is typed on sheets. May scan: those of a team.
SELECT id AS key, party, fields || beside AS said, CASE became WHEN '' THEN 1 ELSE 0 END AS waits FROM board_sheets;

-- name: blank_sheets
-- No word stays on a sheet.
DELETE FROM board_sheets WHERE id = :key;

-- name: page_of_sheets
-- The end of the next page of sheets at which nobody typed since then.
SELECT changed_at AS at FROM board_sheets WHERE became = '' AND changed_at > :since AND changed_at <= :before
ORDER BY changed_at LIMIT 1 OFFSET :room;

-- name: drop_sheets
-- Sheets at which nobody typed for long.
DELETE FROM board_sheets WHERE became = '' AND changed_at > :since AND changed_at <= :until;

-- name: old_sheets
-- How many those are.
SELECT COUNT(*) AS many FROM board_sheets WHERE became = '' AND changed_at <= :before;

-- name: keep_form
-- A form that nobody carried out; the same form once more takes its place.
INSERT INTO board_kept_forms (token, browser, coordinator, path, action, press, need, record, fields, at)
VALUES (:token, :browser, :coordinator, :path, :action, :press, :number, :record, :fields, :now)
ON CONFLICT (browser, action, press) DO UPDATE SET fields = :fields, at = :now, coordinator = :coordinator;

-- name: kept_forms
-- What somebody sent in a browser while they were not signed in, the newest first. Sorts: a few.
SELECT * FROM board_kept_forms WHERE browser = :browser AND coordinator = :coordinator AND at > :since
ORDER BY at DESC, token;

-- name: drop_kept_form
-- It was sent again.
DELETE FROM board_kept_forms WHERE token = :token AND coordinator = :coordinator;

-- name: drop_old_kept_forms
-- Forms of before then.
DELETE FROM board_kept_forms WHERE at < :before;

-- name: drop_kept_forms_about
-- Forms about a need of somebody who is forgotten. May scan: those of two hours.
DELETE FROM board_kept_forms WHERE need = :number;

-- name: drop_kept_forms_of
-- Forms about somebody who is forgotten. May scan: those of two hours.
DELETE FROM board_kept_forms WHERE record IN (SELECT record FROM board_people WHERE phone = :phone);

-- name: read_kept_forms
-- What stands in such forms. May scan: those of two hours.
SELECT token AS key, '' AS party, fields AS said, 0 AS waits FROM board_kept_forms;

-- name: blank_kept_forms
-- No word stays of such a form.
DELETE FROM board_kept_forms WHERE token = :key;

-- name: group_checks
-- What coordinators said of every other group: as many rows as there are groups. May scan: they are few.
SELECT name, entry, checked_at, check_at, gone_at, said_by FROM group_checks;

-- name: begin_group_check
-- A group that is new, or of which something else is told now.
INSERT INTO group_checks (name, entry, check_at) VALUES (:name, :entry, :check_at)
ON CONFLICT (name) DO UPDATE SET entry = :entry, checked_at = NULL, check_at = :check_at, gone_at = NULL, said_by = '';

-- name: put_off_group_check
-- A coordinator is asked about it.
UPDATE group_checks SET check_at = :check_at WHERE name = :name;

-- name: group_checked
-- A coordinator says that it is still so.
UPDATE group_checks SET checked_at = :now, check_at = :check_at, gone_at = NULL, said_by = :coordinator
WHERE name = :name;

-- name: group_is_gone
-- A coordinator says that it is not so any more.
UPDATE group_checks SET gone_at = :now, check_at = :check_at, said_by = :coordinator WHERE name = :name;

-- name: board_offers
-- What neighbors have to give, what ends first first.
SELECT g.*, {given} FROM gifts g
WHERE g.ended_at IS NULL AND g.listed = 1 ORDER BY g.until, g.number LIMIT :room OFFSET :skipped;

-- name: board_offers_over
-- What they had to give, the newest end first.
SELECT g.*, {given} FROM gifts g
WHERE g.ended_at > :since AND g.listed = 1 ORDER BY g.ended_at DESC LIMIT :room;

-- name: board_offer_asks
-- Who asked for these gifts, and what became of that, oldest first. Sorts: the asks for what one page shows.
SELECT {of_ask}, COALESCE(n.status, '') AS status, COALESCE(n.code, 0) AS need_code
FROM gift_asks a JOIN gifts g ON g.number = a.gift LEFT JOIN needs n ON n.number = a.need AND a.need > 0
WHERE a.gift IN (SELECT value FROM json_each(:listed)) ORDER BY a.number;

-- name: board_tools
-- What neighbors lend, oldest first.
SELECT t.*, {line} FROM tools t
WHERE t.ended_at IS NULL AND t.listed = 1 ORDER BY t.number LIMIT :room OFFSET :skipped;

-- name: board_daily_rings
-- Who is rung each day, by the hour.
SELECT d.*, COALESCE((SELECT p.name FROM people p WHERE p.phone = d.phone), '') AS name FROM daily_rings d
ORDER BY d.hour, d.phone LIMIT :room OFFSET :skipped;

-- name: board_companions
-- Who rings these people in place of the machine. Sorts: those of one page.
SELECT c.*, COALESCE((SELECT p.name FROM people p WHERE p.phone = c.volunteer), '') AS name FROM companions c
WHERE c.other <> '' AND c.other IN (SELECT value FROM json_each(:listed)) ORDER BY c.other;

-- name: board_ring_contacts
-- Who looks after these people, in their order. Sorts: the contacts of what one page shows.
SELECT c.*, COALESCE((SELECT p.name FROM people p WHERE p.phone = c.contact), '') AS name FROM ring_contacts c
WHERE c.phone IN (SELECT value FROM json_each(:listed)) AND c.consent <> 'no' ORDER BY c.phone, c.rank;

-- name: board_ring_alarms
-- The alarms about these people, and where each waits to be looked at. May scan: they are few. Sorts: as few.
SELECT a.*, (SELECT MAX(f.id) FROM flags f WHERE f.party = a.phone AND f.why = 'daily_alarm' AND f.settled_at IS NULL)
       AS flag
FROM ring_alarms a WHERE a.phone IN (SELECT value FROM json_each(:listed)) ORDER BY a.raised_at, a.phone;

-- name: board_loans
-- Who asked for these tools, or has them, oldest first. Sorts: the loans of what one page shows.
SELECT {of_loan} FROM loans l JOIN tools t ON t.number = l.tool
WHERE l.tool IN (SELECT value FROM json_each(:listed)) AND l.ended_at IS NULL ORDER BY l.number;

-- name: board_days
-- Days on which neighbors do something together, the next first.
SELECT g.*, {who_come} FROM gatherings g
WHERE g.ended_at IS NULL AND g.listed = 1 ORDER BY g.starts_at, g.number LIMIT :room OFFSET :skipped;

-- name: board_guests
-- Who comes to these, asks or waits, and who knows where they are and does not come. Sorts: the guests of what one page shows.
SELECT {of_guest} FROM guests s JOIN gatherings g ON g.number = s.gathering
WHERE s.gathering IN (SELECT value FROM json_each(:listed)) AND (s.ended_at IS NULL OR s.told_at IS NOT NULL) ORDER BY s.number;

-- name: board_circle_members
-- Who is in these circles, or was. Sorts: those of what one page shows.
SELECT * FROM circle_members WHERE circle IN (SELECT value FROM json_each(:listed)) ORDER BY number;

-- name: board_circle_marks
-- What is on record of these circles. Sorts: that of what one page shows.
SELECT * FROM circle_marks WHERE circle IN (SELECT value FROM json_each(:listed)) ORDER BY number;

-- name: board_circles
-- Circles that are not over, oldest first.
SELECT * FROM circles WHERE ended_at IS NULL AND listed = 1 ORDER BY number LIMIT :room OFFSET :skipped;

-- name: board_need
-- One need as a page shows it.
SELECT {card} FROM needs n WHERE n.number = :number;

-- name: board_of_code
-- The newest need that people text by this number.
SELECT number FROM needs WHERE code = :code ORDER BY number DESC LIMIT 1;

-- name: board_who_gives
-- Some who give this there and may be asked, least recently asked first.
SELECT o.phone, p.name FROM offers o JOIN volunteers v ON v.phone = o.phone JOIN people p ON p.phone = o.phone
WHERE o.what = :what AND o.area = :area AND v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0
ORDER BY o.asked_at, o.phone LIMIT :room;

-- name: board_record
-- Somebody has a record at the board from now on.
INSERT INTO board_people (phone) VALUES (:phone) ON CONFLICT (phone) DO NOTHING;

-- name: board_records
-- The records of these people.
SELECT phone, record FROM board_people WHERE phone IN (SELECT value FROM json_each(:people));

-- name: board_whose
-- Whose record that is.
SELECT phone FROM board_people WHERE record = :number;

-- name: forget_record
-- Somebody who is forgotten has no record.
DELETE FROM board_people WHERE phone = :phone;

-- name: board_exported
-- Personal data was taken out as a file, and why.
INSERT INTO board_exports (at, coordinator, what, reason) VALUES (:now, :coordinator, :what, :reason);

-- name: board_exports
-- What was taken out as a file, the newest first.
SELECT at, coordinator, what, reason FROM board_exports ORDER BY id DESC LIMIT :room;

-- name: export_needs
-- Everything that was ever asked for and is not forgotten. May scan: a file with all of it. Sorts: the same.
SELECT n.code, n.status, n.what, n.area, n.due, n.urgent, n.wanted, n.created_at, n.changed_at, n.neighbor, n.callback,
       n.words, n.details, n.takers, n.helped, p.name, p.language,
       (SELECT MIN(c.taken_at) FROM claims c WHERE c.need = n.number) AS taken_at,
       (SELECT COUNT(DISTINCT a.volunteer) FROM alerts a WHERE a.need = n.number AND a.wave > 0) AS asked
FROM needs n LEFT JOIN people p ON p.phone = n.neighbor ORDER BY n.number;

-- name: export_givers
-- Everybody who gives, waits to give, or gave. May scan: a file with all of them. Sorts: the same.
SELECT v.phone, p.name, p.language, p.calls, v.needs, v.areas, v.status, v.consent, v.created_at
FROM volunteers v JOIN people p ON p.phone = v.phone ORDER BY v.created_at, v.phone;

-- part: someone
-- A person p, perhaps a volunteer v, as a list shows them.
p.phone, p.name, p.language, p.heard_at, p.created_at, p.opted_out_at, p.blocked, v.status, v.needs, v.areas,
       v.paused_until, (SELECT COUNT(*) FROM needs n WHERE n.neighbor = p.phone) AS asked_for

-- name: board_people
-- Everybody, the newest first. May scan: to the page that is shown.
SELECT {someone} FROM people p LEFT JOIN volunteers v ON v.phone = p.phone WHERE p.phone LIKE '+%'
ORDER BY p.created_at DESC LIMIT :room OFFSET :skipped;

-- name: board_people_of_status
-- Those who give, wait to give, or gave, the newest first. May scan: all who give. Sorts: the same.
SELECT {someone} FROM volunteers v JOIN people p ON p.phone = v.phone WHERE v.status = :status
ORDER BY v.created_at DESC LIMIT :room OFFSET :skipped;

-- name: board_people_blocked
-- Those who are answered no more. May scan: nothing but a page asks it. Sorts: those.
SELECT {someone} FROM people p LEFT JOIN volunteers v ON v.phone = p.phone WHERE p.blocked = 1
ORDER BY p.created_at DESC LIMIT :room OFFSET :skipped;

-- name: board_people_ending
-- Those whose number ends in these digits. May scan: a coordinator looks for somebody.
SELECT {someone} FROM people p LEFT JOIN volunteers v ON v.phone = p.phone WHERE p.phone LIKE :pattern LIMIT :room;

-- name: board_people_called
-- Those one of whose names begins so, from an index of names. May scan: a coordinator looks for somebody.
SELECT phone, name FROM people WHERE name <> '' AND (name GLOB :begins OR name GLOB :later)
ORDER BY name, phone LIMIT :room;

-- name: board_people_given
-- These people.
SELECT {someone} FROM people p LEFT JOIN volunteers v ON v.phone = p.phone
WHERE p.phone IN (SELECT value FROM json_each(:people));

-- name: board_people_of_code
-- Who asked for what has or had this number, and who had it in hand.
SELECT neighbor AS phone FROM needs WHERE code = :code
UNION SELECT c.volunteer FROM claims c JOIN needs n ON n.number = c.need WHERE n.code = :code;

-- name: board_person
-- All that a page shows of one person.
SELECT {someone}, p.area, p.can_text, p.calls, p.say_who, p.leave_word, p.rung_instead, v.consent, v.hours,
       v.most_a_week, v.timezone
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone WHERE p.phone = :phone;

-- name: board_person_asked
-- How often somebody was asked whether they can help, and what they said.
SELECT COUNT(*) AS asked, COALESCE(SUM(CASE WHEN answer IN ('yes', 'late') THEN 1 ELSE 0 END), 0) AS yes,
       COALESCE(SUM(CASE WHEN answer = 'no' THEN 1 ELSE 0 END), 0) AS no, MAX(sent_at) AS last
FROM alerts WHERE volunteer = :phone AND wave > 0;

-- name: board_person_took
-- What somebody has or had in hand, the newest first. Sorts: that of one person.
SELECT n.number, n.code, n.status, n.what, n.area, c.taken_at AS created_at
FROM claims c JOIN needs n ON n.number = c.need WHERE c.volunteer = :phone AND c.ended_at IS NULL
UNION ALL SELECT n.number, n.code, n.status, n.what, n.area, c.taken_at
FROM claims c JOIN needs n ON n.number = c.need WHERE c.volunteer = :phone AND c.ended_at IS NOT NULL
ORDER BY created_at DESC LIMIT :room;

-- name: board_person_noted
-- Calls of somebody that came to no request, the newest first. May scan: a page of one person. Sorts: those.
SELECT raised_at AS at, why, words FROM flags
WHERE party = :phone AND why IN ('no_answer', 'outside_area', 'other_group') AND settled_at IS NOT NULL
ORDER BY raised_at DESC LIMIT :room;

-- name: board_noted_of_nobody
-- Calls that came to no request and left no number, since then, the newest first. Sorts: those of a week.
SELECT raised_at AS at, why, words FROM flags
WHERE party = '' AND why IN ('no_answer', 'outside_area', 'other_group') AND raised_at > :since
ORDER BY raised_at DESC LIMIT :room;

-- name: person_stands
-- How somebody stands, as far as a press at the board changes it.
SELECT p.name, p.language, p.calls, p.blocked, p.introduced, p.session, v.needs, v.areas, v.status, v.consent,
       v.paused_until, CASE WHEN v.phone IS NULL THEN 0 ELSE 1 END AS gives
FROM people p LEFT JOIN volunteers v ON v.phone = p.phone WHERE p.phone = :phone;

-- name: person_stands_flagged
-- What waits for a person's word about somebody who wants to help. Sorts: what waits about one person.
SELECT id FROM flags WHERE party = :phone AND why = 'volunteer_waits' AND settled_at IS NULL ORDER BY id;

-- name: person_changed
-- Something is done at the board about people.
INSERT INTO person_changes (at, coordinator, what, press, until) VALUES (:now, :coordinator, :what, :press, :until)
ON CONFLICT (press) DO NOTHING;

-- name: person_change_of_press
-- What a form began.
SELECT id FROM person_changes WHERE press = :press;

-- name: person_change
-- What was done at the board about people.
SELECT id, at, coordinator, what, until, undone_at, undone_by FROM person_changes WHERE id = :number;

-- name: person_changes_are_old
-- What is not taken back any more.
DELETE FROM person_changes WHERE at < :before;

-- name: person_changes_of_are_old
-- And whom it was about. May scan: once a day.
DELETE FROM person_changes_of WHERE change NOT IN (SELECT id FROM person_changes);

-- name: person_changed_of
-- Whom it changed, and how.
INSERT INTO person_changes_of (change, phone, before, after, texts) VALUES (:number, :phone, :was, :became, :texts)
ON CONFLICT (change, phone) DO NOTHING;

-- name: person_change_of
-- How it changed somebody.
SELECT before, after, texts, undone FROM person_changes_of WHERE change = :number AND phone = :phone;

-- name: person_change_undone
-- It was taken back.
UPDATE person_changes SET undone_at = :now, undone_by = :coordinator WHERE id = :number AND undone_at IS NULL;

-- name: person_change_of_undone
-- What became of somebody when it was.
UPDATE person_changes_of SET undone = :outcome WHERE change = :number AND phone = :phone;

-- name: person_undo_texts
-- What a press had to say to somebody. Sorts: the texts of one person.
SELECT id FROM outbox WHERE party = :phone AND status IN ('waiting', 'sending', 'unknown') AND status = 'waiting'
  AND id > :last ORDER BY id;

-- name: person_gave
-- Whether somebody was ever asked for anything, and whether they have or had something in hand.
SELECT EXISTS (SELECT 1 FROM alerts WHERE volunteer = :phone) AS asked,
       EXISTS (SELECT 1 FROM claims WHERE volunteer = :phone AND ended_at IS NULL)
       OR EXISTS (SELECT 1 FROM claims WHERE volunteer = :phone AND ended_at IS NOT NULL) AS took;

-- name: person_put_back
-- Somebody is called, spoken to and reached as before.
UPDATE people SET name = :name, language = :language, calls = :calls, blocked = :blocked, introduced = :introduced,
                  session = :session
WHERE phone = :phone;

-- name: person_gives_back
-- Somebody gives as before.
UPDATE volunteers SET needs = :needs, areas = :areas, status = :status, consent = :consent, paused_until = :paused_until
WHERE phone = :phone;

-- name: person_flag_back
-- They wait for a person's word again.
UPDATE flags SET settled_at = NULL WHERE id = :id;

-- name: person_unmet
-- A number that we know by a list alone: nothing was ever said to it, nor heard from it.
DELETE FROM people WHERE phone = :phone AND heard_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM volunteers v WHERE v.phone = people.phone)
  AND NOT EXISTS (SELECT 1 FROM needs n WHERE n.neighbor = people.phone)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.about = 0 AND o.party = people.phone AND o.status <> 'dropped');

-- name: person_changes_forgotten
-- What was done about somebody who is forgotten.
DELETE FROM person_changes_of WHERE phone = :phone;

-- name: board_changes_about
-- What was done at the board about one person, the newest first.
SELECT c.id, c.at, c.coordinator, c.what, c.until, c.undone_at, c.undone_by, o.undone
FROM person_changes_of o JOIN person_changes c ON c.id = o.change
WHERE o.phone = :phone ORDER BY o.change DESC LIMIT :room;

-- name: board_changed_people
-- Whom a list changed that was brought in. Sorts: one list.
SELECT o.phone, o.undone, p.name, v.status FROM person_changes_of o
LEFT JOIN people p ON p.phone = o.phone LEFT JOIN volunteers v ON v.phone = o.phone
WHERE o.change = :number ORDER BY p.name, o.phone;

-- name: board_lists_brought
-- The lists that were brought in lately, the newest first. May scan: what was done in a month. Sorts: the same.
SELECT c.id, c.at, c.coordinator, c.what, c.until, c.undone_at, c.undone_by,
       (SELECT COUNT(*) FROM person_changes_of o WHERE o.change = c.id) AS people
FROM person_changes c WHERE c.what = 'imported' ORDER BY c.id DESC LIMIT :room;

-- name: speak_from_now
-- The language a person is spoken to in from now on.
UPDATE people SET language = :language WHERE phone = :phone;

-- name: board_flag
-- What waits for a person's word, by its number.
SELECT f.*, n.code FROM flags f LEFT JOIN needs n ON n.number = f.about WHERE f.id = :id;

-- name: board_not_called_back
-- Whose calls were missed, and nobody called back, since then. Sorts: those of a few days.
SELECT DISTINCT party FROM flags
WHERE why = 'not_called_back' AND party <> '' AND raised_at >= :since ORDER BY party LIMIT :room;

-- name: board_flags_of
-- All that waits for a person's word about one person, the newest first. Sorts: what waits about one person.
SELECT f.*, n.code FROM flags f LEFT JOIN needs n ON n.number = f.about
WHERE f.party = :party AND f.settled_at IS NULL ORDER BY f.raised_at DESC, f.id DESC;

-- name: board_story
-- All that happened about one need. May scan: asked by a person, about one. Sorts: the lines of one need.
SELECT sent_at AS at, 'asked' AS what, volunteer AS who, wave AS many, COALESCE(answer, '') AS said, '' AS place
FROM alerts WHERE need = :number AND wave > 0
UNION ALL SELECT ended_at, 'answered', volunteer, wave, answer, '' FROM alerts
WHERE need = :number AND wave > 0 AND ended_at IS NOT NULL AND answer IN ('yes', 'no', 'late')
UNION ALL SELECT taken_at, 'took', volunteer, 0, '', '' FROM claims WHERE need = :number
UNION ALL SELECT ended_at, 'ended', volunteer, 0, COALESCE(outcome, ''), '' FROM claims
WHERE need = :number AND ended_at IS NOT NULL
UNION ALL SELECT said_at, 'wrote', writer, held, words, reader FROM relayed WHERE need = :number
UNION ALL SELECT raised_at, CASE WHEN why IN ('closed', 'reopened', 'linked', 'split') THEN why ELSE 'flag' END, party,
       CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END, words, why FROM flags WHERE about = :number
UNION ALL SELECT created_at, 'told', party, 0, texts, status FROM outbox WHERE about = :number AND priority = 2
  AND id NOT IN (SELECT q.outbox FROM relayed q WHERE q.need = :number)
UNION ALL SELECT r.made_at, 'spoke', r.party, r.seconds, r.status, r.place FROM recordings r
WHERE r.sid IN (SELECT n.recording FROM needs n WHERE n.number = :number AND n.recording <> ''
                UNION SELECT s.recording FROM spoken_before s WHERE s.need = :number
                UNION SELECT f.recording FROM flags f WHERE f.about = :number AND f.recording <> '')
UNION ALL SELECT created_at, 'rang', party, tries, status, reason FROM rings WHERE need = :number
ORDER BY 1;

-- name: board_pulse
-- What differs whenever something on the overview does: how what is not over stands, and the newest of all else. May scan: one row of each, by its number, and what a team has in hand.
SELECT COUNT(*) AS many, SUM(number) AS numbers, SUM(wave) AS waves, SUM(checks) AS checks, COUNT(held_since) AS held,
       SUM(CASE status WHEN 'draft' THEN 1 WHEN 'open' THEN 5 ELSE 7 END) AS statuses, MAX(changed_at) AS changed_at,
       (SELECT MAX(n.changed_at) FROM needs n WHERE n.status IN ('done', 'cancelled', 'expired')) AS over_at,
       (SELECT COUNT(*) FROM needs n WHERE n.doubt_at IS NOT NULL) AS doubted,
       (SELECT MAX(a.sent_at) FROM alerts a WHERE a.wave > 0) AS asked_at,
       (SELECT r.id FROM relayed r ORDER BY r.id DESC LIMIT 1) AS wrote,
       (SELECT COUNT(*) FROM flags f WHERE f.settled_at IS NULL) AS flags,
       (SELECT SUM(f.id) FROM flags f WHERE f.settled_at IS NULL) AS flagged,
       (SELECT t.id FROM board_trail t ORDER BY t.id DESC LIMIT 1) AS pressed,
       (SELECT SUM(h.seen_at) FROM board_hands h) AS hands
FROM needs WHERE status IN ('draft', 'open', 'taken');

-- part: pulse
-- What differs whenever something on the page of a need n does.
n.number, n.changed_at, n.status, n.takers, n.helped, n.wave, n.urgent, n.held_since, n.doubted_by, n.coming_at,
       n.checks, n.due,
       (SELECT COUNT(*) FROM alerts a WHERE a.need = n.number) AS asked,
       (SELECT COUNT(*) FROM alerts a WHERE a.need = n.number AND a.answer IS NOT NULL) AS answered,
       (SELECT COUNT(*) FROM relayed r WHERE r.need = n.number) AS wrote,
       (SELECT COUNT(*) FROM flags f WHERE f.about = n.number) AS flags,
       (SELECT COUNT(*) FROM flags f WHERE f.about = n.number AND f.settled_at IS NOT NULL) AS seen,
       (SELECT COUNT(*) FROM outbox o WHERE o.about = n.number) AS told,
       (SELECT COUNT(*) FROM board_trail t WHERE t.need = n.number) AS pressed

-- name: board_pulses
-- What differs whenever something on the pages of these needs does.
SELECT {pulse} FROM needs n WHERE n.number IN (SELECT value FROM json_each(:listed));

-- name: board_here
-- The sessions that are open: those of a team. May scan: them.
SELECT token FROM board_sessions WHERE ended_at IS NULL AND seen_at > :since;

-- name: figures_asked
-- What was asked for in a time, and how soon somebody had it: within a quarter of an hour, an hour, four, a day, later.
SELECT COUNT(*) AS asked, COUNT(t.waited) AS taken,
       COALESCE(SUM(CASE WHEN t.waited <= 900 THEN 1 ELSE 0 END), 0) AS quarter,
       COALESCE(SUM(CASE WHEN t.waited > 900 AND t.waited <= 3600 THEN 1 ELSE 0 END), 0) AS hour,
       COALESCE(SUM(CASE WHEN t.waited > 3600 AND t.waited <= 14400 THEN 1 ELSE 0 END), 0) AS hours,
       COALESCE(SUM(CASE WHEN t.waited > 14400 AND t.waited <= 86400 THEN 1 ELSE 0 END), 0) AS day,
       COALESCE(SUM(CASE WHEN t.waited > 86400 THEN 1 ELSE 0 END), 0) AS later
FROM (SELECT (SELECT MIN(c.taken_at) FROM claims c WHERE c.need = n.number) - n.created_at AS waited FROM needs n
      WHERE n.created_at >= :since AND n.created_at < :until AND n.status <> 'draft') t;

-- name: figures_missed
-- Calls that led to nothing in a time: nobody was there, or it broke off.
SELECT COUNT(*) AS missed FROM flags
WHERE why IN ('missed_call', 'hung_up') AND about = 0 AND raised_at >= :since AND raised_at < :until;

-- name: figures_sent
-- What went over the line in a time: segments of answers and of all other texts, calls and their seconds.
SELECT (SELECT COALESCE(SUM(i.segments), 0) FROM inbound i
        WHERE i.received_at >= :since AND i.received_at < :until) AS answers,
       (SELECT COALESCE(SUM(o.segments), 0) FROM outbox o
        WHERE o.changed_at >= :since AND o.changed_at < :until) AS texts,
       (SELECT COUNT(*) FROM calls c WHERE c.ended_at >= :since AND c.ended_at < :until) AS calls,
       (SELECT COALESCE(SUM(c.seconds), 0) FROM calls c
        WHERE c.ended_at >= :since AND c.ended_at < :until) AS seconds;

-- name: figures_missing
-- What was asked for since then, by need and area, and how much of that nobody had, and still nobody has. Sorts: by need and area.
SELECT t.what, t.area, COUNT(*) AS asked, SUM(t.untaken) AS untaken
FROM (SELECT n.what, n.area,
             CASE WHEN n.status IN ('open', 'expired')
                   AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.need = n.number) THEN 1 ELSE 0 END AS untaken
      FROM needs n WHERE n.created_at >= :since AND n.status <> 'draft' AND n.what <> '') t
GROUP BY t.what, t.area;

-- name: figures_give
-- How many give each need in each area. May scan: all who give. Sorts: the same.
SELECT o.what, o.area, COUNT(DISTINCT o.phone) AS give
FROM offers o JOIN volunteers v ON v.phone = o.phone JOIN people p ON p.phone = o.phone
WHERE v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0 GROUP BY o.what, o.area;

-- name: figures_carry
-- How many had one request in hand of those that came since then and kept it, how many had two, and so on. Sorts: those who had some.
SELECT t.took, COUNT(*) AS people
FROM (SELECT c.volunteer, COUNT(DISTINCT c.need) AS took FROM needs n CROSS JOIN claims c
      WHERE n.created_at >= :since AND c.need = n.number AND COALESCE(c.outcome, '') <> 'dropped' GROUP BY c.volunteer) t
GROUP BY t.took ORDER BY t.took;

-- name: figures_languages
-- In which languages was asked since then. Sorts: by language.
SELECT p.language, COUNT(*) AS asked FROM needs n JOIN people p ON p.phone = n.neighbor
WHERE n.created_at >= :since AND n.status <> 'draft' GROUP BY p.language;

-- name: figures_speak
-- How many of those who give speak each language. May scan: all who give. Sorts: the same.
SELECT p.language, COUNT(*) AS help FROM volunteers v JOIN people p ON p.phone = v.phone
WHERE v.status = 'active' AND p.opted_out_at IS NULL AND p.blocked = 0 GROUP BY p.language;

-- name: broadcast_begin
-- A message to many, that nobody got yet; the same form begins none again.
INSERT INTO broadcasts (coordinator, written_at, press, words, whom, rings, people, until, due_at)
VALUES (:coordinator, :now, :press, :words, :whom, :rings, :many, :until, :until) ON CONFLICT (press) DO NOTHING;

-- name: broadcast_of_press
-- Which one that form began.
SELECT id FROM broadcasts WHERE press = :press;

-- name: broadcast_for
-- To whom it goes.
INSERT INTO broadcast_people (broadcast, phone)
SELECT CAST(:id AS BIGINT), value FROM json_each(:people) WHERE 1 = 1 ON CONFLICT (broadcast, phone) DO NOTHING;

-- name: broadcast
-- One message to many.
SELECT * FROM broadcasts WHERE id = :id;

-- name: next_broadcast
-- The message to many of which the next few are due.
SELECT id, '' AS party, 0 AS about FROM broadcasts WHERE due_at <= :now ORDER BY due_at, id LIMIT 1;

-- name: put_off_broadcast
-- Tried again later.
UPDATE broadcasts SET due_at = :until WHERE id = :id AND due_at IS NOT NULL;

-- name: broadcast_due
-- When the next few of it are due.
UPDATE broadcasts SET due_at = :due_at WHERE id = :id;

-- name: broadcast_to_put
-- The next few for whom it waits.
SELECT phone FROM broadcast_people WHERE broadcast = :id AND outbox = 0 AND why = '' ORDER BY phone LIMIT :room;

-- name: broadcast_put
-- It goes to one of them, or does not, and why.
UPDATE broadcast_people SET outbox = :outbox, why = :why WHERE broadcast = :id AND phone = :phone;

-- name: broadcast_over
-- It is no longer needed; who says so second changes nothing.
UPDATE broadcasts SET over_at = :now, over_by = :coordinator, over_told = :told, due_at = :due_at
WHERE id = :id AND over_at IS NULL;

-- name: broadcast_drop_texts
-- What of it has not gone does not go any more.
UPDATE outbox SET status = 'dropped', reason = 'no longer needed', changed_at = :now
WHERE id IN (SELECT outbox FROM broadcast_people WHERE broadcast = :id AND outbox > 0)
  AND ((status = 'waiting' AND sids = '') OR (status = 'to_ring' AND ring = 0));

-- name: broadcast_drop_rest
-- Nor does it go to those for whom nothing was put yet.
UPDATE broadcast_people SET why = 'over' WHERE broadcast = :id AND outbox = 0 AND why = '';

-- name: broadcast_to_tell
-- The next few who had it, and were not told yet that it is no longer needed.
SELECT b.phone FROM broadcast_people b JOIN outbox o ON o.id = b.outbox
WHERE b.broadcast = :id AND b.outbox > 0 AND b.over = 0 AND o.status = 'sent' ORDER BY b.phone LIMIT :room;

-- name: broadcast_tell
-- The row that says so to one of them, or -1 where nothing is said any more.
UPDATE broadcast_people SET over = :over WHERE broadcast = :id AND phone = :phone;

-- name: broadcast_on_its_way
-- Whether some of it is on its way still: whether they had it is known in a while.
SELECT 1 AS found FROM broadcast_people b JOIN outbox o ON o.id = b.outbox
WHERE b.broadcast = :id AND b.outbox > 0 AND b.over = 0 AND o.status IN ('waiting', 'sending', 'unknown', 'to_ring')
LIMIT 1;

-- name: broadcast_reached
-- When the last message to many went to this person, and whether they wrote since.
SELECT o.changed_at AS at, CASE WHEN p.heard_at > o.changed_at THEN 1 ELSE 0 END AS heard
FROM broadcast_people b JOIN outbox o ON o.id = b.outbox JOIN people p ON p.phone = b.phone
WHERE b.phone = :phone AND b.outbox > 0 AND o.status = 'sent' AND o.changed_at > :since
ORDER BY b.broadcast DESC LIMIT 1;

-- name: texts_lately
-- How many texts went to somebody since then that they had not asked for.
SELECT COUNT(*) AS many FROM outbox
WHERE party = :phone AND status = 'sent' AND changed_at > :since AND priority > 1;

-- name: drop_own_broadcasts
-- That somebody was among those who were written to.
DELETE FROM broadcast_people WHERE phone = :phone;

-- name: page_of_broadcasts
-- The end of the next page of messages to many.
SELECT written_at AS at FROM broadcasts WHERE written_at > :since AND written_at <= :before
ORDER BY written_at LIMIT 1 OFFSET :room;

-- name: forget_broadcast_people
-- To whom old messages went.
DELETE FROM broadcast_people
WHERE broadcast IN (SELECT id FROM broadcasts WHERE written_at > :since AND written_at <= :until AND due_at IS NULL);

-- name: forget_broadcast_words
-- What they said.
UPDATE broadcasts SET words = '{}' WHERE written_at > :since AND written_at <= :until AND due_at IS NULL;

-- name: old_broadcasts
-- How many messages to many are so old, and not forgotten yet. May scan: asked by a person.
SELECT COUNT(*) AS many FROM broadcasts WHERE written_at <= :before AND words <> '{}';

-- name: read_broadcasts
-- What was said to many. May scan: a command asks it, now and then.
SELECT id AS key, '' AS party, words AS said, CASE WHEN due_at IS NULL THEN 0 ELSE 1 END AS waits FROM broadcasts;

-- name: blank_broadcasts
-- What one of them said.
UPDATE broadcasts SET words = '{}' WHERE id = :key;

-- name: kept_broadcasts
-- The messages to many that went to somebody. Sorts: those.
SELECT m.written_at AS at, m.words FROM broadcast_people b JOIN broadcasts m ON m.id = b.broadcast
WHERE b.phone = :phone ORDER BY m.written_at;

-- name: board_gives
-- Who gives something, somewhere, and speaks a language, each where it is said. May scan: all who give. Sorts: by name.
SELECT p.phone, p.name FROM volunteers v JOIN people p ON p.phone = v.phone
WHERE v.status = 'active' AND (:language = '' OR p.language = :language)
  AND ((:what = '' AND :area = '')
       OR EXISTS (SELECT 1 FROM offers o WHERE o.phone = v.phone AND (:what = '' OR o.what = :what)
                  AND (:area = '' OR o.area = :area)))
ORDER BY p.name, p.phone LIMIT :room;

-- name: board_asks
-- Who has asked for something that is not over, each where it is said. May scan: what is not over. Sorts: by name.
SELECT p.phone, p.name FROM people p
WHERE p.phone IN (SELECT n.neighbor FROM needs n WHERE n.status IN ('open', 'taken') AND n.loan = 0
                  AND (:what = '' OR n.what = :what) AND (:area = '' OR n.area = :area))
  AND (:language = '' OR p.language = :language)
ORDER BY p.name, p.phone LIMIT :room;

-- name: board_broadcasts
-- The messages to many, the newest first.
SELECT * FROM broadcasts ORDER BY id DESC LIMIT :room;

-- name: board_broadcast_people
-- To whom one went, and what became of it. Sorts: those of one message.
SELECT b.phone, p.name, b.why, b.outbox, COALESCE(o.status, '') AS status, COALESCE(o.reason, '') AS reason, o.due_at,
       CASE WHEN b.over > 0 THEN 1 ELSE 0 END AS told_over
FROM broadcast_people b LEFT JOIN people p ON p.phone = b.phone LEFT JOIN outbox o ON o.id = b.outbox
WHERE b.broadcast = :id ORDER BY p.name, b.phone;

-- name: board_broadcast_answers
-- What they answered and nobody has read yet, but for what came after a later message; the newest first. Sorts: those.
SELECT f.id, f.party, f.words, f.raised_at, p.name FROM broadcast_people b
JOIN flags f ON f.party = b.phone AND f.why = 'answers_many' AND f.settled_at IS NULL
LEFT JOIN people p ON p.phone = b.phone
WHERE b.broadcast = :id AND f.raised_at >= :since
  AND NOT EXISTS (SELECT 1 FROM broadcast_people c JOIN broadcasts m ON m.id = c.broadcast
                  WHERE c.phone = b.phone AND c.broadcast > b.broadcast AND m.written_at <= f.raised_at)
ORDER BY f.raised_at DESC, f.id DESC;

-- name: listens
-- Whether somebody agreed to be asked now and then.
UPDATE people SET listens = :listens WHERE phone = :phone;

-- name: listens_asked
-- Somebody was asked whether they agree; what they answered before stays.
UPDATE people SET listens = :listens WHERE phone = :phone AND listens = '';

-- name: how_many_listen
-- How many agreed to be asked.
SELECT COUNT(*) AS many FROM people WHERE listens = 'yes';

-- name: begin_round
-- A coordinator asks.
INSERT INTO rounds (coordinator, purpose, questions, created_at, asks_at, closes_at)
VALUES (:coordinator, :purpose, :questions, :now, :asks_at, :closes_at) RETURNING number;

-- name: choose_for_round
-- Everybody who agreed is asked.
INSERT INTO round_parts (round, phone, stage, created_at, check_at)
SELECT :round, phone, 'chosen', :now, :now FROM people WHERE listens = 'yes';

-- part: round
-- What is read of a round r.
r.number AS round, r.coordinator, r.purpose, r.questions, r.created_at, r.asks_at, r.closes_at, r.outcome,
       r.ended_at AS round_ended_at

-- name: latest_round
-- The last one that began.
SELECT {round} FROM rounds r ORDER BY r.number DESC LIMIT 1;

-- name: round_part_of
-- Somebody's part in a round that goes on.
SELECT p.number, p.phone, p.stage, p.put, {round} FROM round_parts p JOIN rounds r ON r.number = p.round
WHERE p.phone = :phone AND p.ended_at IS NULL ORDER BY p.number DESC LIMIT 1;

-- name: round_part
-- One part, unless it is over.
SELECT p.number, p.phone, p.stage, p.put, {round} FROM round_parts p JOIN rounds r ON r.number = p.round
WHERE p.number = :number AND p.ended_at IS NULL;

-- name: check_round_part
-- How far they are, and when it is looked after again.
UPDATE round_parts SET stage = :stage, check_at = :check_at WHERE number = :number AND ended_at IS NULL;

-- name: step_round_part
-- One question further; a repeat changes nothing.
UPDATE round_parts SET put = :put + 1 WHERE number = :number AND put = :put AND ended_at IS NULL;

-- name: end_round_part
-- They are asked no more in this round.
UPDATE round_parts SET ended_at = :now, check_at = NULL WHERE number = :number AND ended_at IS NULL;

-- name: no_more_questions
-- They want no more questions, and hear what comes of what they answered. Nothing changes where they answered none.
UPDATE round_parts SET put = :questions
WHERE number = :number AND ended_at IS NULL
  AND EXISTS (SELECT 1 FROM round_answers a WHERE a.phone = round_parts.phone AND a.round = round_parts.round);

-- name: keep_round_answer
-- What they answered. It is over at once: nothing is to be done about it.
INSERT INTO round_answers (round, question, phone, words, recording, created_at, ended_at)
VALUES (:round, :question, :phone, :words, :recording, :now, :now);

-- name: first_round_words
-- What somebody wrote first in a round.
SELECT words FROM round_answers WHERE phone = :phone AND round = :round AND words <> '' ORDER BY number LIMIT 1;

-- name: end_round
-- A coordinator says what came of it.
UPDATE rounds SET ended_at = :now, outcome = :outcome WHERE number = :number AND ended_at IS NULL;

-- name: outcome_to_parts
-- Whoever answered hears what came of it.
UPDATE round_parts SET stage = 'hears', check_at = :now
WHERE round = :round AND ended_at IS NULL
  AND EXISTS (SELECT 1 FROM round_answers a WHERE a.phone = round_parts.phone AND a.round = round_parts.round);

-- name: end_round_parts
-- For everybody else it is over.
UPDATE round_parts SET ended_at = :now, check_at = NULL WHERE round = :round AND ended_at IS NULL AND stage <> 'hears';

-- name: board_round_answers
-- What was answered, and where the sound of what was spoken is, once we have it.
SELECT a.question, a.words, COALESCE(r.place, '') AS place FROM round_answers a
LEFT JOIN recordings r ON r.sid = a.recording
WHERE a.round = :round AND (a.words <> '' OR a.recording <> '') ORDER BY a.question;
