"""What happens when many come at once, and when the machine dies."""
