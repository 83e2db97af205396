"""Conversations of whoever asks for help."""
