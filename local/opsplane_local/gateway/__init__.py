"""The one endpoint in front of both emulators, which also plays CloudTrail."""
