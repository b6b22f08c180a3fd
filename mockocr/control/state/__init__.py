"""TODO control/state."""
