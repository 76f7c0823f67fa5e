"""Adapters to the places where people read."""
