"""Fields out of what was read: pure functions from `Recognition`, shared by every vendor."""
