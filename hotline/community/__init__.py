"""The community file: what a neighborhood decides, read once and checked."""
