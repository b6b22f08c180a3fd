"""From a socket to a request and back: ASGI, routing, the pipeline, the proxy and TLS."""
