# `make run` serves the site, `make test` runs every test. Only python3 and make need to be there.

PYTHON ?= python3
BIN = .venv/bin
RUNTIME = .venv/.runtime-installed
DEVELOPMENT = .venv/.development-installed
BENCH = .venv/.bench-installed
# The lock names everything that is needed: nothing is resolved, so every pip installs the same.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.PHONY: run bench test quick faults lint types fmt lock messages install screenshots clean

run: $(RUNTIME)
	@$(BIN)/python manage.py serve

# Tests start hundreds of processes: each would compile everything anew where nothing is kept.
test quick faults: export PYTHONDONTWRITEBYTECODE =

# COVER=--cov also holds the tests to what they reach; before Python 3.12 that takes twice the time.
test: $(DEVELOPMENT)
	@CHROMIUM="$$($(BIN)/python -m tests.chromium)" $(BIN)/pytest --numprocesses auto --dist worksteal $(COVER)

quick: $(DEVELOPMENT)
	@$(BIN)/pytest --numprocesses auto --dist worksteal -m "not slow and not faults"

# Faults and load, the long cases too, one after the other; puts the figures into docs/reliability.md.
faults: $(DEVELOPMENT)
	@rm -f var/faults.jsonl
	@SAHELREF_NOTE_FIGURES=1 $(BIN)/pytest tests/faults apps/api/tests/test_schemathesis.py \
	  apps/desk/tests/test_concurrency.py -m "slow or faults"
	@$(BIN)/python -m tests.faults.figures

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find apps templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +
	$(BIN)/lint-imports

types: $(DEVELOPMENT)
	$(BIN)/mypy apps sahelref

fmt: $(DEVELOPMENT)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find apps templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

lock: $(DEVELOPMENT)
	for name in requirements requirements-parquet requirements-agreement requirements-sentry requirements-dev requirements-bench; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-strip-extras --no-emit-index-url --universal \
	    --python-version 3.11 $$name.in --output-file $$name.txt || exit 1; \
	done

# The French catalogue: what is new in it is to be translated.
messages: $(DEVELOPMENT)
	$(BIN)/python -m tests.messages

install: $(DEVELOPMENT)

# Every page into var/screenshots, from a server and a seed of its own; ONLY="home data" for a few.
screenshots: $(DEVELOPMENT)
	@CHROMIUM="$$($(BIN)/python -m tests.chromium)" $(BIN)/python -m tests.browser.screenshots $(ONLY)

# Measures against peers at three sizes into bench/RESULTS.md; SIZES="10000 100000" for fewer. Takes
# two hours, most of it for the largest, and 14 GB below var/bench; leave the machine alone
# meanwhile. Needs Debian's wrk, and nginx.
SIZES ?= 10000 100000 1000000
bench: $(BENCH)
	@$(BIN)/python -m bench --statements $(SIZES)

# Leaves var/postgres, which is the database.
clean:
	rm -rf .venv var/static var/tests .coverage .hypothesis .schemathesis .*_cache
	find apps sahelref tests -name __pycache__ -exec rm -rf {} +

# The embedded PostgreSQL may run as another user, who must be able to read what is installed.
$(RUNTIME): requirements.txt | $(BIN)/python
	@echo "Installing into .venv (once, and when requirements.txt changes) ..."
	@umask 022 && $(INSTALL) -r requirements.txt && touch $@

$(DEVELOPMENT): requirements-dev.txt | $(BIN)/python
	@echo "Installing into .venv (once, and when requirements-dev.txt changes) ..."
	@umask 022 && $(INSTALL) -r requirements-dev.txt && touch $@ $(RUNTIME)

$(BENCH): requirements-bench.txt | $(DEVELOPMENT)
	@umask 022 && $(INSTALL) -r requirements-bench.txt && touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sahelref needs Python \
	3.11 or newer, and $(PYTHON) is %d.%d. Name another: make PYTHON=python3.12" \
	% sys.version_info[:2])'
	@umask 022 && $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
