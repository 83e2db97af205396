"""Volunteer flows: giving help, and saying when and how often."""
