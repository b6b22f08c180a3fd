"""TODO control/faults."""
