"""The platform's numbers, written down from the platform document by hand and read by nothing but these tests.

Where the document contradicts itself the decision (X-nn in docs/requirements.md) stands beside the number.
"""

from dataclasses import dataclass

PROJECT, PROJECT_TAG, OWNER = "cloudplatform", "cloud-platform", "charith"
DOMAIN = "example.com"
ZONES = ("us-east-1a", "us-east-1b", "us-east-1c")
WORLD = "0.0.0.0/0"
HTTP, HTTPS, APP_PORT, DB_PORT, REDIS_PORT = 80, 443, 8000, 5432, 6379
EPHEMERAL = (1024, 65535)


@dataclass(frozen=True)
class Sizes:
    """What differs between environments."""

    network: str
    """First two bytes of every address."""
    nat_gateways: int
    tasks: int
    cpu: str
    memory: str
    db_class: str
    db_storage: int
    db_memory_gib: int
    max_connections: int
    multi_az: bool
    backup_days: int
    insights: bool
    delete_protection: bool
    monitoring_seconds: int
    cache_node: str
    cache_replicas: int
    log_days: int
    healthy_percent: int
    api_name: str


SIZES = {
    "dev": Sizes(
        network="10.0", nat_gateways=1, tasks=1, cpu="256", memory="512",
        db_class="db.t4g.micro", db_storage=20, db_memory_gib=1, max_connections=100, multi_az=False, backup_days=7,
        insights=False, delete_protection=False, monitoring_seconds=0,
        cache_node="cache.t4g.micro", cache_replicas=0, log_days=30, healthy_percent=50, api_name=f"api.dev.{DOMAIN}",
    ),
    "staging": Sizes(
        network="10.1", nat_gateways=1, tasks=2, cpu="512", memory="1024",
        db_class="db.t4g.small", db_storage=50, db_memory_gib=2, max_connections=200, multi_az=False, backup_days=14,
        insights=True, delete_protection=False, monitoring_seconds=60,
        cache_node="cache.t4g.small", cache_replicas=0, log_days=60, healthy_percent=50,
        api_name=f"api.staging.{DOMAIN}",
    ),
    "prod": Sizes(
        network="10.2", nat_gateways=3, tasks=3, cpu="1024", memory="2048",
        db_class="db.t4g.medium", db_storage=100, db_memory_gib=4, max_connections=400, multi_az=True, backup_days=30,
        insights=True, delete_protection=True, monitoring_seconds=60,
        cache_node="cache.t4g.medium", cache_replicas=1, log_days=90, healthy_percent=100, api_name=f"api.{DOMAIN}",
    ),
}  # fmt: skip
"""t4g for the document's t3: X-15. 60 days in staging: X-25. Connections: X-47. 100 percent in prod: X-41."""

SUBNETS = {"public": (1, 2, 3), "private": (11, 12, 13), "data": (21, 22, 23)}
"""Third byte of each tier's ranges, in the order of the zones."""

CIDRS = {
    "dev": {
        "vpc": "10.0.0.0/16",
        "public": ("10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"),
        "private": ("10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"),
        "data": ("10.0.21.0/24", "10.0.22.0/24", "10.0.23.0/24"),
    },
    "staging": {
        "vpc": "10.1.0.0/16",
        "public": ("10.1.1.0/24", "10.1.2.0/24", "10.1.3.0/24"),
        "private": ("10.1.11.0/24", "10.1.12.0/24", "10.1.13.0/24"),
        "data": ("10.1.21.0/24", "10.1.22.0/24", "10.1.23.0/24"),
    },
    "prod": {
        "vpc": "10.2.0.0/16",
        "public": ("10.2.1.0/24", "10.2.2.0/24", "10.2.3.0/24"),
        "private": ("10.2.11.0/24", "10.2.12.0/24", "10.2.13.0/24"),
        "data": ("10.2.21.0/24", "10.2.22.0/24", "10.2.23.0/24"),
    },
}

SECURITY_GROUPS = ("alb", "app", "endpoint", "rds", "redis")

