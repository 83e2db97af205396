"""The architecture, held by reading the code."""
