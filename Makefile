# Every command of the README, CONTRIBUTING and CI. `make` alone lists them.

VENV    := .venv
PYTHON  ?= python3
BIN     := $(VENV)/bin

# Whatever is compiled is kept, also where the environment says otherwise (images do): the tests start Python often.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo run test check safety format bench chaos fuzz diagram screenshots lock clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed  ## set up .venv with Lumbar and its locked dependencies

demo: $(VENV)/.installed  ## the real bot with a chat page in the browser; no token, no network
	@$(BIN)/lumbar demo

run: $(VENV)/.installed  ## the bot against Telegram (TELEGRAM_BOT_TOKEN)
	@$(BIN)/lumbar run

test: $(VENV)/.installed-dev  ## the whole test suite, on every core
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-dev  ## ruff, mypy, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

safety: $(VENV)/.installed  ## how well the safety cases are read, built on and held out
	@$(BIN)/lumbar content check --brief

format: $(VENV)/.installed-dev  ## let ruff format and fix what it can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/aiogram/.installed  ## the benchmarks, some twenty minutes; writes docs/benchmarks.md
	@$(BIN)/python -m tests.benchmarks

chaos: $(VENV)/.installed-dev  ## 200 kills among 2,000 people, twenty minutes or more; prints counts
	@$(BIN)/python -m tests.chaos

fuzz: $(VENV)/.installed-dev  ## 5,000 requests to the Mini App's API, compared with its document; prints counts
	@$(BIN)/python -m tests.fuzz.app_api 5000

diagram: $(VENV)/.installed  ## draw the state diagram of docs/architecture.md anew
	@$(BIN)/python -m tests.architecture.state_diagram

screenshots: $(VENV)/.installed-dev  ## photograph the scenes of docs/pictures/ anew; needs a Chromium
	@$(BIN)/python -m tests.screenshots

lock: $(VENV)/.installed-dev  ## resolve pyproject.toml anew into the two requirements files
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--upgrade pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--upgrade -c requirements.txt --extra dev pyproject.toml -o requirements-dev.txt

clean:  ## remove the virtual environment and caches (never lumbar.db)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Lumbar needs Python 3.11 or newer: install it, or name it with PYTHON=python3.12 make ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.txt pyproject.toml
	@echo "Installing Lumbar into $(VENV) (about a minute, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "Installing the test tools into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# aiogram, to compare with, needs an older pydantic than Lumbar: it has an environment of its own.
$(VENV)/aiogram/.installed: $(VENV)/.installed-dev
	@echo "Installing aiogram into $(VENV)/aiogram (once) ..."
	@$(PYTHON) -m venv $(VENV)/aiogram
	@$(VENV)/aiogram/bin/python -m pip install --quiet --disable-pip-version-check aiogram==3.31.0
	@touch $@
