"""What is on record and what happens, as plain data. Pure."""
