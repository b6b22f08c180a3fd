"""The identity service, as far as users of OCR need it: tokens and projects."""
