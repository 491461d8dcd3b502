# The two commands of the README: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test check lint types layers lock model schema update-golden samples accuracy clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo:  ## set up, then run the main job over samples/ into demo-output/
	@$(PYTHON) tools/setup.py requirements.lock
	@$(BIN)/deskreview demo --to demo-output

test:  ## set up, then run all tests
	@$(PYTHON) tools/setup.py requirements-dev.lock
	@$(BIN)/pytest

check: lint types layers  ## what CI checks besides the tests

lint:
	@$(PYTHON) tools/setup.py requirements-dev.lock
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types:
	@$(BIN)/mypy

layers:
	@$(BIN)/lint-imports

lock:  ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

model:  ## train the shipped classifiers anew, after a change of examples
	@$(BIN)/python tools/build_models.py

schema:  ## write the published JSON schemas anew
	@$(BIN)/python tools/build_schemas.py

samples:  ## build samples/archive from samples/sources
	@$(BIN)/python samples/build.py

update-golden:  ## accept what the tests' golden files would be now
	@$(BIN)/pytest --update-golden

accuracy:  ## the machine's forms of samples/ against their manual reviews
	@$(BIN)/python benchmarks/accuracy.py samples/archive samples/reviews --apart none

clean:  ## remove what was built, not the environment
	rm -rf demo-output build dist
