"""The steps that request signing schemes share, and why a signature is wrong."""
