"""CloudTrail for the laptop: what was called, by whom, as the event that EventBridge would get."""
