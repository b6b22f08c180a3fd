"""The operations of the token endpoints."""
