"""Azure AI Vision: Image Analysis 4.0, Read 3.2, OCR, and the tokens of the resource."""
