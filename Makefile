# What one does with this project; `make help` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
PIP_COMPILE := $(VENV)/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# Labelled questions for `make evaluate`; more than one file is scored in turn.
FILES ?= tests/data/dev_questions.jsonl

.DEFAULT_GOAL := help
.PHONY: help install dev run test check format bench evaluate reranker lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.run ## what the program needs, into .venv; skipped when nothing changed

run: install ## the service at http://127.0.0.1:8080, with everything it needs
	@$(BIN)/python server.py serve

test: dev ## all tests; ARGS="-k words" runs some of them
	@$(BIN)/python -m pytest -q $(ARGS)

check: dev ## format, lint, types, import directions, data
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo
	$(BIN)/python server.py check-data

format: dev ## put code and imports in order
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

bench: dev $(VENV)/.bench ## how fast it is, as ratios; by hand, on a quiet machine
	@for file in tests/benchmarks/bench_*.py; do \
		echo "== $$file"; PYTHONPATH=. $(BIN)/python "$$file" || exit 1; \
	done

evaluate: install ## how well it understands; FILES="a.jsonl b.jsonl" scores others
	@for file in $(FILES); do \
		echo "== $$file"; $(BIN)/python server.py evaluate "$$file" || exit 1; \
	done

reranker: install ## what a model named by MIANZHENG_RERANKER needs
	@$(INSTALL) --requirement requirements-reranker.txt

lock: $(BIN)/python ## pin anew after a change of requirements*.in
	@test -x $(VENV)/lock/bin/pip-compile || \
		{ $(BIN)/python -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet pip-tools; }
	$(PIP_COMPILE) --output-file requirements.txt requirements.in
	$(PIP_COMPILE) --output-file requirements-reranker.txt requirements-reranker.in
	$(PIP_COMPILE) --output-file requirements-dev.txt requirements-dev.in
	$(PIP_COMPILE) --output-file requirements-bench.txt requirements-bench.in

clean: ## removes .venv and caches; conversations in var/ stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

dev: $(VENV)/.dev

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Installing what the program needs (half a minute the first time) ..."
	@$(INSTALL) --requirement $<
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing what tests and checks need (a minute the first time) ..."
	@$(INSTALL) --requirement $<
	@touch $@

$(VENV)/.bench: requirements-bench.txt | $(VENV)/.dev
	@echo "Installing what the engine is measured against ..."
	@$(INSTALL) --requirement $<
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. If it has another name here: make install PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python cannot make virtual environments here. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
