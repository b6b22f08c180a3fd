"""Reads the text of pictures: detection, lines, engines, caches and recordings."""
