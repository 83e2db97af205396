"""Calendar: the times that more than one part speaks of, in seconds and UTC."""

SECOND, MINUTE, HOUR, DAY, WEEK = 1.0, 60.0, 3600.0, 86400.0, 604800.0

FOREVER = 1e11
"""A time that never comes, UTC seconds."""
