"""Sharing: conversations in which neighbors give to each other without anybody's request."""
