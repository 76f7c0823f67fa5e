"""opsplane's remediator beside Cloud Custodian's Lambda handler and a bare boto3 script: `make bench`."""
