-- What every table of shared_tables.py is asked in the same way: each statement and part stands here once, and once for
-- each table in what both databases run. In { } stand the table's own columns. A part of all ends another statement.

-- part: and_has
-- Behind others: the name of the table, where a person p has something there that is not over.
|| CASE WHEN EXISTS (SELECT 1 FROM {name} s WHERE s.{person} = p.phone AND s.ended_at IS NULL)
        THEN '{name} ' ELSE '' END

-- part: or_under_code
-- Behind others: the name of the table, where something there has, or had, a code.
UNION ALL SELECT '{name}' AS kind WHERE EXISTS (SELECT 1 FROM {name} s WHERE s.code = :code AND s.code > 0)

-- part: coded_since
-- Behind others: whether the code of a need that is over was given to one of them since.
UNION ALL SELECT 1 AS so FROM needs mine JOIN {name} s ON s.code = mine.code AND s.code > 0
WHERE mine.number = :number AND {need} <> mine.number AND s.{begun} > mine.created_at

-- part: had_the_code
-- Behind others: when that which had a code was over.
UNION ALL SELECT s.ended_at FROM {name} s WHERE s.code = codes.code AND s.code > 0

-- part: nor_has_the_code
-- Behind another condition: and nothing there has a code c, or had it lately.
AND NOT EXISTS (SELECT 1 FROM {name} s
                WHERE s.code = c.code AND s.code > 0 AND (s.ended_at IS NULL OR s.ended_at > :before))

-- part: or_due
-- Behind others: when the first of them is due.
UNION ALL SELECT MIN(check_at) FROM {name} WHERE check_at IS NOT NULL

-- name: next_of_{name}
-- The one that has waited longest to be looked after.
SELECT s.number AS id, s.{person} AS party, {need} AS about FROM {name} s
WHERE s.check_at <= :now ORDER BY s.check_at, s.number LIMIT 1;

-- name: put_off_{name}
-- One is looked after again then.
UPDATE {name} SET check_at = :until WHERE number = :id AND check_at IS NOT NULL;

-- name: forget_own_{name}
-- Whose they were, and what was said. That there was something stays. May scan: a command asks it, now and then.
UPDATE {name} SET {blank}{never_due}{over}ended_at = COALESCE(ended_at, :now) WHERE {person} = :phone;

-- name: page_of_{name}
-- The end of the next page of what is over there.
SELECT ended_at AS at FROM {name} WHERE ended_at > :since AND ended_at <= :before
ORDER BY ended_at LIMIT 1 OFFSET :room;

-- name: forget_{name}
-- Whose they were, and what was said, of what is over for long.
UPDATE {name} SET {blank_last} WHERE {long_over};

-- name: old_{name}
-- How many are over for so long, and not forgotten yet. May scan: asked by a person.
SELECT COUNT(*) AS many FROM {name} WHERE ended_at <= :before AND {person} <> '';

-- name: read_{name}
-- What was said there. May scan: a command asks it, now and then.
SELECT number AS key, {person} AS party, {said} AS said, CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END AS waits
FROM {name};

-- name: blank_{name}
-- What was said about one.
UPDATE {name} SET {no_words} WHERE number = :key;

-- name: forget_spoken_{name}
-- What was said aloud about those that are over is to be forgotten.
UPDATE recordings SET status = 'forgetting', attempts = 0, due_at = :now, changed_at = :now
WHERE status IN ('waiting', 'kept') AND kind = 'words' AND sid IN ({sounds});

-- name: kept_{name}
-- What is kept there of one person. May scan: a command asks it, now and then.
SELECT at, words FROM (SELECT {begun} AS at, {kept} AS words FROM {name} s WHERE {person} = :phone) AS own
WHERE words IS NOT NULL;
