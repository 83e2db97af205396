"""Neighbor flows: asking for help, and what becomes of it."""
