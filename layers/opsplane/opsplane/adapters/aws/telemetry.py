"""Logger, metrics and tracer of Powertools, one of each for a process; names come from `POWERTOOLS_*` variables."""

from aws_lambda_powertools import Logger, Metrics, Tracer

logger = Logger()
metrics = Metrics()
tracer = Tracer()
