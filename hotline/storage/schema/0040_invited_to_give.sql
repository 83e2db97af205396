-- When somebody who got what they asked for was invited to give something of their own: once in their time.

ALTER TABLE people ADD COLUMN invited_at DOUBLE PRECISION;
