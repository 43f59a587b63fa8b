# The commands. Each is a file in scripts/ with --help. Variables: STAGE, AUTO, DATA, TEST, TEXT_COLUMN, INTENT_COLUMN, TEXT, MACHINE, UNIT,
# SINCE, MATCH, LINES, FOLLOW, WATCH, RELEASE, RATE, CONNECTIONS, SECONDS, TEXTS, REPORT, RESOURCE, OF, NAME, TARGET, CLEAN, ONLY, MINUTES,
# COST, SCOPES, REVOKE, API_KEY, IN, OUT, FORMAT, TOP, VIA, ARTIFACT, VERSION, AGAINST, TO, REASON, SETTINGS, GRID.

SHELL := /bin/bash
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
# Node keeps what it has compiled, by paths relative to this cache: commands start sooner, those of a copy of this folder, too.
export NODE_COMPILE_CACHE ?= $(CURDIR)/node_modules/.cache/node
export NODE_COMPILE_CACHE_PORTABLE ?= 1
export STAGE ?= rehearsal

# TEXT goes through the environment, because neither make nor the shell may interpret its quotes and dollars.
override export TEXT := $(value TEXT)

# Neither those of the names of columns.
override export TEXT_COLUMN := $(value TEXT_COLUMN)
override export INTENT_COLUMN := $(value INTENT_COLUMN)
data_options = $(if $(DATA),--data "$$DATA") $(if $(TEST),--test "$$TEST") \
  $(if $(value TEXT_COLUMN),--text-column "$$TEXT_COLUMN") $(if $(value INTENT_COLUMN),--intent-column "$$INTENT_COLUMN")

# --loglevel=error: npm may be older than the project's Node, and would warn about it.
installed := node_modules/.package-lock.json
$(installed): package-lock.json
	@echo 'Installing the npm packages …'
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: help
help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Of LINES, which a shell may have set, and of MATCH, which neither make nor the shell may interpret, only what was typed counts.
override export MATCH := $(value MATCH)
log_options = $(if $(UNIT),--unit "$$UNIT") $(if $(SINCE),--since "$$SINCE") $(if $(FOLLOW),--follow) \
  $(if $(filter command line,$(origin LINES)),--lines "$$LINES") $(if $(value MATCH),--match "$$MATCH")

.PHONY: plan apply rollback promote abort releases history destroy state status load logs dashboard policy
plan: $(installed) ## Show what apply would change, and save the plan
	@node scripts/plan.ts
apply: $(installed) ## Train, pack, plan, build, boot, deploy by the strategy of the stage
	@node scripts/apply.ts
rollback: $(installed) ## Go back to the revision that served before; RELEASE=revision: to any that is kept
	@node scripts/rollback.ts $(if $(filter command line,$(origin RELEASE)),"$$RELEASE")
promote: $(installed) ## Go on with a deployment that waits for a person or was interrupted
	@node scripts/promote.ts
abort: $(installed) ## Make a deployment that is under way go back
	@node scripts/abort.ts
releases: $(installed) ## List the revisions that are kept
	@node scripts/releases.ts
history: $(installed) ## List the deployments
	@node scripts/history.ts
destroy: $(installed) ## Remove everything that apply built
	@node scripts/destroy.ts
state: $(installed) ## List the resources in the Terraform state; RESOURCE=address shows one
	@node scripts/state.ts $(if $(RESOURCE),'$(RESOURCE)')
status: $(installed) ## Show each machine and the traffic; WATCH=1 renews it until Ctrl-C
	@node scripts/status.ts
# A shell counts in its SECONDS, whose value is handed past it.
load: export LOAD_SECONDS := $(value SECONDS)
load: $(installed) ## Send requests to the endpoint and show how it answers; RATE=, CONNECTIONS=, SECONDS=, TEXTS=file, REPORT=file
	@env SECONDS="$$LOAD_SECONDS" node scripts/load.ts
logs: $(installed) ## Show the machines' log lines; MACHINE=id, UNIT=service, SINCE=10m, MATCH=text, LINES=20, FOLLOW=1
	@node scripts/logs.ts $(log_options) -- $(if $(MACHINE),"$$MACHINE")
