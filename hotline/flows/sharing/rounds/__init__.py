"""Listening rounds: what a neighborhood is asked before anybody tells what it needs."""
