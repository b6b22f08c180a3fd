"""The operations of OCR.space."""
