"""Actions: plans, and what became of them."""
