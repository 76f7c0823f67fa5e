"""Policies: data that decides."""
