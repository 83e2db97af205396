-- Who is left alone, who is rung instead of texted, and whose number now belongs to somebody else.

-- The carrier's own STOP ends texts alone: news of their own requests is told in a call.
ALTER TABLE people ADD COLUMN rung_instead INTEGER NOT NULL DEFAULT 0;
-- They were asked whether all texts end, and have not answered: nothing that they did not ask for goes to them.
ALTER TABLE people ADD COLUMN stop_asked INTEGER NOT NULL DEFAULT 0;
-- Since when somebody else says that they have this number; what is older is not shown until a person has looked.
ALTER TABLE people ADD COLUMN disowned_at DOUBLE PRECISION;
