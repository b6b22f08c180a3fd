"""Exchanges with the real vendors: recorded without secrets, replayed, and compared with ours."""
