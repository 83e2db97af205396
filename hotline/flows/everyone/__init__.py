"""Flows for everyone: what neighbors, volunteers and coordinators all can do."""
