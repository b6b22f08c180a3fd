"""Sends a picture to operations of this server as their clients would, and writes the code."""
