"""拇指云's own platform, which has no gateway in front of it."""
