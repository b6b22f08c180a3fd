"""The JSON documents of the control API: `requests`, `answers` and `scenario` that it accepts, and
the `responses` and `reports` that it responds with.
"""
