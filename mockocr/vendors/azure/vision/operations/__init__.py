"""The operations of Azure AI Vision."""
