-- The need that is new by what can be taken back, such as a part that was split off; 0 for none.
ALTER TABLE board_undo ADD COLUMN made BIGINT NOT NULL DEFAULT 0;
