"""A year of a made-up city: who is asked about a need, and what comes of it, by four rules on the same people."""
