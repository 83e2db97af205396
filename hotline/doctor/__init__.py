"""Doctor: what is wrong with a set-up, why that matters, and the command or click that mends it."""
