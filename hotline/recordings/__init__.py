"""What is said aloud: fetched from the carrier, kept, played, forgotten; and the community's own voice."""
