"""What each role may do, from the platform document."""

PULL = {"ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"}
LOGIN = "ecr:GetAuthorizationToken"
PUSH = PULL | {LOGIN, "ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"}
WRITE_LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
READ_SECRETS = {"secretsmanager:GetSecretValue"}
DECRYPT = {"kms:Decrypt"}
EXECUTION = {LOGIN} | PULL | WRITE_LOGS | READ_SECRETS | DECRYPT
OBJECTS = {"s3:GetObject", "s3:PutObject"}
METRICS = {"cloudwatch:PutMetricData"}
TASK = OBJECTS | READ_SECRETS | DECRYPT | METRICS
EXECUTE_COMMAND = {
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
}
"""What ECS Exec needs (X-14)."""
UPDATE = {"ecs:UpdateService", "ecs:DescribeServices"}
DEFINE = {"ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"}
PASS_ROLE = "iam:PassRole"
