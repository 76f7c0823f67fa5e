variable "project" {
  description = "First part of every resource name, for example cloudplatform."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,19}$", var.project))
    error_message = "project must be 2 to 20 lower-case letters or digits and start with a letter."
  }
}

variable "environment" {
  description = "Environment whose entry this is: dev, staging or prod."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment must be dev, staging or prod."
  }
}

variable "tags" {
  description = "Tags added to every resource of this module, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "api_name" {
  description = "Name that callers use, for example api.example.com; the certificate must cover it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.api_name))
    error_message = "api_name must be a lower-case name such as api.example.com, without a trailing dot."
  }
}

variable "origin_domain_name" {
  description = "DNS name of the load balancer behind CloudFront; it must serve HTTPS."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([A-Za-z0-9-]+\\.)+[a-z]{2,}$", var.origin_domain_name))
    error_message = "origin_domain_name must be a DNS name without scheme, port or path."
  }
}

variable "certificate_arn" {
  description = "ARN of the validated certificate that covers api_name; CloudFront takes certificates of us-east-1 only."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws:acm:us-east-1:", var.certificate_arn))
    error_message = "certificate_arn must be an ACM certificate in us-east-1: CloudFront takes no other."
  }
}

variable "web_acl_arn" {
  description = "ARN of the web ACL that stands in front, of scope CLOUDFRONT: one of scope REGIONAL is refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws:wafv2:us-east-1:[0-9]{12}:global/webacl/", var.web_acl_arn))
    error_message = "web_acl_arn must be a web ACL of scope CLOUDFRONT, made in us-east-1 (its ARN has :global/webacl/)."
  }
}

variable "log_bucket_arn" {
  description = "ARN of the bucket for access logs, whose policy lets delivery.logs.amazonaws.com write; null keeps none."
  type        = string
  default     = null
}

variable "price_class" {
  description = "Where CloudFront answers from: PriceClass_100 (North America, Europe; cheapest), PriceClass_200 or PriceClass_All."
  type        = string
  default     = "PriceClass_100"
  nullable    = false

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}
