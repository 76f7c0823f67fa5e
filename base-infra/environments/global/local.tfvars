# Given after terraform.tfvars when the endpoint is an emulator.
emulated        = true
account_id      = "000000000000"
trail_lock_days = null
