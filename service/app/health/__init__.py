"""Health: of the process, and of everything that it needs."""
