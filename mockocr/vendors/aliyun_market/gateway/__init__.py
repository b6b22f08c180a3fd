"""The API gateway in front of Aliyun's market: credentials, signature and errors of its own."""
