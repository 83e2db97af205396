"""Parsing: what people write becomes names, in all the community's languages at once."""
