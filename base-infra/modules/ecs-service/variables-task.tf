variable "task_definition_arn" {
  description = "Revision to run instead of the one that this module writes; null runs the module's own."
  type        = string
  default     = null
}

variable "execution_role_arn" {
  description = "Role with which the ECS agent starts the task."
  type        = string
  nullable    = false
}

variable "image" {
  description = "Container image, by digest (repository@sha256:...) so that what was scanned is what runs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must end in @sha256: and 64 hex digits: a tag can move."
  }
}

variable "container_name" {
  description = "Name of the container in the task."
  type        = string
  default     = "fastapi"
  nullable    = false
}

variable "container_port" {
  description = "TCP port on which the container listens."
  type        = number
  default     = 8000
  nullable    = false

  validation {
    condition     = var.container_port >= 1024 && var.container_port <= 65535
    error_message = "container_port must be 1024 to 65535: the container is not root."
  }
}

variable "cpu" {
  description = "CPU units of a task, 1024 to the vCPU."
  type        = number
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "cpu must be 256, 512, 1024, 2048 or 4096 units: Fargate knows no other."
  }
}

variable "memory" {
  description = "Memory of a task in MiB."
  type        = number
  nullable    = false

  validation {
    condition     = var.memory >= 2 * var.cpu && var.memory <= min(8 * var.cpu, 30720) && (var.memory == 512 || var.memory % 1024 == 0)
    error_message = "memory in MiB must be two to eight times cpu (at most 30720), and 512 or a multiple of 1024: Fargate refuses other pairs."
  }
}

variable "environment_variables" {
  description = "Plain environment variables of the container, which anybody with access to the console can read. Never a secret; the ARN of one is fine (…_ARN)."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for name in keys(var.environment_variables) : !can(regex("(?i)PASSWORD|PASSWD|TOKEN|SECRET|KEY|CREDENTIAL", name)) || endswith(name, "_ARN")
    ])
    error_message = "environment_variables must not hold a name that says password, token, secret, key or credential: put it into secrets, by its ARN."
  }

  validation {
    condition     = alltrue([for value in values(var.environment_variables) : !can(regex("://[^/@:]*:[^/@]+@", value))])
    error_message = "environment_variables must not hold an address with a password in it: put the password into secrets, by its ARN."
  }
}

variable "secrets" {
  description = "Environment variables that ECS fills from Secrets Manager: name to ARN, or ARN:key:: for one key of a JSON secret."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[a-z-]+:secretsmanager:", arn))])
    error_message = "secrets must hold ARNs of Secrets Manager (arn:aws:secretsmanager:...), never a name or a value."
  }
}

variable "readable_secret_arns" {
  description = "Secrets that the application itself may read again after a rotation, by name of their use."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.readable_secret_arns) : !strcontains(arn, "*")])
    error_message = "readable_secret_arns must hold full ARNs without a wildcard: the application reads listed secrets only."
  }
}

variable "object_access" {
  description = "Bucket, and prefix without slashes at its ends, in which the application reads and writes objects; null gives it none."
  type = object({
    bucket_arn = string
    prefix     = string
  })
  default = null

  validation {
    condition     = var.object_access == null ? true : can(regex("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$", var.object_access.prefix))
    error_message = "object_access.prefix must name a folder such as app or app/uploads: letters, digits, hyphens and underscores, no slash at its ends, no wildcard."
  }
}
