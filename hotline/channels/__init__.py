"""Prompts become words, and words become names. Nothing is decided here."""
