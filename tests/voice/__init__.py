"""Every prompt of a call, walked through by keys."""
