"""The operations of Tencent's legacy OCR API, one module each."""
