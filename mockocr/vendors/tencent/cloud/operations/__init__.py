"""The operations of API 3.0, one module for each action."""
