"""The operations of Textract."""
