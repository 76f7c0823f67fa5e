locals {
  # The one place that can be written; it is empty when a task starts and gone when it stops.
  scratch_volume = "tmp"

  container = {
    name      = var.container_name
    image     = var.image
    essential = true

    portMappings = [{ containerPort = var.container_port, hostPort = var.container_port, protocol = "tcp" }]
    environment  = [for name in sort(keys(var.environment_variables)) : { name = name, value = var.environment_variables[name] }]
    secrets      = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]

    # The agent behind a shell session writes beside the application and needs root's capabilities, so a service that
    # allows sessions is less closed; prod never is.
    readonlyRootFilesystem = !var.enable_execute_command
    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { drop = var.enable_execute_command ? [] : ["ALL"] }
    }

    user        = "10001:10001"
    stopTimeout = 30
    ulimits     = [{ name = "nofile", softLimit = 65535, hardLimit = 65535 }]
    mountPoints = [{ sourceVolume = local.scratch_volume, containerPath = "/tmp" }]

    # Liveness only: a database or cache that is away must not kill every task.
    healthCheck = {
      command = [
        "CMD-SHELL",
        "python -c \"import urllib.request as r; r.urlopen('http://127.0.0.1:${var.container_port}/health/live', timeout=3)\"",
      ]
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = 30
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.this.name
        "awslogs-region"        = var.region
        "awslogs-stream-prefix" = var.container_name
      }
    }
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${local.name}-task-${var.service_name}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = var.execution_role_arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([local.container])

  # A deployment that fails goes back to the revision before, which therefore has to stay; and a revision that the
  # pipeline registered for the same image is this one, not a difference.
  skip_destroy = true
  track_latest = true

  # Mounts belong to root unless the image declares VOLUME /tmp: then owner and mode are those of the image's directory.
  volume {
    name = local.scratch_volume
  }

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "ARM64"
  }

  tags = merge(var.tags, { Name = "${local.name}-task-${var.service_name}" })
}
