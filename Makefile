# EAIO, from a fresh clone: every target sets up what it needs, in .venv, the first time.

# The state of this clone: its services, data and logs. Two clones never share one.
EAIO_HOME ?= $(CURDIR)/.eaio
# Everything from Python packages, whatever else runs on this machine; `local` asks your Ollama, `auto` chooses.
EAIO_PROFILE ?= embedded
export EAIO_HOME EAIO_PROFILE

# As typed: make would read a $ in it as a variable.
Q ?= Which building used the most electricity in 2019, and how much?
override QUESTION := $(value Q)
export QUESTION
unexport Q

ARGS ?=
N ?= 500
GB ?= 10
SEED ?= 1
PORT ?= 2024
BIN = .venv/bin
PYTHON ?= $(shell for name in .venv/bin/python python3.11 python3 python3.12 python3.13 python3.14; do \
	path=$$(command -v $$name) && "$$path" -IS -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	echo "$$path" && break; done)
# Called by every target: makes .venv or brings it up to date, one set-up at a time; nothing where nothing changed.
set_up = @python='$(PYTHON)'; test -n "$$python" || { \
	echo 'Python 3.11 or newer is missing; on Debian: apt-get install python3 python3-venv' >&2; exit 1; }; \
	"$$python" -IS deploy/environment.py

.PHONY: help
help: ## explain the targets
	@echo 'make TARGET [Q="..."] [ARGS="..."]'; echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

.PHONY: ask
ask: ## answer a question: make ask Q="How much gas did b4 use in March 2019?" [ARGS=--json]
	$(set_up)
	@$(BIN)/eaio ask $(ARGS) -- "$$QUESTION"

.PHONY: chat
chat: ## ask one question after another
	$(set_up)
	@$(BIN)/eaio chat $(ARGS)

.PHONY: setup
setup: ## set up for development; the other targets do by themselves what they need
	$(set_up) test

.PHONY: test
test: ## run all tests with branch coverage; ARGS="tests/tools -k peak" runs some, without
	$(set_up) test
	@$(BIN)/python -m pytest $(or $(ARGS),--cov)

.PHONY: check
check: lint types imports fast ## what to run before a commit: style, types, imports, fast tests

.PHONY: lint
lint: ## check the style of Python and shell
	$(set_up) test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@# What only a trap calls looks unused (SC2317, SC2329). Where there is no wheel of it, CI checks.
	@if test -x $(BIN)/shellcheck; then $(BIN)/shellcheck -e SC2317,SC2329 .ci/run deploy/ollama/build.sh; fi

.PHONY: types
types: ## check the types
	$(set_up) test
	@$(BIN)/mypy

.PHONY: imports
imports: ## check that imports point one way
	$(set_up) test
	@$(BIN)/lint-imports

.PHONY: fast
fast: ## run the tests that start no server
	$(set_up) test
	@$(BIN)/python -m pytest -m 'not slow' -n auto $(ARGS)

.PHONY: bench
bench: ## measure times and the share of right answers, and print them
	$(set_up) test
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: answers-bench
answers-bench: ## ask every question of the answer sets with no model, and print the wrong ones [ARGS="--kinds waste"]
	$(set_up) test
	@$(BIN)/python -m benchmarks.answers.bench $(ARGS)

.PHONY: data-bench
data-bench: ## measure savings, forecasts, anomalies, methods, ingest and scale: make data-bench [ARGS="mv scale"]
	$(set_up) test
	@$(BIN)/python -m benchmarks.data.bench $(ARGS)

.PHONY: data-huge
data-huge: ## load a generated file of GB=10 and print the rows a second and the most memory that it took
	$(set_up) test
	@$(BIN)/python -m benchmarks.data.ingest --huge-gb $(GB)

.PHONY: memory-bench
memory-bench: ## measure the store, the answer cache, load shapes, conversations and what people tell: make memory-bench [ARGS="store cache"]
	$(set_up) test
	@$(BIN)/python -m benchmarks.memory.bench $(ARGS)

.PHONY: privacy-bench
privacy-bench: ## measure detection, scans and pseudonyms, with Presidio's default beside them, and print all
	$(set_up) test
	@$(BIN)/python -m benchmarks.privacy.bench

.PHONY: models-bench
models-bench: ## measure pool, prediction, keys, restart and faults, with LiteLLM beside: make models-bench [ARGS="latency keys"]
	$(set_up) test
	@$(BIN)/python -m benchmarks.models.bench $(ARGS)

.PHONY: routing-bench
routing-bench: ## measure decisions, budgets, fallback and a mixed day, with LiteLLM beside: make routing-bench [ARGS="decision day"]
	$(set_up) test
	@$(BIN)/python -m benchmarks.routing.bench $(ARGS)

.PHONY: chaos
chaos: ## survive sixteen faults of an upstream: make chaos [ARGS="--only S01,S08 | --beside | --json"]
	$(set_up) test
	@$(BIN)/python -m benchmarks.models.chaos $(ARGS)

.PHONY: leak-fuzz
leak-fuzz: ## plant secrets everywhere under random faults and watch the clouds: make leak-fuzz N=10000 [SEED=1]
	$(set_up) test
	@$(BIN)/python -m benchmarks.privacy.leak_fuzz $(N) $(SEED)

.PHONY: privacy-mutants
privacy-mutants: ## disable each privacy guard in turn and see its test turn red
	$(set_up) test
	@$(BIN)/python -m benchmarks.privacy.mutants $(ARGS)

.PHONY: studio
studio: ## serve the graph to LangGraph Studio, offline: make studio [PORT=2024]
	$(set_up) studio
	@LANGGRAPH_CLI_NO_ANALYTICS=1 $(BIN)/langgraph dev --no-browser --no-reload --host 127.0.0.1 --port $(PORT) $(ARGS)

.PHONY: notebook
notebook: ## run the notebooks; their executed copies go to .eaio/notebooks
	$(set_up) notebook
	@$(BIN)/python notebooks/execute.py

.PHONY: ollama
ollama: ## find Ollama, or build it from source (Go 1.24 or newer), and print where it is
	@deploy/ollama/build.sh

.PHONY: data
data: ## build the shipped data anew from its source files
	$(set_up)
	@$(BIN)/python data/build.py $(ARGS)
	@$(BIN)/python data/benchmarks/build.py $(ARGS)

.PHONY: lock
lock: ## pin the newest versions of all packages in constraints.txt
	$(set_up)
	@$(BIN)/python deploy/lock.py

.PHONY: clean
clean: ## stop the services of this clone and remove its environment, state and caches
	@if test -x $(BIN)/eaio && test -d .eaio; then EAIO_HOME='$(CURDIR)/.eaio' $(BIN)/eaio down; fi
	@rm -rf .venv .eaio .coverage .coverage.* .hypothesis .langgraph_api .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
