"""gRPC: calls become requests to the app. grpcio is imported only with `--grpc-port`."""

GRPC_SCHEME = "grpc"
"""The scheme of a request that was a gRPC call, in its ASGI scope."""
