"""Certificates for the vendors' hosts from a local authority; needs the extra `tls`."""
