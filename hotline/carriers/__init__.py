"""Carriers: who moves texts and calls. Everything that is peculiar to one provider stands here."""
