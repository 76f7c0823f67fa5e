"""opsplane: hears what happens in an AWS account, decides by policy, acts so that it can be undone, records, tells."""

import gc

__version__ = "0.1.0"

# Starting makes some hundred thousand objects that stay. Python would look through them again and again for garbage,
# which is a tenth of a cold start; so it looks less often, here and in every process that holds the package.
gc.set_threshold(50_000)
