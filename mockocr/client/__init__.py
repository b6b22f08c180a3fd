"""Sends requests to a server as real clients do: one with `send`, all of them with `demo`."""
