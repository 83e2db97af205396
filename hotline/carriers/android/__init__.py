"""A phone as the carrier: the app SMS Gateway for Android, on its own or with a server between it and us."""
