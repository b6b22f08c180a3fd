"""Document Intelligence takes the keys and tokens of the resource."""

from mockocr.vendors.azure.keys import claimed, sign, verify

__all__ = ["claimed", "sign", "verify"]
