# What people type. Every target is one file in scripts/, which has --help; variables: STAGE, AUTO, DATA, TEST, TEXT, MACHINE, RESOURCE.

SHELL := /bin/bash
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export STAGE ?= rehearsal

# A text may hold quotes and dollars: it goes through the environment, where neither make nor the shell reads anything into it.
override export TEXT := $(value TEXT)

# npm itself may be older than the Node that the project brings: its warnings about that are noise.
installed := node_modules/.package-lock.json
$(installed): package-lock.json
	@echo 'Installing the npm packages …'
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: help
help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: plan apply destroy state status logs
plan: $(installed) ## Show what apply would change, and keep the plan
	@node scripts/plan.ts
apply: $(installed) ## Train, pack, plan, build, boot, wait until it serves
	@node scripts/apply.ts
destroy: $(installed) ## Remove everything that apply built
	@node scripts/destroy.ts
state: $(installed) ## List what Terraform holds; RESOURCE=address shows one
	@node scripts/state.ts $(if $(RESOURCE),'$(RESOURCE)')
status: $(installed) ## Show each machine's id, address, release, health, age
	@node scripts/status.ts
logs: $(installed) ## Show the machines' bootstrap, service and proxy logs; MACHINE=id shows one
	@node scripts/logs.ts $(MACHINE)

.PHONY: train evaluate explain release serve
train: $(installed) ## Learn a model; DATA=file and TEST=file use your labelled texts
	@node scripts/train.ts $(if $(DATA),--data "$$DATA") $(if $(TEST),--test "$$TEST")
evaluate: $(installed) ## Measure a model and write a page about it; DATA=file, TEST=file
	@node scripts/evaluate.ts $(if $(DATA),--data "$$DATA") $(if $(TEST),--test "$$TEST")
explain: $(installed) ## Show the words that speak for and against; TEXT='a message'
	@node scripts/explain.ts -- "$${TEXT:?expected a message, as in make explain TEXT=hello}"
release: $(installed) ## Pack runtime, service, bootstrap and model into one archive
	@node scripts/release.ts
serve: $(installed) ## Run the service alone on this machine, no cloud
	@node scripts/serve.ts

.PHONY: bench bench-model bench-service bench-fleet
bench: bench-service ## Measure the service beside references
bench-model: $(installed) ## Measure models on public data sets; DATA=folder that holds them
	@node scripts/bench-model.ts $(if $(DATA),--data "$$DATA")
bench-service: $(installed)
	@node scripts/bench-service.ts
bench-fleet: $(installed) ## Measure a running rehearsal: a machine's nginx, the balancer
	@node scripts/bench-fleet.ts

.PHONY: test test-unit lint docs clean
test: $(installed) lint test-unit ## Run every test there is, the whole way included
	@SUITE=end-to-end ava
test-unit: $(installed) ## Run the unit tests, under a minute
	@ava
lint: $(installed) ## Check types, style and format
	@biome check --error-on-warnings . && tsc
docs: $(installed) ## Remake the pages that are generated from the code
	@node scripts/docs.ts
clean: ## Remove what was built; state and running rehearsals stay
	@rm -rf build cdktf.out
