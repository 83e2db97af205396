"""A telephone hotline for mutual aid: neighbors ask for help, and give it, by text and by keypad."""

__version__ = "0.2.0"
