"""The operations of WeChat's OCR."""
