# shellcheck shell=bash
# What the scripts for people share. Sourced, never run. Works with bash 3.2, as macOS has it.

# Secrets pass through variables: a trace would print them.
set +x
set -euo pipefail

# Terraform colours its output for files, too.
[ -t 1 ] || export TF_CLI_ARGS="${TF_CLI_ARGS:-} -no-color"

# The CLI's version 1 knows the region by its older name only.
if [ -n "${AWS_REGION:-}" ]; then export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-$AWS_REGION}; fi

# shellcheck disable=SC2034 # used by the scripts that source this
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034 # used by the scripts that source this
project=${TF_VAR_project:-cloudplatform}
assume_yes=false

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$(basename "$0"): $*"
  exit 1
}

# usage_error MESSAGE: the command line is wrong, and what would be right is one option away.
usage_error() {
  say "$(basename "$0"): $* (--help says more)"
  exit 2
}

# print_help: the comment at the top of the script that calls it.
print_help() { sed -n '2,/^[^#]/{ /^#/!q; s/^# \{0,1\}//; p; }' "$0"; }

need() {
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null 2>&1 || fail "$command is not on PATH."
  done
}

require_environment() {
  case $1 in
    dev | staging | prod) ;;
    "") usage_error "say which environment" ;;
    *) usage_error "the environment must be dev, staging or prod, not '$1'" ;;
  esac
}

# confirm WORD QUESTION: goes on only when a person types the word, or said --yes.
confirm() {
  local word=$1 question=$2 answer=""
  if $assume_yes; then return; fi
  [ -t 0 ] || fail "$question Nobody is at the keyboard to say so: give --yes."
  printf "%s Type '%s' to go on: " "$question" "$word" >&2
  read -r answer || true
  [ "$answer" = "$word" ] || fail "Nothing was done."
}

# confirm_prod ENVIRONMENT WHAT: other environments are not asked about.
confirm_prod() { [ "$1" != prod ] || confirm prod "This will $2 in prod."; }

# The account that the credentials belong to; a TF_VAR_account_id of another one is a mistake.
find_account() {
  account=$(aws sts get-caller-identity --query Account --output text) || fail "AWS does not say which account this is: see above."
  if [ "${TF_VAR_account_id:-$account}" != "$account" ]; then
    fail "TF_VAR_account_id is $TF_VAR_account_id, but the credentials belong to account $account."
  fi
  export TF_VAR_account_id=$account
}

# base_value ENVIRONMENT NAME: what base-infra says about itself in SSM.
base_value() {
  aws ssm get-parameter --name "/opsplane/$1/base/$2" --query Parameter.Value --output text ||
    fail "There is no parameter /opsplane/$1/base/$2: apply base-infra to $1 first."
}

# choose_root global|dev|staging|prod: goes to the root's folder and sets `bucket`, `backend` and `variables` for it.
# Needs find_account first.
choose_root() {
  local settings=../environments/$1
  if [ "$1" = global ]; then cd "$repository/base-infra/global"; else cd "$repository/base-infra/environment"; fi
  bucket=$project-terraform-state-$account
  backend=("-backend-config=$settings/backend.hcl" "-backend-config=bucket=$bucket")
  variables=("-var-file=$settings/terraform.tfvars")
  if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
    backend+=("-backend-config=$settings/backend.local.hcl")
    variables+=("-var-file=$settings/local.tfvars")
  fi
}

# bucket_exists: whether `bucket` does. An answer that leaves it open must not lead to a second one.
bucket_exists() {
  local told
  if told=$(aws s3api head-bucket --bucket "$bucket" 2>&1); then return 0; fi
  case $told in
    *404* | *"Not Found"*) return 1 ;;
    *) fail "AWS does not say whether bucket $bucket exists: $told" ;;
  esac
}

# init_root: Terraform with the chosen root's state. On a platform that the lock file does not know yet, init adds its
# checksum: without that, a plan refuses the provider.
init_root() {
  bucket_exists || fail "There is no bucket $bucket: run scripts/init-backend global first."
  terraform init -input=false -reconfigure "${backend[@]}"
}
