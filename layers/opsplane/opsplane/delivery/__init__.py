"""Brings notices to people, each one once, and writes down who was told."""
