# The two commands of the README are `make extract` and `make test`; each works on a fresh clone with Python and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/eval
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: extract test check lint format-check types score model questions docs axe old-duckdb notebooks bench build audit spark mutants clean

extract: $(VENV)/.installed
	$(BIN)/vnextract extract corpus/ -o records/corpus.jsonl --restart
	@echo "The records are in records/corpus.jsonl, one JSON object a line."

test: $(VENV)/.installed-dev
	$(BIN)/pytest

check: lint format-check types test

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

format-check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# Scores on annotated articles that do not travel with the project; GOLD names their folder.
score: $(VENV)/.installed-dev
	@if [ -f $(GOLD)/score.py ]; then $(BIN)/python $(GOLD)/score.py $(GOLD)/dev.jsonl; \
	else echo "no gold in $(GOLD); scoring corpus/ instead"; $(BIN)/vnextract evaluate corpus/*.jsonl; fi

# The README's questions are asked again, and their answers written into it.
questions: $(VENV)/.installed-dev
	$(BIN)/vnextract extract corpus/ -o records/questions.duckdb --restart --link
	$(BIN)/python .ci/questions.py records/questions.duckdb

# Needs no network; NEWS names a file of gzipped JSON lines with real articles, corpus/ serves where it is absent.
NEWS ?= ../shared/news/national-2019.jsonl.gz
bench: $(VENV)/.installed-dev
	VNEXTRACT_NEWS=$(NEWS) $(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/linear.py
	$(BIN)/python benchmarks/archive.py $(wildcard $(NEWS))

# Everything that is learnt, anew, into build/model. GOLD and PRESS name gold and articles that do not travel with the project.
PRESS ?= ../shared/news/*.jsonl.gz
STANDOFF = $(wildcard gold/*.jsonl.gz)
JOINED = $(STANDOFF:gold/%.jsonl.gz=build/%.jsonl)
model: $(VENV)/.installed-dev
	mkdir -p build
	for name in $(STANDOFF:gold/%.jsonl.gz=%); do \
		$(BIN)/python benchmarks/standoff.py join gold/$$name.jsonl.gz $(wildcard $(PRESS)) -o build/$$name.jsonl; done
	$(BIN)/vnextract train corpus/*.jsonl $(wildcard $(GOLD)/train.jsonl) $(JOINED) gold/*.jsonl -o build/model

docs: $(VENV)/.installed-dev
	$(BIN)/mkdocs build --strict --config-file docs/mkdocs.yml

# The checker of accessibility for the tests of pages; they say so where it is missing.
axe:
	npm install --prefix build --no-save --silent axe-core@4

# The oldest DuckDB that our databases are for; the test that opens one with it says so where it is missing.
old-duckdb: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet --no-deps --upgrade --target build/old-duckdb duckdb==1.0.0

notebooks: $(VENV)/.installed-dev
	$(BIN)/jupyter nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False --inplace notebooks/*.ipynb

# Adds PySpark to the environment, so that the tests on Spark run too.
spark: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet -c .ci/constraints.txt -e ".[spark]"

# The package, installed from its wheel into a fresh environment, passes the tests there; those of pages and of Spark say
# that they were skipped.
build: $(VENV)/.installed-dev
	rm -rf dist build/wheel-check
	$(BIN)/python -m build
	$(PYTHON) -m venv build/wheel-check
	build/wheel-check/bin/pip install --quiet -c .ci/constraints.txt "$$(ls dist/*.whl)[archive,link,notebook,polars]" nbclient pytest hypothesis
	cd build && wheel-check/bin/python -c "import vnextract; print(vnextract.__file__); assert 'wheel-check' in vnextract.__file__"
	cd build && wheel-check/bin/python -m pytest -q -p no:cacheprovider --rootdir=.. -c /dev/null -o pythonpath=$(CURDIR)/tests --import-mode=importlib -rs ../tests

# Known vulnerabilities of the pinned versions. Needs the advisories of pypi.org; whatever could not be looked up is a failure.
audit: $(VENV)/.installed-dev
	@mkdir -p build
	$(BIN)/pip install --quiet --dry-run --no-deps --ignore-installed --report build/pins.json -r .ci/constraints.txt
	$(BIN)/python .ci/pins.py build/pins.json
	$(PYTHON) -m venv build/audit
	build/audit/bin/pip install --quiet pip-audit
	build/audit/bin/pip-audit --strict --no-deps --disable-pip -r .ci/constraints.txt

# Small changes to the code that a test should notice: a sample of 200, each against the tests of its room. Takes an hour or two.
MUTANTS ?= 200
mutants: $(VENV)/.installed-dev
	$(BIN)/pip install --quiet -c .ci/constraints.txt cosmic-ray
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python .ci/mutants.py --sample $(MUTANTS)

clean:
	rm -rf $(VENV) records dist build site

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet -c .ci/constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet -c .ci/constraints.txt -e ".[dev]"
	@touch $@ $(VENV)/.installed
