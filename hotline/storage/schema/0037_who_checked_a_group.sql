-- Who of the team said last whether what is told of another group is so: the key of the community file, "" for before.

ALTER TABLE group_checks ADD COLUMN said_by TEXT NOT NULL DEFAULT '';
