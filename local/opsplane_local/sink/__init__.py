"""The sink: plays Slack and PagerDuty on a laptop, refuses what they refuse, and shows what they would show."""
