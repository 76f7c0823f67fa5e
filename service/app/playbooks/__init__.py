"""Playbooks: what opsplane knows how to do."""
