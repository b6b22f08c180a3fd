"""Finds the text in a picture: detection, lines, engines, caches and golden files."""
