"""TODO control/api."""
