"""Gatherings: days that neighbors spend together in a garden, at a meal or a repair. The command is DAY."""
