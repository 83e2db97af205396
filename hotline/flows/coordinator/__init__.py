"""Coordinator flows: what the team does from a plain phone."""
