"""In-memory twins of the adapters: tests and dry runs use the same ones."""
