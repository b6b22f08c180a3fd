"""The API of api.ocr.space and of the paid hosts."""
