"""What to do about a signal, and why."""
