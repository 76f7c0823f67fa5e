# Given after terraform.tfvars when the endpoint is an emulator.
emulated   = true
account_id = "000000000000"

# Nothing is pulled: the emulator only keeps the task definition.
service_image = "opsplane-service@sha256:0000000000000000000000000000000000000000000000000000000000000000"
