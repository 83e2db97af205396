"""Channels: prompts become words by text and by voice, and people's words become names. Nothing is decided here."""
