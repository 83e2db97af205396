"""Conversations of whoever gives help."""
