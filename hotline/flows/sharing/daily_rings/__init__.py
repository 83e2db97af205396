"""Daily rings: a call in the morning, for company or for safety. The command is DAILY."""
