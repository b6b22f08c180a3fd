"""Tupu's own platform: RSA signatures over requests and responses."""
