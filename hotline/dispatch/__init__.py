"""Dispatch: who is asked about a need, when, and when to look again. Pure."""
