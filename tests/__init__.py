"""The tests: written conversations first."""
