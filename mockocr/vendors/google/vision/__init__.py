"""Cloud Vision, API v1."""
