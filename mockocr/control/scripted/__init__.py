"""TODO control/scripted."""
