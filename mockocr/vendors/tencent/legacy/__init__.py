"""Tencent Cloud's legacy OCR API at recognition.image.myqcloud.com."""
