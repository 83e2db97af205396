"""Tests of the pretend carrier."""
