"""Sounds: where they are kept, at which addresses they are played, how they are fetched."""
