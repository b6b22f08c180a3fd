"""The JSON documents of the control API: `requests` that it accepts, and the `responses` and
`reports` that it responds with.
"""
