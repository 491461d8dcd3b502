# The two commands of the README: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
UV := $(firstword $(wildcard $(BIN)/uv) uv)

.PHONY: help demo test check lint types layers lock docs notice card pictures schema samples update-golden accuracy wheel clean setup-dev

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo:  ## set up, then run the main job over samples/ into demo-output/
	@$(PYTHON) tools/setup.py requirements.lock
	@$(BIN)/deskreview demo --to demo-output

test: setup-dev  ## set up, then run all tests
	@$(BIN)/pytest

check: lint types layers  ## what CI checks besides the tests

lint: setup-dev  ## style and format of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup-dev  ## annotations of the code
	@$(BIN)/mypy

layers: setup-dev  ## that data flows one way
	@$(BIN)/lint-imports

accuracy: setup-dev  ## the machine's forms of samples/ against their manual reviews
	@$(BIN)/python benchmarks/accuracy.py samples/archive samples/reviews --shipped

update-golden: setup-dev  ## accept what the tests' golden files would be now
	@$(BIN)/pytest --update-golden

docs: setup-dev  ## write docs/cli.md anew from the commands' help
	@$(BIN)/python tools/build_cli_reference.py

notice: setup-dev  ## write NOTICE anew from what requirements.lock installs
	@$(BIN)/python tools/build_notice.py

card: setup-dev  ## measure the classifier and write its card, docs/classifier.md, anew (minutes)
	@$(BIN)/python -m tools.build_card

pictures: setup-dev  ## draw the README's pictures anew from a run over samples/
	@$(BIN)/python tools/build_pictures.py

schema: setup-dev  ## write the published JSON schemas anew
	@$(BIN)/python tools/build_schemas.py

samples: setup-dev  ## build samples/archive anew from samples/sources
	@$(BIN)/python samples/build.py

wheel: setup-dev  ## build the wheel into dist/
	@$(BIN)/hatchling build -t wheel

lock:  ## resolve the dependencies anew (needs uv)
	@$(UV) pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	@$(UV) pip compile pyproject.toml --extra build --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock

clean:  ## remove what was built, not the environment
	rm -rf demo-output build dist

setup-dev:
	@$(PYTHON) tools/setup.py requirements-dev.lock
