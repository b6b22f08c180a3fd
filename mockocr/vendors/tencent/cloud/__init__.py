"""Tencent Cloud's API 3.0 for OCR at ocr.tencentcloudapi.com, version 2018-11-19."""
