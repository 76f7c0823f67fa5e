"""The `opsplane` command: for people and for programs, against an account or the local platform."""
