"""The hosts of Azure's resources; one host serves all services, told apart by path."""

from __future__ import annotations

HOSTS = ("{region}.api.cognitive.microsoft.com", "*.cognitiveservices.azure.com")
