"""Month: a neighborhood that gives and receives for a month, played through the whole hotline by a script."""
