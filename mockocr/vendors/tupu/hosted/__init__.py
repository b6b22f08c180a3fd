"""Tupu's general OCR as tupu.apistd.com hosts it: one AccessKey in the query."""
