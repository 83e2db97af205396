"""Twilio, and whoever speaks its API: SignalWire, Somleng."""
