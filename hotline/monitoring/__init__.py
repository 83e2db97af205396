"""Monitoring: what whoever runs the hotline sees of it, in the log, in metrics and on their own phone."""
