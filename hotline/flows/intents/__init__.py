"""Intents: what one reply means. Pure."""