INGRESS = {
    ("world", "alb", HTTP),
    ("world", "alb", HTTPS),
    ("alb", "app", APP_PORT),
    ("app", "rds", DB_PORT),
    ("app", "redis", REDIS_PORT),
    ("app", "endpoint", HTTPS),
}
"""Who may come in where: source, group, port. 80 is X-08, the endpoints' one source X-10."""

EGRESS = {
    ("alb", "app", APP_PORT),
    ("app", "rds", DB_PORT),
    ("app", "redis", REDIS_PORT),
    ("app", "endpoint", HTTPS),
    ("app", "s3", HTTPS),
    ("app", "world", HTTPS),
}
"""Who may go out where: group, target, port. S3's prefix list and the way through NAT are X-09."""


@dataclass(frozen=True)
class AclRule:
    """One numbered line of a network ACL; protocol -1 is all traffic and has no ports."""

    number: int
    protocol: str
    cidr: str
    ports: tuple[int, int]


ALL_PORTS = (0, 0)


def acl_rules(environment: str, tier: str, direction: str) -> set[AclRule]:
    """Return the lines of a tier's ACL; the data tier's three ranges take three numbers each (X-13)."""
    vpc, app = str(CIDRS[environment]["vpc"]), CIDRS[environment]["private"]
    lines = {
        ("public", "ingress"): {
            AclRule(100, "tcp", WORLD, (HTTPS, HTTPS)),
            AclRule(110, "tcp", WORLD, (HTTP, HTTP)),
            AclRule(120, "tcp", WORLD, EPHEMERAL),
        },
        ("public", "egress"): {AclRule(100, "-1", WORLD, ALL_PORTS)},
        ("private", "ingress"): {AclRule(100, "-1", vpc, ALL_PORTS), AclRule(110, "tcp", WORLD, EPHEMERAL)},
        ("private", "egress"): {AclRule(100, "-1", vpc, ALL_PORTS), AclRule(110, "tcp", WORLD, (HTTPS, HTTPS))},
        ("data", "ingress"): {
            AclRule(100, "tcp", app[0], (DB_PORT, DB_PORT)),
            AclRule(101, "tcp", app[1], (DB_PORT, DB_PORT)),
            AclRule(102, "tcp", app[2], (DB_PORT, DB_PORT)),
            AclRule(110, "tcp", app[0], (REDIS_PORT, REDIS_PORT)),
            AclRule(111, "tcp", app[1], (REDIS_PORT, REDIS_PORT)),
            AclRule(112, "tcp", app[2], (REDIS_PORT, REDIS_PORT)),
        },
        ("data", "egress"): {
            AclRule(100, "tcp", app[0], EPHEMERAL),
            AclRule(101, "tcp", app[1], EPHEMERAL),
            AclRule(102, "tcp", app[2], EPHEMERAL),
        },
    }
    return lines[tier, direction]


INTERFACE_ENDPOINTS = {"ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "kms", "sts"}
SECRETS = (
    "database/credentials",
    "redis/auth-token",
    "app/jwt-secret",
    "app/external-api-keys",
    "monitoring/slack-webhook",
)
MANAGED_RULES = {
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
}
RATE_LIMIT, RATE_WINDOW_SECONDS = 2000, 300
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
KEY_DELETION_DAYS = 30
ROTATION_DAYS = 30
GLACIER_DAYS = 90
KEPT_IMAGES, UNTAGGED_DAYS = 10, 7
CONFIG_RULES = {
    "s3-bucket-public-read-prohibited": "S3_BUCKET_PUBLIC_READ_PROHIBITED",
    "rds-instance-public-access-check": "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
    "encrypted-volumes": "ENCRYPTED_VOLUMES",
    "iam-root-access-key-check": "IAM_ROOT_ACCESS_KEY_CHECK",
    "vpc-flow-logs-enabled": "VPC_FLOW_LOGS_ENABLED",
    "cloudtrail-enabled": "CLOUD_TRAIL_ENABLED",
}
TOPICS = ("critical", "warning", "info")
