"""Registration: what carriers in the US ask about a number before they move its texts, and why they say no."""
