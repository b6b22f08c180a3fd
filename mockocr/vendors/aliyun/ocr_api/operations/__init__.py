"""The operations of `ocr-api`: one module for each action."""
