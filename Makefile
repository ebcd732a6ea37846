# Every command of the house. Needed on the machine: python3 (3.11 or newer, with venv), make, a package index.
PY ?= python3
SAMPLE := sample.toml
DOSSIER ?= $(SAMPLE)
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy

.PHONY: run test test-all check lint lock bench pictures translations setup clean

setup: .venv/.stamp

# The whole answer in the terminal, then the same as pages in the browser, until Ctrl-C. The sample is a copy to play with.
# A file of one's own that is not there yet begins with the questions of the pages.
run: setup
	@test "$(DOSSIER)" != "$(SAMPLE)" || test -e "$(SAMPLE)" || cp src/matchday/dossier/examples/amina.toml "$(SAMPLE)"
	@if test -e "$(DOSSIER)"; then \
	  $(BIN)/matchday check "$(DOSSIER)" && echo && $(BIN)/matchday plan "$(DOSSIER)" && echo && \
	  $(BIN)/matchday cost "$(DOSSIER)" && echo && echo "The same as pages:"; fi
	@$(BIN)/matchday serve "$(DOSSIER)"

test: setup
	$(BIN)/pytest

test-all: setup
	MATCHDAY_TEST_ALL=1 $(BIN)/pytest

check: setup
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

lint: setup
	$(BIN)/ruff check --fix src tests
	$(BIN)/ruff format src tests

bench: setup .venv-bench/.stamp
	$(BIN)/python -m tests.bench

# uv only makes the set-up quick. Where it cannot be had, or cannot reach the index that pip is set up for, pip installs the same lock.
.tools/.stamp:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "matchday needs Python 3.11 or newer; found $$($(PY) --version 2>&1). Say which to use: make PY=python3.12"; exit 2; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python has no venv module. On Debian or Ubuntu: apt install python3-venv"; exit 2; }
	@$(PY) -m venv .tools
	-@.tools/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.stamp: requirements.lock pyproject.toml | .tools/.stamp
	@echo "Setting up .venv from requirements.lock (once; about a minute)"
	@test -x .venv/bin/python || $(PY) -m venv .venv
	@if ! { test -x .tools/bin/uv && .tools/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock; }; then \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; fi
	@if ! { test -x .tools/bin/uv && .tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .; }; then \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; fi
	@touch $@

# The peers that the figures are compared with. Kept apart: the program and its tests never import them.
.venv-bench/.stamp: requirements-bench.lock | .venv/.stamp
	@$(PY) -m venv .venv-bench
	@if ! { test -x .tools/bin/uv && .tools/bin/uv pip sync --quiet --python .venv-bench/bin/python --require-hashes $<; }; then \
	  .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<; fi
	@touch $@

LOCK = .tools/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --python-version 3.11

lock: .tools/.stamp
	$(LOCK) --all-extras --group dev pyproject.toml -o requirements.lock
	$(LOCK) --group bench -o requirements-bench.lock
	echo uv==0.13.9 | $(LOCK) - -o requirements-uv.lock

pictures: setup
	$(BIN)/python -m docs.pictures.draw

# Gathers the strings of the pages into locale/*/LC_MESSAGES/django.po and compiles them; needs no GNU gettext.
translations: setup
	$(BIN)/python -m tests.web.catalogues

clean:
	rm -rf .venv .venv-bench .tools .mypy_cache .pytest_cache .ruff_cache
