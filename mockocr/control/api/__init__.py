"""The HTTP routes under `/_mockocr`."""
