"""TODO signing."""
