# Two commands for a newcomer: make demo, make test. Everything they need they install into .venv.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# One more than there are cores: much of the time a test waits for a process, a browser or a lock.
WORKERS := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)))
CODE := bot handlers keyboards integrations sandbox migrations tests main.py

.PHONY: demo run test check bench preview lock locales format clean

demo: .venv/run
	$(BIN)/python main.py demo

run: .venv/run
	@test -f .env || { echo "Немає .env: скопіюйте .env.example у .env і заповніть, або спробуйте make demo"; exit 1; }
	$(BIN)/python main.py run

test: export PYTHONDONTWRITEBYTECODE :=  # kept bytecode spares every worker and every product the compiling
test: .venv/dev
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadscope --ignore=tests/kill
	$(BIN)/python -m pytest -q tests/kill  # apart, because they measure what one process does when it dies

check: .venv/dev
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.locales.fresh

bench: .venv/dev
	$(BIN)/python -m tests.bench

preview: .venv/dev
	$(BIN)/python -m tests.screens.preview preview.html

format: .venv/dev
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

locales: .venv/dev
	$(BIN)/python -m tests.locales.update

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" -o requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

.venv: .venv/run

.venv/python: Makefile
	@test -n "$(PYTHON)" || { echo "Потрібен Python 3.11 або новіший, разом із venv (у Debian та Ubuntu: python3-venv)"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch .venv/python

.venv/run: .venv/python requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch .venv/run

.venv/dev: .venv/python requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch .venv/dev .venv/run

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