dashboard: $(installed) ## Print the address of the dashboard when it answers, and open it where there is a desktop
	@node scripts/dashboard.ts
policy: $(installed) ## Print an IAM policy of whoever deploys a stage; OF=deployer-services: the other one; OF=machines: the machines' boundary
	@node scripts/policy.ts $(OF)

.PHONY: api-key api-keys compare
# Some systems name the computer in NAME.
api-key: export NAME := $(if $(filter command line,$(origin NAME)),$(value NAME))
api-key: $(installed) ## Make an API key and print it once; NAME=name, SCOPES=predict,feedback
	@node scripts/api-key.ts
api-keys: $(installed) ## List the API keys; REVOKE=name ends one
	@node scripts/api-keys.ts
compare: $(installed) ## Compare the release that is deployed with the one in service: by feedback, or a shadow by its answers
	@node scripts/compare.ts

.PHONY: rehearsal rehearsal-stop
rehearsal: $(installed) ## Start a local AWS for any Terraform or tool: eval "$$(make -s rehearsal)"; NAME=… for a second one
	@node scripts/rehearsal.ts
rehearsal-stop: $(installed) ## Stop it, and remove all that was built in it
	@node scripts/rehearsal-stop.ts

.PHONY: acceptance
acceptance: $(installed) ## Compare what AWS documents with the rehearsal; TARGET=aws: with an account; CLEAN=1 removes its leftovers
	@node scripts/acceptance.ts $(if $(ONLY),--only "$$ONLY")

# Of these, only what was typed counts.
override export SETTINGS := $(if $(filter command line,$(origin SETTINGS)),$(value SETTINGS))
override export GRID := $(if $(filter command line,$(origin GRID)),$(value GRID))

.PHONY: validate-data prepare-data train evaluate explain classify release serve
validate-data: $(installed) ## Look for wrong labels, conflicts, leaks and mixed languages in labelled texts; with the variables of train
	@node scripts/validate-data.ts $(data_options)
prepare-data: $(installed) ## Write labelled texts of any form as build/pipeline/data/train.csv and test.csv; with the variables of train
	@node scripts/prepare-data.ts $(data_options)
train: $(installed) ## Train a model; DATA=file and TEST=file use your labelled texts, TEXT_COLUMN= and INTENT_COLUMN= name their columns, SETTINGS=file
	@node scripts/train.ts $(if $(value SETTINGS),--settings "$$SETTINGS") $(data_options)
evaluate: $(installed) ## Evaluate a model and write a page; with the variables of train
	@node scripts/evaluate.ts $(data_options)
explain: $(installed) ## Show the features for and against an intent; TEXT='a message'
	@node scripts/explain.ts -- "$${TEXT:?expected a message, as in make explain TEXT=hello}"
# Of these, too.
override export IN := $(if $(filter command line,$(origin IN)),$(value IN))
override export OUT := $(if $(filter command line,$(origin OUT)),$(value OUT))
override export FORMAT := $(if $(filter command line,$(origin FORMAT)),$(value FORMAT))
override export TOP := $(if $(filter command line,$(origin TOP)),$(value TOP))
override export VIA := $(if $(filter command line,$(origin VIA)),$(value VIA))
classify: $(installed) ## Find the intents of all texts in a file; IN=file, OUT=file, TEXT_COLUMN=, TOP=3, VIA=fleet: by the machines of STAGE
	@node scripts/classify.ts
release: $(installed) ## Pack runtime, service, bootstrap and model into one archive, and try it
	@node scripts/release.ts
serve: $(installed) ## Run the service alone on this machine, without a cloud
	@node scripts/serve.ts

.PHONY: experiment experiments
experiment: $(installed) ## Try features and algorithms by cross-validation, and find the best; GRID=file, and the variables of train
	@node scripts/experiment.ts $(if $(value GRID),--grid "$$GRID") $(data_options)
experiments: $(installed) ## List what was trained and tried
	@node scripts/experiments.ts

