"""The operations of the OAuth endpoint."""
