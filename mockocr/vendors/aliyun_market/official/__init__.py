"""Aliyun's own text services behind the gateway."""
