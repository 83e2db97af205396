"""Circles (tandas, rotating savings circles): who puts in, whose turn it is, and what both sides say of it."""
