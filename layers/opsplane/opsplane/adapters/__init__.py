"""The only code that touches a network, and its in-memory twins."""
