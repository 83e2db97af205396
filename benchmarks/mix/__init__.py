"""A day's mix: all that the carrier brings on a day, in the proportions of a day, in words that vary."""
