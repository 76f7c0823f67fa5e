"""Slack: what people press in its messages."""
