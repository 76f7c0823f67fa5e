"""Events: what became of what AWS sent."""
