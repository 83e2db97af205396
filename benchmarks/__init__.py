"""What the hotline costs: measured beside its peers, and as it grows. Never run as tests."""
