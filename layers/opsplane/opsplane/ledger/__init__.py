"""The append-only record: the one source of truth."""
