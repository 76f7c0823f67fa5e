"""opsplane: hears what happens in an AWS account, decides by policy, acts so that it can be undone, records, tells."""

__version__ = "0.1.0"
