# make demo and make test set up what they need; nothing has to be installed beforehand but Python 3.11.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench soak clean

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,check]'
	touch .venv/ready

demo: .venv/ready
	$(BIN)/scrapy demo

test: .venv/ready
	$(BIN)/python -m pytest -n auto --dist loadfile

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python -m tests.benchmarks

soak: .venv/ready
	$(BIN)/python -m pytest -m soak

clean:
	rm -rf .venv demo-archive .mypy_cache .ruff_cache .pytest_cache
