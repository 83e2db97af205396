-- How somebody who was put on the list of volunteers said that they may be texted; '' where they did so themselves.

ALTER TABLE volunteers ADD COLUMN consent TEXT NOT NULL DEFAULT '';
