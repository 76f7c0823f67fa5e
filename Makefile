# Needs Python 3.8 or newer and make; fetches the rest into this folder (.uv, .venv, .opsplane) and nowhere else.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
ARCHITECTURE ?= x86_64

export PATH := $(PATH):$(CURDIR)/.uv/bin
UV := $(or $(shell command -v uv 2>/dev/null),$(CURDIR)/.uv/bin/uv)
RUN := $(UV) run --frozen --no-sync

.PHONY: help setup up down status logs doctor test test-unit test-tools test-integration test-e2e test-infra test-infra-plans test-infra-apply acceptance test-browser \
	bench bench-schedules lint lint-infra format build docs requirements clean

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z0-9-]+:.*## / { printf "  \033[1m%-18s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- the platform on this machine ------------------------------------------------------------------------------------

up: setup ## Run opsplane on this machine, on an emulated AWS; Ctrl-C stops it (options: UP="--detach --fresh")
	@exec $(RUN) opsplane up $(UP)

down: setup ## Stop the platform that runs in the background
	@$(RUN) opsplane down

status: setup ## Show what runs, where and since when
	@$(RUN) opsplane status

logs: setup ## Show the logs of all parts
	@$(RUN) opsplane logs

doctor: setup ## Look at what this machine has and lacks
	@$(RUN) opsplane doctor

# --- set-up ----------------------------------------------------------------------------------------------------------

setup: $(UV) ## Get uv if it is missing, Python 3.12 and every dependency
	@$(UV) sync --frozen --quiet

# From the root folder, because a Python version manager may refuse the version that .python-version asks for.
$(CURDIR)/.uv/bin/uv:
	@echo "Fetching uv into .uv"
	@rm -rf .uv
	@cd / && if $(PYTHON) -m venv "$(CURDIR)/.uv" >/dev/null 2>&1; then \
		"$(CURDIR)/.uv/bin/python" -m pip install --quiet --disable-pip-version-check uv; \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
		rm -rf "$(CURDIR)/.uv" && \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --target "$(CURDIR)/.uv" uv; \
	fi
	@test -x $@ || { rm -rf .uv; echo "uv could not be fetched: $(PYTHON) has neither venv nor pip that works here." >&2; \
		echo "Install uv by hand (https://docs.astral.sh/uv/getting-started/installation/) and try again." >&2; exit 1; }

# --- tests -----------------------------------------------------------------------------------------------------------

test: setup ## Unit, contract, integration and end-to-end tests
	@$(RUN) pytest -m "not infra and not browser"

test-unit: setup ## Unit tests of what is shipped, and contract tests: seconds, no network
	@$(RUN) pytest tests/unit/opsplane tests/unit/functions tests/contract

test-tools: setup ## Unit tests of the command, the service and the platform on this machine
	@$(RUN) pytest tests/unit/cli tests/unit/service tests/unit/local -m "not integration"

test-integration: setup ## Adapters against an emulated AWS in process
	@$(RUN) pytest -m integration

test-e2e: setup ## Real events through deployed Lambdas on a platform of the tests' own
	@$(RUN) pytest -m e2e

# The apply mostly waits, so that what computes runs beside it.
test-infra: setup ## The Terraform base: modules, plans, an apply on emulators; fails where Terraform is missing
	@$(MAKE) -j2 test-infra-plans test-infra-apply

test-infra-plans:
	@$(RUN) pytest -q -m infra --ignore tests/infra/test_emulated_base.py

test-infra-apply:
	@$(RUN) pytest -q -m infra tests/infra/test_emulated_base.py

acceptance: setup ## Which items of docs/requirements.md the base proves; fails where Terraform is missing
	@$(RUN) pytest tests/acceptance -q --coverage-of-requirements

test-browser: setup ## The console in a browser; fails where Chromium is missing
	@$(RUN) pytest -m browser

bench: setup ## Ours beside Cloud Custodian and a bare script: cold, warm, memory (options: BENCH="--calls --json")
	@$(RUN) python -m bench $(BENCH)

bench-schedules: setup ## Schedule decisions and the import of the scheduler beside Cloud Custodian, in CPU time (options: BENCH="--runs 30 --json")
	@$(RUN) python -m bench.schedules $(BENCH)

# --- code ------------------------------------------------------------------------------------------------------------

lint: setup ## ruff, mypy, import-linter, cfn-lint
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@$(RUN) lint-imports
	@$(RUN) cfn-lint template.yaml spoke.yaml

lint-infra: setup ## Terraform, CloudFormation and shell: fmt, validate, checkov, shellcheck; fails where a tool is missing
	@scripts/lint-infra

format: setup ## Put the code into its form
	@$(RUN) ruff check --fix --quiet . || true
	@$(RUN) ruff format --quiet .
	@if command -v terraform >/dev/null; then terraform fmt -recursive base-infra; fi

build: setup ## sam build for AWS (ARCHITECTURE=x86_64 or arm64)
	@LAMBDA_PLATFORM=$(if $(filter arm64,$(ARCHITECTURE)),aarch64,x86_64)-manylinux_2_28 \
		$(RUN) sam build --parameter-overrides Architecture=$(ARCHITECTURE)

docs: setup ## Write what is generated: parts of the template, the policies as JSON, docs/playbooks.md, the excerpts of botocore, service/openapi.json
	@$(RUN) python scripts/write_template_parts.py
	@$(RUN) python scripts/write_policies.py
	@$(RUN) python scripts/write_playbooks_doc.py
	@$(RUN) python scripts/write_excerpts.py
	@$(RUN) python scripts/write_openapi.py

requirements: setup ## Write the requirements of the layers from uv.lock
	@$(RUN) scripts/export-requirements

clean: ## Stop the platform; remove its state, builds and caches
	@if [ -d .opsplane ] && [ -x .venv/bin/opsplane ]; then .venv/bin/opsplane down; fi
	@rm -rf .opsplane .aws-sam bench/.work .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
