# Two commands do everything: `make html` builds the site, `make test` tests it.
# Each sets up what it needs below .venv; all that is built goes below _build.

PYTHON ?= python3
BIN := .venv/bin
HTML := _build/html
SPHINX := $(BIN)/python -m sphinx -n -W --keep-going -d _build/doctrees

.DEFAULT_GOAL := help
.PHONY: help html live test check examples lab linkcheck bench clean lock schema pdf epub site zip search-export

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "make <builder>     any other Sphinx builder, such as text or latexpdf"

html: .venv/site ## build the site into _build/html
	$(SPHINX) -b html . $(HTML)
	@echo "Open $(HTML)/index.html"

pdf: .venv/site ## print each comparison, and everything, into _build/pdf
	$(SPHINX) -b typstpdf . _build/pdf

epub: .venv/site ## make an EPUB of everything in _build/epub
	$(SPHINX) -b epub . _build/epub

site: ## build the PDF, the EPUB, and the site that offers them
	$(MAKE) pdf
	$(MAKE) epub
	$(MAKE) html

zip: site ## pack that site into _build/technology-comparisons.zip
	$(BIN)/python tools/pack.py $(HTML) _build/technology-comparisons.zip

search-export: .venv/site ## write what a search server is loaded with into _build/search
	$(SPHINX) -D search_export=_build/search -b html . $(HTML)

live: .venv/dev ## build, serve, and reload the browser on every save
	$(BIN)/sphinx-autobuild -n -d _build/doctrees --re-ignore '/(\.|_build/|__pycache__/)' . $(HTML)

test: check examples ## run every check and test, in a real browser too
	$(BIN)/python -m lab run --smoke
	$(BIN)/python tools/setup_system.py valgrind
	$(BIN)/python -m lab guard
	$(BIN)/python -m lab lint
	$(BIN)/python tools/setup_system.py browser git java verapdf
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: .venv/dev ## check data, code and prose without building the site
	$(BIN)/python -m comparison check
	$(BIN)/python -m examples verify
	$(BIN)/python -m lab verify
	$(BIN)/ruff check && $(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/rumdl check .

examples: .venv/dev ## compile, run and lint every program (ARGS="run topic/program")
	$(BIN)/python tools/setup_system.py compiler postgres rust-target
	$(BIN)/python -m examples $(or $(ARGS),run)
	$(if $(ARGS),,$(BIN)/python -m examples lint)

lab: .venv/dev ## measure both languages (ARGS="run cpu-kernels --quick")
	$(BIN)/python tools/setup_system.py compiler postgres
	$(BIN)/python -m lab $(or $(ARGS),list)

linkcheck: .venv/site ## ask every address that the pages cite (needs the internet)
	$(SPHINX) -b linkcheck . _build/linkcheck

bench: .venv/dev ## measure builds, and how well and how fast the search finds (ARGS="--sizes 1000")
	$(BIN)/python -m bench.build $(ARGS)
	$(BIN)/python -m bench.search

schema: .venv/dev ## write the JSON Schemas of the data files
	$(BIN)/python -m comparison schema
	$(BIN)/python -m lab schema
	$(BIN)/python -m search schema

lock: .venv/dev ## lock the newest versions of all dependencies
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements-dev.in -o requirements-dev.txt

clean: ## delete what was built
	rm -rf _build

# The usual Sphinx builders stay reachable. Without the empty rules, make would build its own files by it.
Makefile requirements.txt requirements-dev.txt: ;
%: .venv/site
	$(SPHINX) -M $@ . _build

# Set-up: the file .venv/site says that the site's packages are installed, .venv/dev all of them.

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The module venv is missing: on Debian and Ubuntu, apt install python3-venv" >&2; rm -rf .venv; exit 1; }
	@.venv/bin/python -c "import pathlib, site; pathlib.Path(site.getsitepackages()[0], 'project.pth').write_text(str(pathlib.Path('_ext').resolve()))"

.venv/site: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv/site
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