.PHONY: register models model promote-model retrain
# Some systems have a VERSION; a reason may hold quotes and dollars.
override export VERSION := $(if $(filter command line,$(origin VERSION)),$(value VERSION))
override export AGAINST := $(if $(filter command line,$(origin AGAINST)),$(value AGAINST))
override export TO := $(if $(filter command line,$(origin TO)),$(value TO))
override export REASON := $(if $(filter command line,$(origin REASON)),$(value REASON))
retrain: $(installed) ## Add what feedback says to the data, train, and register the model; with the variables of train
	@node scripts/retrain.ts $(data_options)
register: $(installed) ## Make the trained model the next version in the registry; ARTIFACT=folder: another one
	@node scripts/register.ts $(if $(filter command line,$(origin ARTIFACT)),--artifact "$$ARTIFACT")
models: $(installed) ## List the versions of the model, their aliases, and which one serves
	@node scripts/models.ts
model: $(installed) ## Show a version: its card; VERSION=number or alias, AGAINST=another one
	@node scripts/model.ts $(if $(VERSION),--version "$$VERSION") $(if $(AGAINST),--against "$$AGAINST")
promote-model: $(installed) ## Move an alias to a version that passes the gate; TO=production, VERSION=number (what was trained last), REASON='…', and the variables of train
	@node scripts/promote-model.ts $(if $(VERSION),--version "$$VERSION") \
	  --to "$${TO:?expected an alias, as in make promote-model VERSION=3 TO=production}" $(if $(REASON),--reason "$$REASON") $(data_options)

.PHONY: sync-experiments
sync-experiments: $(installed) ## Send the runs to the MLflow server that MLFLOW_TRACKING_URI names; what is there is not sent again
	@node scripts/sync-experiments.ts

.PHONY: bench bench-model bench-training bench-classify bench-service bench-fleet bench-shadow bench-faults bench-deployments
bench: bench-service ## Measure the service beside references; needs oha or cargo
bench-model: $(installed) ## Measure models on public data sets; DATA=folder with them
	@node scripts/bench-model.ts $(if $(DATA),--data "$$DATA")
bench-training: $(installed) ## Measure make train on a million texts; DATA=folder with CLINC150
	@node scripts/bench-training.ts $(if $(DATA),--data "$$DATA")
bench-classify: $(installed) ## Measure make classify beside scikit-learn; DATA=folder with CLINC150
	@node scripts/bench-classify.ts $(if $(DATA),--data "$$DATA")
bench-service: $(installed)
	@node scripts/bench-service.ts
bench-faults: $(installed) ## Kill apply and destroy at each step, and recover; ONLY='terraform plan'
	@node scripts/bench-faults.ts $(if $(ONLY),--only "$$ONLY")
bench-deployments: $(installed) ## Deploy good and bad releases by each strategy under load; ONLY='canary: good'
	@node scripts/bench-deployments.ts $(if $(ONLY),--only "$$ONLY")
bench-fleet: $(installed) ## Measure a running rehearsal: a machine's nginx, the load balancer
	@node scripts/bench-fleet.ts
bench-shadow: $(installed) ## Measure the service at half load with a shadow on its core and without one; needs oha or cargo
	@node scripts/bench-shadow.ts

.PHONY: test test-unit lint docs dashboards clean
test: $(installed) lint test-unit ## Run all tests, end to end, too; needs Linux and root
	@SUITE=end-to-end ava
test-unit: $(installed) ## Run the unit tests; needs no root
	@ava
lint: $(installed) ## Check types, style, format, import cycles, and the stacks by checkov where it is installed
	@biome check --error-on-warnings . && tsc && tsc -p monitoring/page/client
	@node scripts/lint-stacks.ts
docs: $(installed) ## Generate the tables of the documentation
	@node scripts/docs.ts
dashboards: $(installed) ## Write the dashboards for a Grafana
	@node scripts/dashboards.ts
clean: ## Remove build/ and cdktf.out; state and running rehearsals stay
	@rm -rf build cdktf.out
