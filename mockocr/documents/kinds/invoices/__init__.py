"""Invoices, tickets and receipts: one module per kind, and how their pages are read."""
