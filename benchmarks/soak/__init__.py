"""Soak: an hour of texts on a database that begins with years of past. Does work a text stay what it was?"""
