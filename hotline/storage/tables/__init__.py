"""Tables: what can be asked and written, a file for each part of it."""
