"""Token endpoint of Google's OAuth 2.0."""
