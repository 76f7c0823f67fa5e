"""The workspace that the sink plays."""

SIGNING_SECRET = "the-local-sink-signs-with-this-one"  # noqa: S105 - of a Slack that is played on this machine
USER = "ULOCAL"
"""The Slack user who presses the buttons of the sink's page."""
