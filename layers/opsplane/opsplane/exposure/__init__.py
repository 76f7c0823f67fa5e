"""What is open to everybody: addresses and statements of policies."""
