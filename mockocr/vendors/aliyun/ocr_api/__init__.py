"""The API `ocr-api`, version 2021-07-07."""
