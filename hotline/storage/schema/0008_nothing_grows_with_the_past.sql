-- Every statement that a text, a step of a call or a round of the worker runs finds its rows by an index.

-- What a volunteer has in hand, in the order of the numbers.
DROP INDEX claims_in_hand;
CREATE INDEX claims_in_hand ON claims (volunteer, need) WHERE ended_at IS NULL;

-- What is not over, oldest first: a few of all that there ever were.
CREATE INDEX needs_not_over ON needs (created_at, number) WHERE status IN ('draft', 'open', 'taken');
-- Who left a number to be called back at.
CREATE INDEX needs_callback ON needs (neighbor, number) WHERE callback <> '';

-- What waits for a person's word, oldest first.
CREATE INDEX flags_waiting ON flags (raised_at, id) WHERE settled_at IS NULL;
-- Words that were spoken about a need, and who has not heard them.
CREATE INDEX flags_spoken ON flags (about) WHERE why = 'spoken_words';

-- What could not be sent, the newest first.
CREATE INDEX outbox_failed ON outbox (changed_at, id) WHERE status = 'failed';

-- What was last written to somebody.
CREATE INDEX relayed_to ON relayed (reader, said_at);
