"""gRPC: calls become requests to the app. With the extra `grpc`, imported for `--grpc-port` only."""
