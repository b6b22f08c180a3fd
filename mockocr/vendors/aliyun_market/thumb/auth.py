"""The gateway authenticates for this service: see `gateway.auth`."""

from mockocr.vendors.aliyun_market.gateway.auth import claimed, sign, verify

__all__ = ["claimed", "sign", "verify"]
