-- For when a need is: as it was said, on the clocks of the community, and the moments that this comes to.

-- due: '2026-12-15 09:00', '2026-12-15 by 18:00', '2026-12-15 morning'; '' where nobody said a clear time.
ALTER TABLE needs ADD COLUMN due TEXT NOT NULL DEFAULT '';
ALTER TABLE needs ADD COLUMN starts_at DOUBLE PRECISION;
ALTER TABLE needs ADD COLUMN ends_at DOUBLE PRECISION;
