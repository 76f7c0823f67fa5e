"""Policies: who decides what it does."""
