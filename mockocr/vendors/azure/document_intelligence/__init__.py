"""Azure AI Document Intelligence (formerly Form Recognizer), versions 3 and 4."""
