"""gRPC: calls become requests to the app. grpcio is imported only with `--grpc-port`."""
