"""The OCR of WeChat: `/cv/ocr/*`."""
