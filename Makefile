# Two commands on a machine with Python 3.11 or newer, git and make: `make run`, `make test`.
PYTHON ?= python3
BIN := .venv/bin
POSTGRES = $(firstword $(wildcard $(PG_BIN)/postgres /usr/lib/postgresql/*/bin/postgres))
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: run test check setup evaluate bench chaos screenshots locales lock clean

run: .venv/.run
	@$(BIN)/desmigratif serve

test: .venv/.test
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || $(MAKE) --no-print-directory chromium
	@test -n "$(POSTGRES)" || $(MAKE) --no-print-directory postgresql
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/.test
	$(BIN)/ruff check bot tests benchmarks
	$(BIN)/ruff format --check bot tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/desmigratif check

evaluate: .venv/.test
	$(BIN)/desmigratif evaluate tests/questions/evaluation.jsonl
	$(BIN)/python -m benchmarks.approaches tests/questions/evaluation.jsonl

bench: .venv/.test
	$(BIN)/python -m benchmarks.finding
	$(BIN)/python -m benchmarks.villages 2000
	$(BIN)/python -m benchmarks.starting 100000
	$(BIN)/python -m benchmarks.growth 10000 300000
	$(BIN)/python -m benchmarks.growth 10000 300000 postgresql

# Breaks the real process on purpose, in the long form (within an hour), and writes the table of docs/reliability.md.
chaos: .venv/.test
	$(BIN)/python -m tests.chaos

# The pictures and talks of docs/officers.md, from the real pages and an invented land. Look at them before you commit them.
screenshots: .venv/.test
	$(BIN)/python -m tests.handbook

setup: .venv/.run

# A machine without the venv module (Debian keeps it in a package of its own) gets it, if we may.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv; }

.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	@test -e .venv/.test || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements-dev.lock pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

# The browser tests drive a real Chromium; as root we install Debian's, else we say what to install.
.PHONY: chromium
chromium:
	@test "$$(id -u)" = 0 || { echo "the tests need Chromium: apt-get install chromium"; exit 1; }
	apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium

# The tests bring up a PostgreSQL server of their own, from the programs in PG_BIN or from Debian's.
.PHONY: postgresql
postgresql:
	@test "$$(id -u)" = 0 || { echo "the tests need PostgreSQL: apt-get install postgresql, or name its programs by PG_BIN"; exit 1; }
	apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql

# After a change of sentences: collect them anew and bring the catalogues up to date.
locales: .venv/.test
	$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output -w 100 --omit-header -o locales/messages.pot .
	$(BIN)/pybabel -q update -i locales/messages.pot -d locales --no-fuzzy-matching -w 100

# After a change of dependencies (needs uv): locks with hashes and without addresses.
lock:
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
