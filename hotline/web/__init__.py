"""Web: everything that answers over HTTP."""
