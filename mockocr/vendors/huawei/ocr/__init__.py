"""Text recognition: web images, general text and handwriting."""
