"""The journal: every request with its response and the reason for a refusal."""
