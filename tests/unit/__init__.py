"""The pure parts, each by itself."""
