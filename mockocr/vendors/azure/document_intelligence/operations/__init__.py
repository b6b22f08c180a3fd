"""The operations of Document Intelligence."""
