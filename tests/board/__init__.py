"""The coordinators' board, through HTTP and in a real browser."""
