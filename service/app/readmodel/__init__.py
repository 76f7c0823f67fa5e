"""The ledger's facts in tables that are shaped for questions; they can be thrown away at any time."""
