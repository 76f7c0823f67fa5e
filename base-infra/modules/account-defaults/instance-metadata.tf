# For instances that somebody starts by hand: the platform itself has none.
resource "aws_ec2_instance_metadata_defaults" "this" {
  http_endpoint = "enabled"
  http_tokens   = "required"

  # One hop: a container on the instance does not get the instance's credentials.
  http_put_response_hop_limit = 1
}
