"""Lint for message files: what is wrong with a wording, found alike by the tests and by hotline words check."""
