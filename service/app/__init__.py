"""The API and the console of opsplane."""
