"""TODO control/journal."""
