"""Inbound: a text or a step of a call is answered, in one transaction."""
