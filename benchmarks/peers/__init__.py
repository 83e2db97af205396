"""What the hotline is measured against, each written as its own users would write it."""
