"""Outbound: what we send and whom we ring; the policy of it, inside transactions."""
