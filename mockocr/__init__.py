"""A local server that answers like the cloud OCR vendors and really reads the picture."""

__version__ = "0.1.0"
