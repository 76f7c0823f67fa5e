variable "name" {
  description = "Name of the table, unique in the account and region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{3,255}$", var.name))
    error_message = "name must be 3 to 255 letters, digits, dots, hyphens and underscores."
  }
}

variable "kms_key_arn" {
  description = "ARN of the key that encrypts the table."
  type        = string
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the table; false only where it is disposable."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags added to the table, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
