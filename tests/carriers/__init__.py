"""What every carrier must do, and what only some can."""
