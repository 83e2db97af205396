-- Coordinators: what they were texted about, who is on call, and dangers that one of them has seen.

-- When coordinators were texted about a flag, when one of them is rung if nobody has looked by then, and when one was.
ALTER TABLE flags ADD COLUMN told_at DOUBLE PRECISION;
ALTER TABLE flags ADD COLUMN ring_at DOUBLE PRECISION;
ALTER TABLE flags ADD COLUMN rung_at DOUBLE PRECISION;
CREATE INDEX flags_told ON flags (party, told_at) WHERE told_at IS NOT NULL;
CREATE INDEX flags_rung ON flags (party, rung_at) WHERE rung_at IS NOT NULL;
CREATE INDEX flags_to_ring ON flags (ring_at) WHERE ring_at IS NOT NULL;

-- Since when a coordinator says that they have looked, while something still waits for their word.
ALTER TABLE dangers ADD COLUMN seen_at DOUBLE PRECISION;

-- Coordinators who said by text that they are on call until then; 0 for one who said that they are not.
CREATE TABLE on_call (
  phone TEXT PRIMARY KEY,
  until DOUBLE PRECISION NOT NULL
);
