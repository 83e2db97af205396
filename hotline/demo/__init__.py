"""A town on a laptop: a hotline, a pretend carrier and people with phones, in one process on this machine."""
