"""What reads pictures; everything that knows Tesseract lives here."""
