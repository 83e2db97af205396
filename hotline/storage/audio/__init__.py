"""Audio storage: where recordings are kept."""
