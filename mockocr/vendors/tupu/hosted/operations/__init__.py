"""The operations of the hosted API."""
