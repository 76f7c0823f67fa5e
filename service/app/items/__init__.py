"""Items: what somebody has to look at."""
