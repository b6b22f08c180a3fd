"""The OAuth endpoint: an access token for an API Key and a Secret Key."""
