# make screen: set up in .venv and screen the bundled sample country.   make test: set up and run the checks and tests.
PYTHON ?= python3
VENV ?= .venv
OUT ?= out/sample
TORCH ?= torch==2.13.0
LAWS ?= corpora/samples/XVA
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

.PHONY: help screen test quick check format fit clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

$(VENV)/.ready: .ci/constraints.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) setuptools wheel
	$(PIP) $(TORCH)
	$(PIP) --no-build-isolation --editable '.[models]'
	touch $@

$(VENV)/.dev: $(VENV)/.ready
	$(PIP) --no-build-isolation --editable '.[models,onnx,dev]'
	touch $@

screen: $(VENV)/.ready  ## set up, screen LAWS (the sample country by default) into OUT
	$(BIN)/lexfloor screen $(LAWS) --out $(OUT)

check: $(VENV)/.dev  ## ruff, mypy --strict, import-linter
	.ci/link-tree
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=.links $(BIN)/lint-imports --no-cache

test: check  ## set up, run the checks and the tests
	$(BIN)/python -m pytest

quick: $(VENV)/.dev  ## measure on the sample and two judged countries: behind the baseline is an error
	$(BIN)/lexfloor eval quick --out out/eval/quick $(if $(ONLY),--only $(ONLY))

format: $(VENV)/.dev  ## put the code into its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fit: $(VENV)/.dev  ## fit kinds of figures, ranking and verdicts, each on what the one before gives (configs/train/shipped.toml)
	$(BIN)/lexfloor train classifier --config configs/train/shipped.toml --out models/weights

clean:  ## remove what was set up and made
	rm -rf $(VENV) out build *.egg-info .links .mypy_cache .ruff_cache .pytest_cache .hypothesis
