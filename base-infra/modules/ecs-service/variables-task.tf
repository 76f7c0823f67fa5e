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
    condition     = var.memory >= 2 * var.cpu && var.memory <= 8 * var.cpu
    error_message = "memory in MiB must be two to eight times cpu: Fargate refuses other pairs."
  }
}

variable "environment_variables" {
  description = "Plain environment variables of the container. Never a secret."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "secrets" {
  description = "Environment variables that ECS fills from Secrets Manager: name to ARN, or ARN:key:: for one key of a JSON secret."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "readable_secret_arns" {
  description = "Secrets that the application itself may read again after a rotation, by name of their use."
  type        = map(string)
  default     = {}
  nullable    = false
}
