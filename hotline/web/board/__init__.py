"""Coordinators' board: all that waits, on pages that are whole without a script, each a module with its template."""
