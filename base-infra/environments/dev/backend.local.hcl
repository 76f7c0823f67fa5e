# Given after backend.hcl when the endpoint is an emulator: it cannot prove who we are and has no host for each bucket.
bucket                      = "cloudplatform-terraform-state-000000000000"
use_path_style              = true
skip_credentials_validation = true
skip_metadata_api_check     = true
skip_region_validation      = true
